import { expect, test } from '@jest/globals';
import type { Command } from '../../domain/project/commands.js';
import type { Plan, ProjectEvent, Rename, WorkItem } from '../../domain/project/events.js';
import { decide, emptyProject, replay } from '../../domain/project/project.js';
import { CommandRejected } from '../../domain/values/rejections.js';
import { textIn } from '../../domain/values/words.js';
import { given, givenId, seenOn, today } from '../support/given.js';
import { newEvents } from '../support/new-events.js';

const item = (id: string, en: string, parent?: string, more: Partial<WorkItem> = {}): WorkItem => ({
  id,
  name: { en },
  weight: 1,
  measure: 'percent',
  ...(parent === undefined ? {} : { parent }),
  ...more,
});
const plan = (...items: WorkItem[]): Plan => ({ items, basis: 'stated' });
const adopted = (of: Plan, version: number, asOf = '2018-01-01'): ProjectEvent => ({
  type: 'PlanAdopted',
  data: { ...of, version },
  entry: seenOn(asOf),
});
const adopt = (of: Plan, asOf = '2018-02-01'): Command => ({
  type: 'AdoptPlan',
  data: of,
  entry: seenOn(asOf),
});
const done = (id: string, step?: string): ProjectEvent => ({
  type: 'MilestoneReached',
  data: { item: id, ...(step === undefined ? {} : { step }) },
  entry: seenOn('2018-01-15'),
});
const registered: ProjectEvent = {
  type: 'ProjectRegistered',
  data: { name: { en: 'Blocks' } },
  entry: seenOn('2018-01-01'),
};

/** Two blocks, with ids by the order of the rows; the roof of the first is done. */
const blocks = plan(
  item('1', 'Block A'),
  item('2', 'Roof', '1'),
  item('3', 'Block B'),
  item('4', 'Roof', '3'),
);
const history = [registered, adopted(blocks, 1), done('2')];

/** The renames requested for a refused plan; none if it is recorded. */
function askedOf(of: Plan, events: readonly ProjectEvent[] = history, asOf?: string): Rename[] {
  const project = replay(
    emptyProject,
    events.map((event, revision) => ({ ...event, id: givenId(revision), revision })),
  );
  try {
    expect(newEvents(decide(adopt(of, asOf), project, today))).toHaveLength(1);
    return [];
  } catch (error) {
    if (!(error instanceof CommandRejected)) throw error;
    expect(error.reason).toBe('item-renamed');
    return JSON.parse(/"renames": (\[.*\])/.exec(textIn(error.fault.expected, 'en'))?.[1] ?? '');
  }
}

test('ids by the order of the rows are refused once a row is inserted at the top', () => {
  const withZ = plan(
    item('1', 'Block Z'),
    item('2', 'Roof', '1'),
    item('3', 'Block A'),
    item('4', 'Roof', '3'),
    item('5', 'Block B'),
    item('6', 'Roof', '5'),
  );
  expect(askedOf(withZ)).toEqual([
    { id: '1', from: 'Block A', to: 'Block Z' },
    { id: '2', from: 'Block A / Roof', to: 'Block Z / Roof' },
  ]);
  // The names alone do not show it where the groups keep their ids.
  const shifted = plan(
    item('z', 'Block Z'),
    item('2', 'Roof', 'z'),
    item('1', 'Block A'),
    item('4', 'Roof', '1'),
    item('3', 'Block B'),
    item('6', 'Roof', '3'),
  );
  expect(askedOf(shifted, [...history, done('4')])).toEqual([
    { id: '2', from: 'Block A / Roof', to: 'Block Z / Roof' },
    { id: '4', from: 'Block B / Roof', to: 'Block A / Roof' },
  ]);
});

test('a plan is recorded with its stated renames', () => {
  const renamed = plan(
    item('1', 'Block One'),
    item('2', 'Roof', '1'),
    item('3', 'Block B'),
    item('4', 'Roof', '3'),
  );
  const renames = askedOf(renamed);
  expect(renames).toEqual([{ id: '1', from: 'Block A', to: 'Block One' }]);
  given(...history)
    .when(adopt({ ...renamed, renames }))
    .records({ type: 'PlanAdopted', data: { ...renamed, renames, version: 2 }, entry: seenOn('2018-02-01') });
});

