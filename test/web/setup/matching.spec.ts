import { expect, test } from '@jest/globals';
import type { ProjectEvent, RecordedEvent, WorkItem } from '../../../domain/project/events.js';
import { cellsOf } from '../../../domain/table/cells.js';
import { identityOf, withNewId } from '../../../web/office/setup/plan/draft/identity.js';
import { withReadableIds } from '../../../web/office/setup/plan/draft/readable-ids.js';
import { columnsOf } from '../../../web/office/setup/plan/paste/columns.js';
import { type Choices, matched } from '../../../web/office/setup/plan/paste/matching.js';
import { sheetPlan } from '../../../web/office/setup/plan/paste/sheet-plan.js';
import { seenOn } from '../../support/given.js';

const today = '2018-07-10';
const none: Choices = new Map();

function rowsOf(...rows: string[]) {
  const cells = cellsOf(['No.\tName\tWeight', ...rows.map((row) => `${row}\t1`)].join('\n'));
  const { columns, hasHeader } = columnsOf(cells);
  return sheetPlan(cells, columns, hasHeader).rows;
}

const recorded = (event: ProjectEvent, revision: number) =>
  ({ ...event, id: `e${revision}`, revision, position: revision }) as unknown as RecordedEvent;

/** The state of a project with a plan from a sheet, of which some items are done. */
function known(items: WorkItem[], ...done: string[]) {
  const events: ProjectEvent[] = [
    { type: 'ProjectRegistered', data: { name: { en: 'Blocks' } }, entry: seenOn('2018-01-01') },
    { type: 'PlanAdopted', data: { items, basis: 'stated', version: 1 }, entry: seenOn('2018-01-01') },
    ...done.map(
      (item): ProjectEvent => ({ type: 'MilestoneReached', data: { item }, entry: seenOn('2018-05-01') }),
    ),
  ];
  return identityOf(events.map(recorded), items, today);
}

const blocks = rowsOf('1\tBlock A', '1.1\tRoof', '2\tBlock B', '2.1\tRoof').map(({ item }) => item);
const [a, roofOfA, b, roofOfB] = blocks.map(({ id }) => id) as [string, string, string, string];

/** The items as paths with their ids. */
function told(items: readonly WorkItem[]): Record<string, string> {
  const names = new Map(items.map((item) => [item.id, item]));
  const pathOf = (item: WorkItem): string =>
    (item.parent === undefined ? '' : `${pathOf(names.get(item.parent) as WorkItem)} / `) + item.name.en;
  return Object.fromEntries(items.map((item) => [pathOf(item), item.id]));
}

test('a plan pasted again with a block on top keeps every entry with its block', () => {
  const identity = known(blocks, roofOfA, roofOfB);
  const rows = rowsOf('1\tBlock Z', '1.1\tRoof', '2\tBlock A', '2.1\tRoof', '3\tBlock B', '3.1\tRoof');
  const { items, doubts, known: count } = matched(rows, identity, none);
  expect(doubts).toEqual([]);
  expect(count).toBe(4);
  const ids = told(items);
  expect(ids).toMatchObject({
    'Block A': a,
    'Block A / Roof': roofOfA,
    'Block B': b,
    'Block B / Roof': roofOfB,
  });
  expect([a, roofOfA, b, roofOfB]).not.toContain(ids['Block Z']);
  expect([a, roofOfA, b, roofOfB]).not.toContain(ids['Block Z / Roof']);
  expect(identity.movedIn(items)).toEqual([]);
});

test('rows in another order, with other blanks, capitals and width, are the same items', () => {
  const rows = rowsOf('1\tblock\u00a0 B', '1.1\tROOF', '2\tＢｌｏｃｋ A', '2.1\tRoof');
  const { items, doubts } = matched(rows, known(blocks, roofOfA, roofOfB), none);
  expect(doubts).toEqual([]);
  expect(items.map(({ id }) => id)).toEqual([b, roofOfB, a, roofOfA]);
});

test('a renamed block is questioned, and its roof follows it', () => {
  const identity = known(blocks, roofOfA);
  const rows = rowsOf('1\tBlock One', '1.1\tRoof', '2\tBlock B', '2.1\tRoof');
  const [one] = rows.map(({ item }) => item.id) as [string];
  const asked = matched(rows, identity, none);
  expect(asked.doubts.map(({ row, candidates }) => [row.row, candidates.map(({ id }) => id)])).toEqual([
    [2, [a]],
    [3, [roofOfA]],
  ]);
  const same = matched(rows, identity, new Map([[one, a]]));
  expect(same.doubts.map(({ chosen }) => chosen)).toEqual([a]);
  expect(told(same.items)).toMatchObject({ 'Block One': a, 'Block One / Roof': roofOfA });
  expect(identity.movedIn(same.items)).toEqual([{ id: a, from: 'Block A', to: 'Block One' }]);
  const other = matched(
    rows,
    identity,
    new Map([
      [one, null],
      [rows[1]?.item.id ?? '', null],
    ]),
  );
  expect(Object.values(told(other.items))).not.toContain(a);
  expect(Object.values(told(other.items))).not.toContain(roofOfA);
  expect(identity.movedIn(other.items)).toEqual([]);
});

test('a group put around items keeps them, without a question', () => {
  const rows = rowsOf('1\tBlocks', '1.1\tBlock A', '1.1.1\tRoof', '1.2\tBlock B', '1.2.1\tRoof');
  const { items, doubts } = matched(rows, known(blocks, roofOfA, roofOfB), none);
  expect(doubts).toEqual([]);
  expect(told(items)).toMatchObject({ 'Blocks / Block A': a, 'Blocks / Block A / Roof': roofOfA });
});

test('items without entries are never questioned', () => {
  const rows = rowsOf('1\tBlock One', '1.1\tRoof');
  expect(matched(rows, known(blocks), none).doubts).toEqual([]);
});

test('a new item never gets an id of any earlier plan', () => {
  const identity = known(blocks, roofOfA);
  const events = [{ item: 'gate' }].map((data, index) =>
    recorded({ type: 'MilestoneReached', data, entry: seenOn('2018-05-01') }, index),
  );
  const earlier = identityOf(events, [], today);
  expect(matched(rowsOf('1\tGate'), earlier, none).items.map(({ id }) => id)).toEqual(['gate-2']);
  const byHand = [{ id: 'new-1', name: { en: 'Block A' }, weight: 1, measure: 'percent' as const }];
  expect(withReadableIds(byHand, identity.used).map(({ id }) => id)).toEqual(['block-a-2']);
});

test('other work under an old id gets a new one, with all references', () => {
  const renamed = blocks.map((item) => (item.id === a ? { ...item, name: { en: 'Gate' } } : item));
  const identity = known(blocks, roofOfA);
  const [moved] = identity.movedIn(renamed);
  expect(moved).toEqual({ id: a, from: 'Block A', to: 'Gate' });
  const items = withNewId(renamed, moved ?? { id: '', from: '', to: '' }, identity);
  expect(items.map(({ id, parent }) => [id, parent])).toEqual([
    [`${a}-2`, undefined],
    // The roof of other work is another roof.
    ['roof-3', `${a}-2`],
    [b, undefined],
    [roofOfB, b],
  ]);
});
