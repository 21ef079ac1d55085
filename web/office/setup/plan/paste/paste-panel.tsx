import { Button, Checkbox, Fieldset, Group, List, Text, Textarea } from '@mantine/core';
import { type ClipboardEvent, useDeferredValue, useMemo, useState } from 'react';
import type { Rename } from '../../../../../domain/project/events.js';
import { cellsOf } from '../../../../../domain/table/cells.js';
import { TableFile } from '../../table/table-file.js';
import { Consequences } from '../consequences.js';
import type { Effect } from '../draft/effect.js';
import type { Identity } from '../draft/identity.js';
import type { AnnualForm } from '../draft/plan-draft.js';
import { freeId } from '../draft/readable-ids.js';
import { type Items, ordered, withIds } from '../draft/tree.js';
import { usePlanTexts } from '../texts.js';
import { annualIn } from './annual-columns.js';
import { type Column, columnsOf } from './columns.js';
import { compared } from './compared.js';
import { type Choices, matched } from './matching.js';
import { PasteCompare, StillAsked } from './paste-compare.js';
import compareStyles from './paste-compare.module.css';
import { PastePreview } from './paste-preview.js';
import { sheetPlan } from './sheet-plan.js';

const mostNamed = 20;
/** The maximum number of items, plus a header. */
const mostRows = 2_001;

