import { useState } from 'react';
import { periodWordsOf, quarterOf } from '../../../domain/values/calendar-period.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import { whenIn, whenWords } from '../../../domain/values/when.js';
import styles from '../forms.module.css';
import { type How, hows, type PeriodKind, periodKinds, whenParts, whenText } from '../said/when-parts.js';
import { useFormTexts } from '../texts.js';
import { ChipsField } from './chips.js';
import { SelectField } from './select-field.js';
import { TextField } from './text-field.js';

/** When something is expected: in, by, before or around a period, or no day; or in words of one's own. */
export function WhenField({
  label,
  asOf,
  value,
  onChange,
}: {
  label: string;
  asOf: Day;
  value: string;
  onChange(when: string): void;
}) {
  const { t, language } = useFormTexts();
  const { how, period, kind: said } = whenParts(value);
  const [chosen, choose] = useState<PeriodKind | undefined>(said);
  const kind = chosen ?? said ?? 'month';
  const when = whenIn(value);
  const input = (type: string) => (
    <TextField
      label={t(`period.${kind}`)}
      type={type}
      value={period}
      onChange={(next) => onChange(whenText(how, next))}
    />
  );
  return (
    <>
      {kind !== 'words' && (
        <ChipsField
          label={label}
          choices={hows.map((one) => [one, t(`how.${one}`)])}
          value={how}
          onChange={(next) => onChange(whenText(next as How, period))}
        />
      )}
      {how !== 'none' && (
        <ChipsField
          label={t('periodKind')}
          choices={periodKinds.map((one) => [one, t(`period.${one}`)])}
          value={kind}
          onChange={(next) => {
            choose(next as PeriodKind);
            if (next !== kind) onChange(next === 'words' ? value.trim() : whenText(how, ''));
          }}
        />
      )}
      {how !== 'none' && kind === 'month' && input('month')}
      {how !== 'none' && kind === 'day' && input('date')}
      {how !== 'none' && kind === 'year' && input('number')}
      {how !== 'none' && kind === 'quarter' && (
        <SelectField
          label={t('period.quarter')}
          none=""
          choices={quartersAround(asOf, period).map((one) => [one, periodWordsOf(one)[language]])}
          value={period}
          onChange={(next) => onChange(whenText(how, next))}
        />
      )}
      {kind === 'words' && (
        <TextField
          label={t('whenInWords')}
          maxLength={100}
          placeholder={t('whenExample')}
          value={value}
          onChange={onChange}
        />
      )}
      {when && (
        <p role="status" className={styles.quiet}>
          {t('readAs', { word: whenWords(when)[language] })}
        </p>
      )}
    </>
  );
}

/** The quarters of the year before a day and of the four years after it. */
function quartersAround(asOf: Day, chosen: string): string[] {
  const quarters = Array.from({ length: 20 }, (_, index) => quarterOf(addDays(asOf, (index - 3) * 91)));
  const all = new Set(chosen === '' ? quarters : [chosen, ...quarters]);
  return [...all].sort();
}
