import { Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { JournalEntry } from '../../../projections/project/journal.js';
import { dayWords, instantWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { useParameters } from '../../shared/place.js';
import { SearchedSelect } from '../parts/searched-select.js';
import styles from './auditor.module.css';
import type { Moments } from './moments.js';
import { useAuditorTexts } from './texts.js';

const sides = ['from', 'to'] as const;

/** Selects the moving clock and its two points, with validation messages. */
export function MomentsChoice({
  moments: { clock, from, to, wrong, still },
  today,
  lines,
}: {
  moments: Moments;
  today: Day;
  lines: readonly JournalEntry[];
}) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const [, change] = useParameters();
  const choices = useMemo(
    () =>
      lines.toReversed().map(({ position, recordedAt, words }) => ({
        value: String(position),
        label: `${position} · ${instantWords(recordedAt, language)} · ${words[language]}`,
        names: [recordedAt.slice(0, 10)],
      })),
    [lines, language],
  );
  const error = (side: 'from' | 'to') => (wrong?.side === side ? say(`wrong.${wrong.why}`) : undefined);
  return (
    <Group gap="md" align="start">
      <SegmentedControl
        size="xs"
        mt="1.6rem"
        aria-label={say('clock')}
        value={clock}
        onChange={(value) => change({ clock: value, from: undefined, to: undefined })}
        data={[
          { value: 'asOf', label: say('asOf') },
          { value: 'knownAt', label: say('knownAt') },
        ]}
      />
      {sides.map((side) => {
        const value = side === 'from' ? from : to;
        return clock === 'asOf' ? (
          <TextInput
            key={side}
            type="date"
            label={say(side)}
            max={today}
            value={value}
            error={error(side)}
            onChange={(event) => change({ [side]: event.currentTarget.value || undefined })}
          />
        ) : (
          <div key={side} className={styles.entryChoice}>
            <SearchedSelect
              label={say(side)}
              nothingFound={say('noneFound')}
              placeholder={say('entryHint')}
              choices={choices}
              value={value}
              error={error(side)}
              onChange={(chosen) => change({ [side]: chosen })}
            />
          </div>
        );
      })}
      <Text size="xs" mt="1.9rem">
        {say('still', {
          moment:
            clock === 'knownAt'
              ? dayWords(String(still), language)
              : still === undefined
                ? say('allKnown')
                : `${say('position')} ${still}`,
        })}
      </Text>
    </Group>
  );
}
