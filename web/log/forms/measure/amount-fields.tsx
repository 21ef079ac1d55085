import { useAround } from '../../around.js';
import type { MeasureSaid } from '../facts.js';
import { Save } from '../form.js';
import { NumberField } from '../number-field.js';
import { useTyped } from '../typed.js';
import type { MeasureFields } from './measure-fields.js';

/** An amount, with its total and unit where they are known; a whole number without a unit is a count. */
export function AmountFields({ before, known, rest, onMeasure }: MeasureFields) {
  const { t } = useAround();
  const said = before?.kind === 'count' || before?.kind === 'quantity' ? before : undefined;
  const [done, setDone] = useTyped<string>('count', said ? String(said.done) : '');
  const total = said ? said.of : known?.of;
  const [of, setOf] = useTyped<string>('of', total === undefined ? '' : String(total));
  const [unit, setUnit] = useTyped<string>('unit', said?.unit ?? known?.unit ?? '');
  const missing =
    done === '' ? t('countDone') : unit.trim() || isWhole(done, of) ? undefined : t('unitOfDecimal');
  return (
    <>
      <NumberField name={t('countDone')} value={done} step="any" onChange={setDone} />
      <NumberField name={t('countOf')} value={of} step="any" onChange={setOf} />
      <label className="labelled">
        {t('unit')}
        <input
          className="field"
          maxLength={40}
          value={unit}
          onChange={(event) => setUnit(event.target.value)}
        />
      </label>
      {rest(missing === undefined ? measureOf(done, of, unit.trim()) : undefined)}
      <Save missing={missing} onSave={() => onMeasure(measureOf(done, of, unit.trim()))} />
    </>
  );
}

function measureOf(done: string, of: string, unit: string): MeasureSaid {
  if (unit) return { kind: 'quantity', done, ...(of ? { of } : {}), unit };
  return { kind: 'count', done: Number(done), ...(of ? { of: Number(of) } : {}) };
}

function isWhole(...texts: readonly string[]): boolean {
  return texts.every((text) => Number.isInteger(Number(text)));
}
