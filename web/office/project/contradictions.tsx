import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ContradictionsView } from '../../../projections/contradictions/contradictions.js';
import { settlingWords } from '../../../projections/contradictions/settling.js';
import { knownDayWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { Evidence } from '../evidence/evidence.js';
import lines from '../evidence/one-line.module.css';
import { Section } from '../parts/section.js';
import { TakeAlong } from '../take-along/take-along.js';
import { contradictionsSheet, type PositionsOf } from './sheets.js';
import { useProjectTexts } from './texts.js';

/** Contradictions shown initially. */
const shownFirst = 20;

/** The register: entries that cannot all be true, open ones first. */
export function Contradictions({
  register,
  positions,
  name,
}: {
  register: ContradictionsView;
  positions: PositionsOf;
  /** Of the exported file. */
  name: string;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const [count, setCount] = useState(shownFirst);
  const all = [...register.open, ...register.settled];
  return (
    <Section
      title={say('contradictions')}
      aside={
        all.length > 0 && (
          <TakeAlong
            what={say('contradictions')}
            name={name}
            table={() => contradictionsSheet(register, positions, say, language)}
          />
        )
      }
    >
      {all.length === 0 && <Text size="sm">{say('noContradictions')}</Text>}
      <Stack gap="xs">
        {all.slice(0, count).map(({ id, rule, since, sinceExactness, entries, words, settledBy }) => (
          <div key={id} className={lines.line} data-withdrawn={settledBy !== undefined}>
            <Text size="sm">{words[language]}</Text>
            <Text size="xs">
              {say('since', { day: knownDayWords(since, sinceExactness, language) })}
              {settledBy && ` · ${say('settled')}`} ·{' '}
              <Evidence
                title={say('contradictions')}
                entries={settledBy ? [...entries, settledBy] : entries}
              />
            </Text>
            {!settledBy && <Text size="xs">{settlingWords[rule][language]}</Text>}
          </div>
        ))}
        {all.length > count && (
          <Button variant="default" className="not-printed" onClick={() => setCount(count * 5)}>
            {say('furtherContradictions', { count: all.length - count })} …
          </Button>
        )}
      </Stack>
    </Section>
  );
}
