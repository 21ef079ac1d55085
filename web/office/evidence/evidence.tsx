import { Button, Modal, Stack, VisuallyHidden } from '@mantine/core';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import type { JournalEntry } from '../../../projections/journal.js';
import { OneLine } from './one-line.js';
import { useEvidenceTexts } from './texts.js';

interface Shown {
  title: string;
  entries: readonly string[];
}

const Open = createContext<(shown: Shown) => void>(() => undefined);

/** Lets every figure inside open into the entries it rests on. */
export function EvidenceOf({ lines, children }: { lines: readonly JournalEntry[]; children: ReactNode }) {
  const say = useEvidenceTexts();
  const [shown, setShown] = useState<Shown>();
  const byId = useMemo(() => new Map(lines.map((line) => [line.id, line])), [lines]);
  const found = (shown?.entries ?? []).flatMap((id) => byId.get(id) ?? []);
  return (
    <Open value={setShown}>
      {children}
      <Modal
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={`${say('evidence')}: ${shown?.title ?? ''}`}
        size="lg"
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <Stack gap="sm">
          {found.map((line) => (
            <OneLine key={line.id} line={line} />
          ))}
        </Stack>
      </Modal>
    </Open>
  );
}

/** A figure that opens into its entries; one that rests on none stands as it is. */
export function Evidence({
  title,
  entries,
  children,
}: {
  title: string;
  entries: readonly string[];
  children?: ReactNode;
}) {
  const say = useEvidenceTexts();
  const open = use(Open);
  const known = [...new Set(entries)];
  if (known.length === 0) return <>{children ?? say('noEntries')}</>;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      px={4}
      // A name has to hold what is seen, so that it can be spoken.
      aria-label={children ? undefined : `${title}: ${say('entries', { count: known.length })}`}
      onClick={() => open({ title, entries: known })}
    >
      {children ?? say('entries', { count: known.length })}
      {children && (
        <VisuallyHidden>{` (${title}: ${say('entries', { count: known.length })})`}</VisuallyHidden>
      )}
    </Button>
  );
}
