import { Button, Modal, Stack, Text, VisuallyHidden } from '@mantine/core';
import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import type { JournalEntry } from '../../../projections/project/journal.js';
import { OneLine } from './one-line.js';
import { useEvidenceTexts } from './texts.js';

interface Shown {
  title: string;
  entries: readonly string[];
}

const Open = createContext<(shown: Shown) => void>(() => undefined);

/**
 * Makes every figure inside a link to its entries.
 *
 * @param lines all entries; requested once a figure is opened
 */
export function EvidenceOf({
  lines,
  children,
}: {
  lines: () => readonly JournalEntry[];
  children: ReactNode;
}) {
  const say = useEvidenceTexts();
  const [shown, setShown] = useState<Shown>();
  const wanted = new Set(shown?.entries);
  const found = shown ? lines().filter(({ id }) => wanted.has(id)) : [];
  const open = useCallback((next: Shown) => setShown(next), []);
  return (
    <Open value={open}>
      {children}
      <Modal
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={`${say('evidence')}: ${shown?.title ?? ''}`}
        size="lg"
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <Stack gap="sm">
          {found.length === 0 && <Text size="sm">{say('noEntries')}</Text>}
          {found.map((line) => (
            <OneLine key={line.id} line={line} />
          ))}
        </Stack>
      </Modal>
    </Open>
  );
}

/**
 * A figure that opens its entries; one without entries is plain text.
 *
 * @param entries their ids, or a function that finds them on demand
 */
export function Evidence({
  title,
  entries,
  children,
}: {
  title: string;
  entries: readonly string[] | (() => readonly string[]);
  children?: ReactNode;
}) {
  const say = useEvidenceTexts();
  const open = use(Open);
  const known = typeof entries === 'function' ? undefined : [...new Set(entries)];
  if (known?.length === 0) return <>{children ?? say('noEntries')}</>;
  const count = known && say('entries', { count: known.length });
  const name = [title, count].filter((part) => part !== undefined).join(': ');
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      px={4}
      // The accessible name must contain the visible text, for speech control.
      aria-label={children ? undefined : name}
      onClick={() => open({ title, entries: typeof entries === 'function' ? entries() : entries })}
    >
      {children ?? count}
      {children && <VisuallyHidden>{` (${name})`}</VisuallyHidden>}
    </Button>
  );
}
