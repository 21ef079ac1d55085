import type { Fault } from '../fault.js';
import { Chip } from '../fields/chips.js';
import { NumberField } from '../fields/number-field.js';
import { Save } from '../form.js';
import styles from '../forms.module.css';
import type { MeasureSaid } from '../said/facts.js';
import { useFormTexts } from '../texts.js';
import { useTyped } from '../typed.js';
import type { MeasureFields } from './measure-fields.js';

/** The storey reached, with the totals above and below ground where they are known. */
export function StoreysFields({ before, known, rest, onMeasure }: MeasureFields) {
  const { t } = useFormTexts();
  const said = before?.kind === 'storeys' ? before : undefined;
  const text = (value: number | string | undefined) => (value === undefined ? '' : String(value));
  const [reached, setReached] = useTyped<string>('reached', text(said?.reached));
  const [of, setOf] = useTyped<string>('storeysOf', text(said ? said.of : known?.of));
  const [below, setBelow] = useTyped<string>('storeysBelow', text(said?.below));
  const [state, setState] = useTyped<string>('storeyState', said?.isUnderWay ? 'under-way' : '');
  const measure: MeasureSaid = {
    kind: 'storeys',
    reached: Number(reached),
    ...(of ? { of: Number(of) } : {}),
    ...(below ? { below: Number(below) } : {}),
    ...(state ? { isUnderWay: true } : {}),
  };
  const [least, most] = [below === '' ? -100 : -Number(below), of === '' ? 1000 : Number(of)];
  const isOfBuilding = measure.reached >= least && measure.reached <= most;
  const fault: Fault | undefined =
    reached === ''
      ? { label: t('reached') }
      : isOfBuilding
        ? undefined
        : { label: t('reached'), seen: reached, expected: t('storeyRange', { least, most }) };
  return (
    <>
      <NumberField name={t('reached')} value={reached} least={-100} most={1000} onChange={setReached} />
      <div className={styles.chips}>
        <Chip
          isOn={state !== ''}
          name={t('storeyUnderWay')}
          onTap={() => setState(state === '' ? 'under-way' : '')}
        />
      </div>
      <NumberField name={t('storeysOf')} value={of} most={1000} onChange={setOf} />
      <NumberField name={t('storeysBelow')} value={below} most={100} onChange={setBelow} />
      {rest(fault === undefined ? measure : undefined)}
      <Save fault={fault} onSave={() => onMeasure(measure)} />
    </>
  );
}
