import { expect, test } from '@jest/globals';
import type { WorkItem } from '../../../domain/project/events.js';
import { planFault } from '../../../domain/project/plan-fault.js';
import { acted } from '../../../web/office/setup/plan/draft/actions.js';
import { merged } from '../../../web/office/setup/plan/draft/merge.js';
import { mistakesIn } from '../../../web/office/setup/plan/draft/plan-checks.js';
import { newId, withReadableIds } from '../../../web/office/setup/plan/draft/readable-ids.js';
import {
  added,
  changed,
  indented,
  moved,
  ordered,
  outdented,
  removed,
  shares,
} from '../../../web/office/setup/plan/draft/tree.js';
import { itemsOf } from '../../../web/office/setup/plan/templates/template.js';
import { templates, templatesFor } from '../../../web/office/setup/plan/templates/templates.js';

const one = (id: string, more: Partial<WorkItem> = {}): WorkItem => ({
  id,
  name: { en: id },
  weight: 1,
  measure: 'percent',
  ...more,
});
const plan = [
  one('site'),
  one('frame', { weight: 3 }),
  one('north', { parent: 'frame' }),
  one('south', { parent: 'frame', weight: 2 }),
  one('roof', { after: ['frame'] }),
];
const ids = (items: readonly WorkItem[]) => items.map(({ id, parent }) => (parent ? `${parent}/${id}` : id));

test('an item moves past its sibling with all of its parts', () => {
  expect(ids(moved(plan, 'frame', -1))).toEqual(['frame', 'frame/north', 'frame/south', 'site', 'roof']);
  expect(ids(moved(plan, 'site', 1))).toEqual(['frame', 'frame/north', 'frame/south', 'site', 'roof']);
  expect(moved(plan, 'north', -1)).toBe(plan);
});

test('an item becomes a part of the one before it, and moves out again behind its group', () => {
  const deeper = indented(plan, 'roof');
  expect(ids(deeper)).toEqual(['site', 'frame', 'frame/north', 'frame/south', 'frame/roof']);
  expect(ids(outdented(deeper, 'roof'))).toEqual(ids(plan));
  expect(ids(outdented(plan, 'north'))).toEqual(['site', 'frame', 'frame/south', 'north', 'roof']);
  expect(indented(plan, 'site')).toBe(plan);
});

test('a removed item takes its parts along, and references to it are dropped', () => {
  expect(removed(plan, 'frame')).toEqual([one('site'), one('roof')]);
});

test('a new item comes behind another one, or last in a group', () => {
  expect(ids(added(plan, one('x'), { behind: 'frame' }))).toEqual([
    'site',
    'frame',
    'frame/north',
    'frame/south',
    'x',
    'roof',
  ]);
  expect(ids(added(plan, one('x'), { within: 'frame' }))[4]).toBe('frame/x');
  expect(ids(added(plan, one('x'), {})).at(-1)).toBe('x');
});

test('the share of the whole is the product of the weights on the way down', () => {
  expect([...shares(plan)].map(([id, share]) => [id, Math.round(share)])).toEqual([
    ['site', 2000],
    ['frame', 6000],
    ['north', 2000],
    ['south', 4000],
    ['roof', 2000],
  ]);
});

test('items in any order are sorted below their groups', () => {
  expect(ids(ordered([...plan].reverse()))).toEqual(['roof', 'frame', 'frame/south', 'frame/north', 'site']);
});

test('an item without an id gets one from its name, in either language', () => {
  const first = added(plan, { ...one(newId(plan)), name: { en: 'Rain pipe' } }, {});
  const second = added(first, { ...one(newId(first)), name: { zh: '雨水管' }, after: ['new-1'] }, {});
  const third = added(second, { ...one(newId(second)), name: { en: 'Roof!' }, parent: 'new-1' }, {});
  expect(
    withReadableIds(third, new Set())
      .slice(5)
      .map(({ id, after }) => [id, after]),
  ).toEqual([
    ['rain-pipe', undefined],
    ['ysg', ['rain-pipe']],
    ['roof-2', undefined],
  ]);
});

test('the focus stays on the control, and moves to a new or next item', () => {
  const focusAfter = (act: Parameters<typeof acted>[1]) => acted(plan, act).focus;
  expect(focusAfter({ act: 'up', id: 'roof', by: 'name' })).toEqual({ id: 'roof', control: 'name' });
  expect(focusAfter({ act: 'add-behind', id: 'roof' })).toEqual({ id: 'new-1', control: 'name' });
  expect(focusAfter({ act: 'remove', id: 'frame' })).toEqual({ id: 'site', control: 'name' });
  expect(focusAfter({ act: 'remove', id: 'site' })).toEqual({ id: 'frame', control: 'name' });
});

