import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import type { JournalEntry } from '../../../projections/journal.js';
import { OneLine } from '../evidence/one-line.js';
import { Section } from '../section.js';
import { useProjectTexts } from './texts.js';

/** Lines shown before somebody asks for more. */
const shownFirst = 20;

/** Every entry in plain words, the latest first, corrections beside what they correct. */
export function JournalLines({ lines }: { lines: readonly JournalEntry[] }) {
  const say = useProjectTexts();
  const [count, setCount] = useState(shownFirst);
  const byId = new Map(lines.map((line) => [line.id, line]));
  return (
    <Section title={say('journal')}>
      <Stack gap="xs">
        {lines
          .toReversed()
          .slice(0, count)
          .map((line) => (
            <OneLine
              key={line.id}
              line={line}
              beside={byId.get(line.corrects ?? '') ?? byId.get(line.correctedBy ?? '')}
            />
          ))}
        {lines.length > count && (
          <Button variant="default" onClick={() => setCount(count * 5)}>
            {say('entries', { count: lines.length - count })} …
          </Button>
        )}
      </Stack>
    </Section>
  );
}
