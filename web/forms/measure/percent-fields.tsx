import type { Fault } from '../fault.js';
import { NumberField } from '../fields/number-field.js';
import { Save } from '../form.js';
import type { MeasureSaid } from '../said/facts.js';
import { formTexts, useFormTexts } from '../texts.js';
import { useTyped } from '../typed.js';
import type { MeasureFields } from './measure-fields.js';
import { StepButtons } from './step-buttons.js';

/** A percentage, or the two ends of a range. */
export function PercentFields({ before, known, rest, onMeasure }: MeasureFields) {
  const { t } = useFormTexts();
  const range = before?.kind === 'range' ? before : undefined;
  const only = before?.kind === 'percent' ? String(before.percent) : '';
  const [percent, setPercent] = useTyped<string>('percent', range ? String(range.low) : only);
  const [upTo, setUpTo] = useTyped<string>('percentUpTo', range ? String(range.high) : '');
  const [low, high] = [Number(percent), Number(upTo)];
  const isRange = upTo !== '';
  const measure: MeasureSaid =
    isRange && high !== low ? { kind: 'range', low, high } : { kind: 'percent', percent: low };
  return (
    <>
      <NumberField name={t('percent')} value={percent} most={100} step={0.5} onChange={setPercent} />
      <StepButtons typed={percent} known={known} onChange={setPercent} />
      <NumberField name={t('percentUpTo')} value={upTo} most={100} step={0.5} onChange={setUpTo} />
      {rest(fault() === undefined ? measure : undefined)}
      <Save fault={fault()} onSave={() => onMeasure(measure)} />
    </>
  );

  function fault(): Fault | undefined {
    if (percent === '') return { label: t('percent') };
    if (!isPercent(percent)) return { label: t('percent'), seen: percent, expected: formTexts.percentRange };
    if (!isRange || (isPercent(upTo) && high >= low)) return undefined;
    return { label: t('percentUpTo'), seen: upTo, expected: t('rangeOrder', { low }) };
  }
}

function isPercent(text: string): boolean {
  return text !== '' && Number(text) >= 0 && Number(text) <= 100;
}