test('mistakes are those that the domain refuses', () => {
  const wrong: [string, readonly WorkItem[]][] = [
    ['no-items', []],
    ['no-weight', [one('a', { weight: 0 })]],
    ['reversed', changed(plan, 'site', { plannedStart: '2018-02-02', plannedFinish: '2018-02-01' })],
    ['no-steps', changed(plan, 'site', { measure: 'steps' })],
    [
      'no-step-weight',
      changed(plan, 'site', { measure: 'steps', steps: [{ id: 'a', name: { en: 'a' }, weight: 0 }] }),
    ],
    ['stage-of-group', changed(plan, 'frame', { stage: 'in-production' })],
    ['after-own', changed(plan, 'north', { after: ['frame'] })],
    ['after-circle', changed(plan, 'north', { after: ['roof'] })],
  ];
  for (const [mistake, items] of wrong) {
    expect(mistakesIn(items).map((found) => found.mistake)).toContain(mistake);
    expect(planFault({ items: [...items], basis: 'stated' })).toBeDefined();
  }
  expect(mistakesIn(changed(plan, 'site', { name: {} }))).toEqual([{ item: 'site', mistake: 'no-name' }]);
  expect(mistakesIn(plan)).toEqual([]);
});

test('every template is a plan without a fault, and its weights add up to 100', () => {
  for (const template of templates) {
    const items = itemsOf(template, { start: '2018-01-01', finish: '2018-12-31' });
    expect(planFault({ items, basis: `template:${template.name}` })).toBeUndefined();
    expect(mistakesIn(items)).toEqual([]);
    for (const parent of new Set(items.map((item) => item.parent))) {
      const beside = items.filter((item) => item.parent === parent);
      expect([template.name, parent, beside.reduce((sum, { weight }) => sum + weight, 0)]).toEqual([
        template.name,
        parent,
        100,
      ]);
    }
    for (const { steps } of items)
      expect(steps?.reduce((sum, { weight }) => sum + weight, 0) ?? 100).toBe(100);
    const days = items.flatMap(({ plannedStart, plannedFinish }) => [plannedStart, plannedFinish]);
    expect([days.filter(Boolean).sort()[0], days.filter(Boolean).sort().at(-1)]).toEqual([
      '2018-01-01',
      '2018-12-31',
    ]);
    expect(ids(ordered(items))).toEqual(ids(items));
  }
});

test('a template is found by the sector, in either language', () => {
  const first = (sector: string) => templatesFor(sector)[0]?.template.name;
  expect(['vehicles and parts', '安置房', 'Schools', '公路', '污水处理', '文旅'].map(first)).toEqual([
    'industrial-plant',
    'housing',
    'public-building',
    'road',
    'water-works',
    'commercial-tourism',
  ]);
  expect(templatesFor(undefined).every(({ fits }) => !fits)).toBe(true);
});

test('two changes of one plan are merged; in a conflict mine stays and is named', () => {
  const mine = changed(changed(plan, 'site', { weight: 7 }), 'roof', { weight: 8 });
  const theirs = removed(
    added(changed(changed(plan, 'roof', { weight: 9 }), 'north', { of: 4 }), one('cellar'), {
      behind: 'site',
    }),
    'south',
  );
  const { items, disputed, taken } = merged(plan, mine, theirs);
  expect(items).toEqual([
    one('site', { weight: 7 }),
    one('cellar'),
    one('frame', { weight: 3 }),
    one('north', { parent: 'frame', of: 4 }),
    one('roof', { weight: 8, after: ['frame'] }),
  ]);
  expect([disputed, taken.sort()]).toEqual([['roof'], ['cellar', 'north', 'south']]);
});

test('an item that is removed, or gets another id, is not left in what another one states', () => {
  const capped = [...plan, one('topping-out', { states: 'frame' })];
  expect(removed(capped, 'frame').find(({ id }) => id === 'topping-out')).toEqual(one('topping-out'));
  expect(removed(capped, 'site').find(({ id }) => id === 'topping-out')?.states).toBe('frame');
  expect(
    withReadableIds([one('new-1', { name: { en: 'Frame' } }), one('cap', { states: 'new-1' })], new Set()),
  ).toEqual([one('frame', { name: { en: 'Frame' } }), one('cap', { states: 'frame' })]);
});