test.each<[string, Plan]>([
  ['in capitals', plan(item('1', 'BLOCK A'), item('2', 'roof', '1'))],
  ['with other blanks', plan(item('1', ' Block\u3000 A'), item('2', 'Roof', '1'))],
  ['in wide letters', plan(item('1', 'Ｂｌｏｃｋ Ａ'), item('2', 'Roof', '1'))],
  [
    'with a name in another language beside it',
    plan({ ...item('1', 'Block A'), name: { en: 'Block A', zh: '甲栋' } }),
  ],
  ['in a new group', plan(item('g', 'Blocks'), item('1', 'Block A', 'g'), item('2', 'Roof', '1'))],
  ['moved to where nothing took its place', plan(item('3', 'Block B'), item('2', 'Roof', '3'))],
  ['left out', plan(item('3', 'Block B'))],
])('an item %s is the same item', (_, same) => {
  expect(askedOf(same)).toEqual([]);
});

test('swapped names of items with entries are questioned', () => {
  const flat = plan(item('a', 'Roof'), item('b', 'Walls'));
  const swapped = plan(item('a', 'Walls'), item('b', 'Roof'));
  expect(askedOf(swapped, [registered, adopted(flat, 1)])).toEqual([]);
  expect(askedOf(swapped, [registered, adopted(flat, 1), done('b')])).toEqual([
    { id: 'b', from: 'Walls', to: 'Roof' },
  ]);
});

test('a dropped id is questioned when a later plan uses it again', () => {
  const events = [...history, adopted(plan(item('3', 'Block B')), 2, '2018-02-01')];
  expect(askedOf(plan(item('2', 'Gate')), events, '2018-03-01')).toEqual([
    { id: '2', from: 'Block A / Roof', to: 'Gate' },
  ]);
  expect(askedOf(plan(item('2', 'Roof')), events, '2018-03-01')).toEqual([]);
});

test('a plan for an earlier day is compared with the plans around it', () => {
  expect(askedOf(plan(item('2', 'Gate')), history, '2017-06-01')).toHaveLength(1);
});

test('entries on a step do not move to another step', () => {
  const steps = (first: string, second: string) =>
    plan(
      item('kiln', 'Kiln', undefined, {
        measure: 'steps',
        steps: [
          { id: 's1', name: { en: first }, weight: 1 },
          { id: 's2', name: { en: second }, weight: 1 },
        ],
      }),
    );
  const events = [registered, adopted(steps('delivered', 'installed'), 1), done('kiln', 's1')];
  expect(askedOf(steps('ordered', 'delivered'), events)).toEqual([
    { id: 'kiln', step: 's1', from: 'Kiln / delivered', to: 'Kiln / ordered' },
  ]);
});

test('a withdrawn entry does not fix a name', () => {
  const withdrawn: ProjectEvent = {
    type: 'EntryWithdrawn',
    data: { entry: givenId(2), reason: 'misread' },
    entry: seenOn('2018-01-20'),
  };
  expect(askedOf(plan(item('2', 'Gate')), [...history, withdrawn])).toEqual([]);
});

test.each<[string, Rename, string]>([
  ['of an id that is not in the plan', { id: '9', from: 'Roof', to: 'Gate' }, 'renames[0].id'],
  ['from a name that no plan had', { id: '2', from: 'Cellar', to: 'Gate' }, 'renames[0].from'],
  ['to a name that the plan does not have', { id: '2', from: 'Roof', to: 'Door' }, 'renames[0].to'],
])('a rename %s is refused', (_, rename, member) => {
  const project = replay(
    emptyProject,
    history.map((event, revision) => ({ ...event, id: givenId(revision), revision })),
  );
  const command = adopt({ ...plan(item('2', 'Gate')), renames: [rename] });
  expect(() => decide(command, project, today)).toThrow(
    expect.objectContaining({ reason: 'plan-invalid', fault: expect.objectContaining({ member }) }),
  );
});

test('a plan recorded before renames existed is still the same plan', () => {
  const project = replay(
    emptyProject,
    history.map((event, revision) => ({ ...event, id: givenId(revision), revision })),
  );
  expect(newEvents(decide(adopt(plan(item('2', 'Gate'))), project, today, true))).toHaveLength(1);
});

test('the plan in force is a duplicate, with and without the renames that made it', () => {
  const renamed = plan(item('2', 'Gate'));
  const renames = [{ id: '2', from: 'Roof', to: 'Gate' }];
  const events = [...history, adopted({ ...renamed, renames }, 2, '2018-02-01')];
  given(...events)
    .when(adopt(renamed))
    .records();
  given(...events)
    .when(adopt({ ...renamed, renames }))
    .records();
});
