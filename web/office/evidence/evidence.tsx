import { Button, Modal, Stack, Text, VisuallyHidden } from '@mantine/core';
import { createContext, lazy, type ReactNode, Suspense, use, useCallback, useState } from 'react';
import { labelled } from '../../../domain/values/punctuation.js';
import type { ExplainedMoment } from '../../../projections/explanation/moment.js';
import type { JournalEntry } from '../../../projections/project/journal.js';
import { useLanguage } from '../../shared/language.js';
import { part } from '../room.js';
import { OneLine } from './one-line.js';
import { useEvidenceTexts } from './texts.js';

const ExplainedDrawer = lazy(() => part(() => import('./explained-drawer.js')));

interface Shown {
  title: string;
  entries: readonly string[];
  figure?: string | undefined;
}

const Open = createContext<(shown: Shown) => void>(() => undefined);

/**
 * Makes every figure inside a link to its entries.
 *
 * @param lines all entries; requested once a figure is opened
 * @param moment what figures are explained by; without it they open their entries alone
 */
export function EvidenceOf({
  lines,
  moment,
  children,
}: {
  lines: () => readonly JournalEntry[];
  moment?: ExplainedMoment | undefined;
  children: ReactNode;
}) {
  const language = useLanguage();
  const say = useEvidenceTexts();
  const [shown, setShown] = useState<Shown>();
  // The drawer stays mounted while it closes, and gives the focus back to the figure.
  const [last, setLast] = useState<Shown & { opener: Element | null }>();
  const wanted = new Set(shown?.entries);
  const explained = shown?.figure === undefined ? undefined : moment;
  const found = shown && !explained ? lines().filter(({ id }) => wanted.has(id)) : [];
  const open = useCallback((next: Shown) => {
    setShown(next);
    if (next.figure !== undefined) setLast({ ...next, opener: document.activeElement });
  }, []);
  return (
    <Open value={open}>
      {children}
      {last && moment && (
        <Suspense>
          <ExplainedDrawer
            isOpen={explained !== undefined}
            title={last.title}
            figure={last.figure ?? ''}
            moment={moment}
            onClose={() => setShown(undefined)}
            onClosed={() => last.opener instanceof HTMLElement && last.opener.focus()}
          />
        </Suspense>
      )}
      <Modal
        opened={shown !== undefined && !explained}
        onClose={() => setShown(undefined)}
        title={labelled(say('evidence'), shown?.title ?? '', language)}
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
 * @param figure the name by which it is explained, where it is
 */
export function Evidence({
  title,
  entries,
  figure,
  children,
}: {
  title: string;
  entries: readonly string[] | (() => readonly string[]);
  figure?: string | undefined;
  children?: ReactNode;
}) {
  const say = useEvidenceTexts();
  const open = use(Open);
  const known = typeof entries === 'function' ? undefined : [...new Set(entries)];
  if (known?.length === 0 && figure === undefined) return <>{children ?? say('noEntries')}</>;
  const count = known && say('entries', { count: known.length });
  const name = [title, count].filter((part) => part !== undefined).join(': ');
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      px={4}
      // The accessible name must contain the visible text, for speech control.
      aria-label={children ? undefined : name}
      onClick={() => open({ title, figure, entries: typeof entries === 'function' ? entries() : entries })}
    >
      {children ?? count}
      {children && <VisuallyHidden>{` (${name})`}</VisuallyHidden>}
    </Button>
  );
}
