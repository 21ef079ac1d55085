import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import type { JournalEntry } from '../../../projections/project/journal.js';
import { useLanguage } from '../../shared/language.js';
import { OneLine } from '../evidence/one-line.js';
import { Section } from '../parts/section.js';
import { TakeAlong } from '../take-along/take-along.js';
import { useIsPrinting } from '../use/use-is-printing.js';
import { journalSheet } from './sheets.js';
import { useProjectTexts } from './texts.js';

/** Lines shown initially. */
const shownFirst = 20;

/** Lines when printed; a longer journal is exported as a file. */
const printedMost = 500;

/** Every entry in plain words, latest first, corrections beside what they correct. */
export function JournalLines({
  lines,
  name,
}: {
  lines: readonly JournalEntry[];
  /** Of the exported file. */
  name: string;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const [count, setCount] = useState(shownFirst);
  const isPrinting = useIsPrinting();
  const byId = new Map(lines.map((line) => [line.id, line]));
  return (
    <Section
      title={say('journal')}
      aside={<TakeAlong what={say('journal')} name={name} table={() => journalSheet(lines, say, language)} />}
    >
      <Stack gap="xs">
        {lines
          .toReversed()
          .slice(0, isPrinting ? printedMost : count)
          .map((line) => (
            <OneLine
              key={line.id}
              line={line}
              beside={byId.get(line.corrects ?? '') ?? byId.get(line.correctedBy ?? '')}
            />
          ))}
        {lines.length > count && (
          <Button variant="default" className="not-printed" onClick={() => setCount(count * 5)}>
            {say('furtherEntries', { count: lines.length - count })} …
          </Button>
        )}
      </Stack>
    </Section>
  );
}
