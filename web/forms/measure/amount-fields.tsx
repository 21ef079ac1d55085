import type { Fault } from '../fault.js';
import { NumberField } from '../fields/number-field.js';
import { TextField } from '../fields/text-field.js';
import { Save } from '../form.js';
import type { MeasureSaid } from '../said/facts.js';
import { formTexts, useFormTexts } from '../texts.js';
import { useTyped } from '../typed.js';
import type { MeasureFields } from './measure-fields.js';

/** An amount, with its total and unit where they are known; a whole number without a unit is a count. */
export function AmountFields({ before, known, rest, onMeasure }: MeasureFields) {
  const { t } = useFormTexts();
  const said = before?.kind === 'count' || before?.kind === 'quantity' ? before : undefined;
  const [done, setDone] = useTyped<string>('count', said ? String(said.done) : '');
  const total = said ? said.of : known?.of;
  const [of, setOf] = useTyped<string>('of', total === undefined ? '' : String(total));
  const [unit, setUnit] = useTyped<string>('unit', said?.unit ?? known?.unit ?? '');
  const fault: Fault | undefined =
    done === ''
      ? { label: t('countDone') }
      : unit.trim() || isWhole(done, of)
        ? undefined
        : {
            label: t('countDone'),
            seen: [done, of].filter(Boolean).join(' / '),
            expected: formTexts.unitOfDecimal,
          };
  return (
    <>
      <NumberField name={t('countDone')} value={done} step="any" onChange={setDone} />
      <NumberField name={t('countOf')} value={of} step="any" onChange={setOf} />
      <TextField label={t('unit')} maxLength={40} value={unit} onChange={setUnit} />
      {rest(fault === undefined ? measureOf(done, of, unit.trim()) : undefined)}
      <Save fault={fault} onSave={() => onMeasure(measureOf(done, of, unit.trim()))} />
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
