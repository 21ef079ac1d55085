import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { addDays, type Day, isDay } from '../../../../domain/values/days/calendar.js';
import { dayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import type { Changes } from '../../../shared/place.js';
import { useDistrictTexts } from '../texts.js';
import { dayOfSince, type Since, spans } from './since.js';
import styles from './since-choice.module.css';

/** Chooses the day that the figures are compared with; it goes into the URL. */
export function SinceChoice({
  since,
  asOf,
  lastReportOn,
  change,
}: {
  since: Since;
  asOf: Day;
  lastReportOn: Day | undefined;
  change: (changes: Changes) => void;
}) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const isOwn = isDay(since);
  const [typed, setTyped] = useState(isOwn ? since : '');
  const on = dayOfSince(since, asOf, lastReportOn);
  const choose = (value: string) => {
    const own = on ?? addDays(asOf, -1);
    if (value === 'own') setTyped(own);
    change({ since: value === 'own' ? own : value === 'month' ? undefined : value });
  };
  return (
    <span className={styles.since}>
      <NativeSelect
        size="xs"
        aria-label={say('since')}
        value={isOwn ? 'own' : since}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          ...spans.map((span) => {
            const day = dayOfSince(span, asOf, lastReportOn);
            const words = say(`since.${span}`);
            return {
              value: span,
              label: day ? say('sinceOn', { words, day: dayWords(day, language) }) : words,
              disabled: day === undefined,
            };
          }),
          { value: 'own', label: say('since.own') },
        ]}
      />
      {isOwn && (
        <TextInput
          size="xs"
          type="date"
          aria-label={say('sinceDay')}
          max={addDays(asOf, -1)}
          value={typed}
          error={on === undefined ? say('sinceWrong', { day: dayWords(asOf, language) }) : undefined}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setTyped(value);
            if (isDay(value)) change({ since: value });
          }}
        />
      )}
    </span>
  );
}