/** Imports items from a spreadsheet, after a preview. */
export function PastePanel({
  items,
  identity,
  renames,
  effectOf,
  onTake,
  onCancel,
}: {
  items: Items;
  identity: Identity;
  renames: readonly Rename[];
  /** What adopting items would change today; undefined where they are no plan yet. */
  effectOf: (items: Items) => Effect | undefined;
  /** @param years what is planned for years, where rows replace the items */
  onTake: (items: Items, renames: readonly Rename[], years: readonly AnnualForm[]) => void;
  onCancel: () => void;
}) {
  const say = usePlanTexts();
  const [text, setText] = useState('');
  const [said, setSaid] = useState<{ columns?: Column[]; hasHeader?: boolean }>({});
  const cells = useMemo(() => cellsOf(text).slice(0, mostRows), [text]);
  const guess = useMemo(() => columnsOf(cells), [cells]);
  const columns = said.columns ?? guess.columns;
  const hasHeader = said.hasHeader ?? guess.hasHeader;
  const { plan, years, left } = useMemo(() => {
    const read = sheetPlan(cells, columns, hasHeader);
    const annual = annualIn(cells, columns, read);
    const bad = [...read.bad, ...annual.bad].sort((a, b) => a.row - b.row || a.column - b.column);
    return { plan: { ...read, bad }, years: annual.years, left: annual.left };
  }, [cells, columns, hasHeader]);
  const [choices, setChoices] = useState<Choices>(new Map());
  const found = useMemo(() => matched(plan.rows, identity, choices), [plan, identity, choices]);
  const pairs = useMemo(() => compared(plan.rows, found, identity.items), [plan, found, identity.items]);
  const settled = useDeferredValue(found.items);
  const effect = useMemo(() => effectOf(ordered(settled)), [effectOf, settled]);
  const isDoubted = found.doubts.some(({ chosen }) => chosen === undefined);
  const take = (next: string) => {
    setText(next);
    setSaid({});
    setChoices(new Map());
  };
  const choose = (row: string, item: string | null | undefined) => {
    const next = new Map(choices);
    if (item === undefined) next.delete(row);
    else next.set(row, item);
    setChoices(next);
  };
  const replaced = () => {
    const items = ordered(found.items);
    const chosen = new Set(choices.values());
    onTake(
      items,
      identity.movedIn(items).filter(({ id }) => chosen.has(id)),
      years,
    );
  };
  const isRead = text.trim() !== '';
  const { rows, bad, skipped, weightsTimes, withoutWeight } = plan;
  const totals = skipped.filter(({ why }) => why === 'total').map(({ row }) => row);
  const headOf = (column: number) => columns[column]?.head || say('column', { number: column + 1 });
  const read = rows.map(({ item }) => item);
  return (
    <Fieldset legend={say('fromSheet')}>
      <Textarea
        label={say('paste')}
        description={say('pasteHint')}
        value={text}
        onChange={(event) => take(event.currentTarget.value)}
        onPaste={(event: ClipboardEvent<HTMLTextAreaElement>) => {
          // Cells are pasted as tab-separated text, whatever else is on the clipboard.
          if (text !== '') return;
          event.preventDefault();
          take(event.clipboardData.getData('text/plain'));
        }}
        minRows={3}
        maxRows={8}
        autosize
        spellCheck={false}
        styles={{ input: { fontFamily: 'monospace', whiteSpace: 'pre' } }}
      />
      <TableFile onText={take} />
      {isRead && (
        <>
          <Checkbox
            my="sm"
            label={say('headerLess')}
            checked={hasHeader}
            onChange={(event) => setSaid({ ...said, hasHeader: event.currentTarget.checked })}
          />
          {!hasHeader && (
            <Text size="sm" mb="xs">
              {say('noHeader')}
            </Text>
          )}
          <PastePreview
            cells={cells}
            columns={columns}
            hasHeader={hasHeader}
            plan={plan}
            onColumns={(next) => setSaid({ hasHeader, columns: next })}
          />
          <div role="status">
            <Text size="sm" mt="sm" fw={600}>
              {say('understood', { count: rows.length })}
            </Text>
            {found.known > 0 && <Text size="sm">{say('knownRows', { count: found.known })}</Text>}
            {totals.length > 0 && (
              <Text size="sm">{say('skippedTotals', { count: totals.length, rows: totals.join(', ') })}</Text>
            )}
            {years.map(({ year, investment }) => (
              <Text size="sm" key={year}>
                {say('annualRead', { year, ...investment })}
              </Text>
            ))}
            {left.length > 0 && <Text size="sm">{say('annualLeft', { years: left.join(', ') })}</Text>}
            {years.length > 0 && items.length > 0 && <Text size="sm">{say('annualOnlyReplaced')}</Text>}
            {weightsTimes > 1 && <Text size="sm">{say('times', { times: weightsTimes })}</Text>}
            {withoutWeight > 0 && rows.length > withoutWeight && (
              <Text size="sm">{say('without', { count: withoutWeight })}</Text>
            )}
            {bad.length > 0 && (
              <Text size="sm" c="var(--bad)">
                {say('bad', { count: bad.length })}
              </Text>
            )}
          </div>
          <List size="sm">
            {bad.slice(0, mostNamed).map(({ row, column, seen, expected }) => (
              <List.Item key={`${row}/${column}/${seen}`}>
                {say('badCell', { row, column: headOf(column), seen, expected: say(`expected.${expected}`) })}
              </List.Item>
            ))}
          </List>
          {bad.length > mostNamed && (
            <Text size="sm">{say('badMore', { count: bad.length - mostNamed })}</Text>
          )}
          {identity.items.length > 0 && rows.length > 0 && (
            <div className={compareStyles.sides}>
              <PasteCompare pairs={pairs} inForce={identity.items} pasted={found.items} onChoose={choose} />
              <div>
                <Text fw={700} my="xs">
                  {say('consequences')}
                </Text>
                <Consequences effect={effect} />
                <StillAsked doubts={found.doubts} />
              </div>
            </div>
          )}
          <Group mt="sm" gap="xs">
            <Button size="xs" disabled={rows.length === 0 || isDoubted} onClick={replaced}>
              {say(items.length === 0 ? 'takeRows' : 'replace')}
            </Button>
            {items.length > 0 && (
              <Button
                size="xs"
                variant="default"
                disabled={rows.length === 0}
                onClick={() =>
                  onTake([...items, ...besides(items, identity.used, ordered(read))], renames, [])
                }
              >
                {say('append')}
              </Button>
            )}
            <Button size="xs" variant="default" onClick={onCancel}>
              {say('cancel')}
            </Button>
          </Group>
        </>
      )}
    </Fieldset>
  );
}

/** The items under other ids where the draft or an earlier plan already uses theirs. */
function besides(items: Items, used: ReadonlySet<string>, found: Items): Items {
  const taken = new Set([...used, ...items.map(({ id }) => id)]);
  const now = new Map<string, string>();
  for (const { id } of found) {
    const free = freeId(id, taken);
    taken.add(free);
    now.set(id, free);
  }
  return withIds(found, (id) => now.get(id) ?? id);
}
