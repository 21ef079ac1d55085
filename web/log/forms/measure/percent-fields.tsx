import { useAround } from '../../around.js';
import type { MeasureSaid } from '../facts.js';
import { Save } from '../form.js';
import { NumberField } from '../number-field.js';
import { useTyped } from '../typed.js';
import type { MeasureFields } from './measure-fields.js';

/** A percentage, or the two ends of a range. */
export function PercentFields({ before, rest, onMeasure }: MeasureFields) {
  const { t } = useAround();
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
      <NumberField name={t('percentUpTo')} value={upTo} most={100} step={0.5} onChange={setUpTo} />
      {rest(missing() === undefined ? measure : undefined)}
      <Save missing={missing()} onSave={() => onMeasure(measure)} />
    </>
  );

  function missing(): string | undefined {
    if (!isPercent(percent)) return t('percentRange');
    if (!isRange) return undefined;
    return isPercent(upTo) && high >= low ? undefined : t('rangeOrder', { low });
  }
}

function isPercent(text: string): boolean {
  return text !== '' && Number(text) >= 0 && Number(text) <= 100;
}
