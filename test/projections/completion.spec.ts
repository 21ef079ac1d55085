import { describe, expect, test } from '@jest/globals';
import type { WorkItem } from '../../domain/project/events.js';
import { completion } from '../../projections/completion/completion.js';
import {
  cleared,
  count,
  done,
  type Entry,
  entered,
  history,
  item,
  measured,
  percent,
  planned,
  stalled,
  storeys,
  withdrawn,
  word,
} from '../support/entries.js';
import { fold } from '../support/folds.js';

const planDay = '2018-01-01';
const may31 = '2018-05-31';
const june30 = '2018-06-30';
const july10 = '2018-07-10';

const stateOf = (...entries: Entry[]) => fold(completion, history(...entries));
const viewOf = (items: WorkItem[], entries: Entry[], asOf = july10) =>
  completion.view(stateOf(planned(items, planDay), ...entries), asOf);

/** Floor, percent and ceiling in percentage points, and the source. */
function figures(items: WorkItem[], ...entries: Entry[]) {
  return Object.fromEntries(
    viewOf(items, entries).items.map((one) => [
      one.item,
      [one.floorBasisPoints / 100, one.percentBasisPoints / 100, one.ceilingBasisPoints / 100, one.status],
    ]),
  );
}

/** The whole project in percentage points. */
function whole(items: WorkItem[], ...entries: Entry[]) {
  const view = viewOf(items, entries);
  return [view.floorBasisPoints / 100, view.percentBasisPoints / 100, view.ceilingBasisPoints / 100];
}

const steps = [
  { id: 'delivered', name: { en: 'delivered' }, weight: 40 },
  { id: 'installed', name: { en: 'installed' }, weight: 40 },
  { id: 'commissioned', name: { en: 'commissioned' }, weight: 20 },
];
const equipment = item('equipment', 1, { measure: 'steps', steps });

describe('the range of one report on one item', () => {
  test.each([
    ['85 % of the rain pipe', item('pipe', 1), measured('pipe', percent(85), june30), [85, 85, 85]],
    ['the roof is capped', item('roof', 1, { measure: 'done' }), done('roof', june30), [100, 100, 100]],
    [
      '3 of 5 dormitories',
      item('dormitories', 1),
      measured('dormitories', count(3, 5), june30),
      [60, 60, 60],
    ],
    [
      '3 dormitories, 5 by the plan',
      item('dormitories', 1, { of: 5 }),
      measured('dormitories', count(3), june30),
      [60, 60, 60],
    ],
    [
      '5 workshops of nobody knows how many',
      item('shops', 1),
      measured('shops', count(5), june30),
      [1, 1, 100],
    ],
    [
      'no workshop of nobody knows how many',
      item('shops', 1),
      measured('shops', count(0), june30),
      [0, 0, 99],
    ],
    ['storey 2 of 8', item('frame', 1), measured('frame', storeys(2, 8), june30), [25, 25, 25]],
    [
      'storey 2 of nobody knows how many',
      item('frame', 1),
      measured('frame', storeys(2), june30),
      [1, 1, 99],
    ],
    [
      '6 done where the plan has 5',
      item('shops', 1, { of: 5 }),
      measured('shops', count(6), june30),
      [100, 100, 100],
    ],
    ['partly', item('fit-out', 1), measured('fit-out', word('partly'), june30), [1, 30, 50]],
    ['mostly', item('fit-out', 1), measured('fit-out', word('mostly'), june30), [51, 75, 95]],
    ['nearly done', item('fit-out', 1), measured('fit-out', word('nearly-done'), june30), [90, 95, 99]],
    ['under way', item('fit-out', 1), measured('fit-out', word('under-way'), june30), [1, 50, 99]],
    [
      'a word of a later lexicon',
      item('fit-out', 1),
      measured('fit-out', word('painted'), june30),
      [0, 0, 100],
    ],
  ])('%s', (_, planItem, said, expected) => {
    expect(figures([planItem], said)[planItem.id]).toEqual([...expected, 'stated']);
  });

  test('an unreported item is 0 so far and may be done', () => {
    expect(figures([item('roof', 1)])).toEqual({ roof: [0, 0, 100, 'unreported'] });
  });
});

describe('which report counts', () => {
  const pipe = [item('pipe', 1)];

  test('the report about the later day counts, even if it was recorded first', () => {
    expect(
      figures(pipe, measured('pipe', percent(85), june30), measured('pipe', percent(40), may31)).pipe,
    ).toEqual([85, 85, 85, 'stated']);
  });

  test('of two reports about one day the one recorded later counts', () => {
    expect(
      figures(pipe, measured('pipe', percent(85), june30), measured('pipe', percent(58), june30)).pipe,
    ).toEqual([58, 58, 58, 'stated']);
  });

  test('a withdrawn report is ignored, and the one before it counts again', () => {
    expect(
      figures(
        pipe,
        measured('pipe', percent(40), may31),
        measured('pipe', percent(85), june30),
        withdrawn('e3', july10),
      ).pipe,
    ).toEqual([40, 40, 40, 'stated']);
  });

  test('a report about a later day is not known on the day before it', () => {
    const view = viewOf(pipe, [measured('pipe', percent(85), june30)], '2018-06-29');
    expect(view.percentBasisPoints).toBe(0);
    expect(view.entries).toEqual(['e1']);
  });
});

describe('items measured in steps', () => {
  const stepsOf = (...entries: Entry[]) =>
    viewOf([equipment], entries).items[0]?.steps?.map((step) => [
      step.step,
      step.floorBasisPoints / 100,
      step.percentBasisPoints / 100,
      step.ceilingBasisPoints / 100,
    ]);

  test('a step counts with its weight, and the next step may be as far', () => {
    expect(stepsOf(measured('equipment/delivered', word('partly'), june30))).toEqual([
      ['delivered', 1, 30, 50],
      ['installed', 0, 0, 50],
      ['commissioned', 0, 0, 50],
    ]);
    expect(figures([equipment], measured('equipment/delivered', word('partly'), june30)).equipment).toEqual([
      0.4,
      12,
      50,
      'stated',
    ]);
  });

  test('what is installed has been delivered', () => {
    expect(stepsOf(measured('equipment/installed', word('mostly'), june30))).toEqual([
      ['delivered', 51, 75, 100],
      ['installed', 51, 75, 95],
      ['commissioned', 0, 0, 95],
    ]);
  });

  test('an earlier report on a previous step stays if it states more', () => {
    expect(
      stepsOf(done('equipment/delivered', may31), measured('equipment/installed', percent(20), june30)),
    ).toEqual([
      ['delivered', 100, 100, 100],
      ['installed', 20, 20, 20],
      ['commissioned', 0, 0, 20],
    ]);
  });

  test('done as a whole is done in every step', () => {
    expect(figures([equipment], done('equipment', june30)).equipment).toEqual([100, 100, 100, 'stated']);
  });

  test('a report on an unplanned step states nothing', () => {
    expect(figures([equipment], done('equipment/painted', june30)).equipment).toEqual([
      0,
      0,
      100,
      'unreported',
    ]);
    expect(figures([item('roof', 1)], done('roof/painted', june30)).roof).toEqual([0, 0, 100, 'unreported']);
  });

  test('a report on an unplanned step does not hide the report before it', () => {
    expect(
      figures([item('roof', 1)], measured('roof', percent(60), may31), done('roof/painted', june30)).roof,
    ).toEqual([60, 60, 60, 'stated']);
  });
});

describe('predecessors and successors', () => {
  const columns = item('columns', 1, { measure: 'percent' });
  const roof = item('roof', 1, { measure: 'done', after: ['columns'] });
  const cladding = item('cladding', 1, { after: ['roof'] });

  test('a capped roof implies that the columns below it are done', () => {
    const view = viewOf([columns, roof], [done('roof', june30)]);
    expect(view.items[0]).toMatchObject({
      floorBasisPoints: 0,
      percentBasisPoints: 10000,
      ceilingBasisPoints: 10000,
      status: 'implied',
      impliedBy: ['roof'],
      entries: ['e2'],
    });
    expect([view.floorBasisPoints, view.percentBasisPoints, view.ceilingBasisPoints]).toEqual([
      5000, 10000, 10000,
    ]);
  });

  test('an implied item implies further ones, and has the same evidence', () => {
    const view = viewOf([columns, roof, cladding], [measured('cladding', percent(40), june30)]);
    expect(view.items.map((one) => [one.item, one.percentBasisPoints, one.status, one.entries])).toEqual([
      ['columns', 4000, 'implied', ['e2']],
      ['roof', 4000, 'implied', ['e2']],
      ['cladding', 4000, 'stated', ['e2']],
    ]);
  });

  test('a stated range is not overridden by an implied one', () => {
    expect(
      figures([columns, roof], measured('columns', percent(90), may31), done('roof', june30)).columns,
    ).toEqual([90, 90, 90, 'stated']);
  });

  test('an unreported item is no further than its predecessor', () => {
    expect(
      figures([columns, item('walls', 1, { after: ['columns'] })], measured('columns', percent(45), june30))
        .walls,
    ).toEqual([0, 0, 45, 'unreported']);
  });

  test('a yes/no item is not done before its predecessor is complete', () => {
    expect(figures([columns, roof], measured('columns', percent(99), june30)).roof).toEqual([
      0,
      0,
      0,
      'unreported',
    ]);
    expect(figures([columns, roof], done('columns', june30)).roof).toEqual([0, 0, 100, 'unreported']);
  });

  test('a ceiling is passed on through unreported items', () => {
    expect(
      figures(
        [columns, item('walls', 1, { after: ['columns'] }), item('paint', 1, { after: ['walls'] })],
        measured('columns', percent(45), june30),
      ).paint,
    ).toEqual([0, 0, 45, 'unreported']);
  });

  test('after a group means after all of its parts', () => {
    const structure = item('structure', 3, { measure: 'percent' });
    const left = item('left', 3, { parent: 'structure' });
    const right = item('right', 1, { parent: 'structure' });
    const walls = item('walls', 1, { after: ['structure'] });
    expect(figures([structure, left, right, walls], measured('left', percent(20), june30)).walls).toEqual([
      0,
      0,
      40,
      'unreported',
    ]);
    expect(figures([structure, left, right, walls], measured('walls', percent(30), june30))).toEqual({
      structure: [0, 30, 100, 'rolled-up'],
      left: [0, 30, 100, 'implied'],
      right: [0, 30, 100, 'implied'],
      walls: [30, 30, 30, 'stated'],
    });
  });

  test('a group that is far enough implies nothing for its parts, and otherwise only the missing part', () => {
    const structure = item('structure', 3, { measure: 'percent' });
    const left = item('left', 3, { parent: 'structure' });
    const right = item('right', 1, { parent: 'structure' });
    const walls = item('walls', 1, { after: ['structure'] });
    const after = (walked: number) =>
      figures(
        [structure, left, right, walls],
        done('left', june30),
        measured('walls', percent(walked), june30),
      ).right;
    expect(after(60)).toEqual([0, 0, 100, 'unreported']);
    expect(after(80)).toEqual([0, 20, 100, 'implied']);
    expect(after(100)).toEqual([0, 100, 100, 'implied']);
  });
});

describe('groups', () => {
  const shop = item('shop', 60);
  const roof = item('roof', 1, { parent: 'shop' });
  const floor = item('floor', 3, { parent: 'shop' });
  const office = item('office', 40);
  const items = [shop, roof, floor, office];

  test('a group is the weighted mean of its parts', () => {
    expect(figures(items, done('roof', june30), measured('office', percent(50), june30))).toEqual({
      shop: [25, 25, 100, 'rolled-up'],
      roof: [100, 100, 100, 'stated'],
      floor: [0, 0, 100, 'unreported'],
      office: [50, 50, 50, 'stated'],
    });
    expect(whole(items, done('roof', june30), measured('office', percent(50), june30))).toEqual([35, 35, 80]);
  });

  test('an item of weight 0 is shown and not counted', () => {
    expect(whole([item('a', 1), item('b', 0)], done('b', june30))).toEqual([0, 0, 100]);
  });

  test('a group reported done states all of its parts', () => {
    expect(figures(items, done('shop', june30))).toEqual({
      shop: [100, 100, 100, 'rolled-up'],
      roof: [100, 100, 100, 'stated'],
      floor: [100, 100, 100, 'stated'],
      office: [0, 0, 100, 'unreported'],
    });
  });

  test('a figure for a group stays, and what rises below it since opens its ceiling', () => {
    expect(figures(items, done('roof', may31), measured('shop', percent(40), june30)).shop).toEqual([
      40,
      40,
      40,
      'stated',
    ]);
    // The roof is a quarter of the shop, and may have been 0 in May.
    expect(figures(items, measured('shop', percent(40), may31), done('roof', june30)).shop).toEqual([
      40,
      40,
      65,
      'stated',
    ]);
  });

  test('a later figure for an inner group leaves that for the outer one', () => {
    const nested = [
      item('site', 1),
      item('shop', 1, { parent: 'site' }),
      item('roof', 1, { parent: 'shop' }),
      item('yard', 1, { parent: 'site' }),
    ];
    expect(
      figures(nested, measured('site', percent(50), may31), measured('shop', percent(80), june30)).site,
    ).toEqual([50, 50, 90, 'stated']);
  });

  test('a report on the whole project needs no plan, and is shown as such', () => {
    const said = measured('', percent(40), may31);
    delete (said.data as { item?: string }).item;
    const view = completion.view(stateOf(said), july10);
    expect([view.floorBasisPoints, view.percentBasisPoints, view.ceilingBasisPoints]).toEqual([
      4000, 4000, 4000,
    ]);
    expect(view.said).toEqual({ measure: percent(40), asOf: may31, precision: 'day', entry: 'e1' });
    // 40 is stated of the whole; half of the site leaves 55 for the rest at most.
    expect(whole([item('a', 30), item('b', 70)], said, measured('a', percent(50), june30))).toEqual([
      40, 40, 55,
    ]);
  });

  test('each figure of an item names the entry that set it', () => {
    const [pipe] = viewOf(
      [item('pipe', 1)],
      [measured('pipe', percent(80), may31), measured('pipe', word('under-way'), june30)],
    ).items;
    expect(pipe).toMatchObject({
      floorBasisPoints: 8000,
      percentBasisPoints: 8000,
      ceilingBasisPoints: 9900,
      said: { measure: word('under-way'), entry: 'e3' },
      setBy: { floor: 'e2', percent: 'e2', ceiling: 'e3' },
      entries: ['e2', 'e3'],
    });
  });

  test('shares are products of the weights above', () => {
    expect(viewOf(items, []).items.map((one) => [one.item, one.shareBasisPoints])).toEqual([
      ['shop', 6000],
      ['roof', 1500],
      ['floor', 4500],
      ['office', 4000],
    ]);
  });

  test('coverage is the share of the reported weights', () => {
    const view = viewOf(items, [done('roof', june30)]);
    expect([view.coverageBasisPoints, view.reportedItems, view.plannedItems]).toEqual([1500, 1, 3]);
  });
});

describe('stages', () => {
  const works = item('works', 80, { measure: 'done' });
  const trial = item('trial', 10, { measure: 'done', stage: 'trial-production', after: ['works'] });
  const production = item('production', 10, { measure: 'done', stage: 'in-production', after: ['trial'] });
  const items = [works, trial, production];

  test('built states all works and nothing of production', () => {
    expect(figures(items, entered('built', june30))).toEqual({
      works: [100, 100, 100, 'stated'],
      trial: [0, 0, 100, 'unreported'],
      production: [0, 0, 100, 'unreported'],
    });
  });

  test('trial production states its item and implies the works', () => {
    expect(figures(items, entered('trial-production', june30))).toEqual({
      works: [0, 100, 100, 'implied'],
      trial: [100, 100, 100, 'stated'],
      production: [0, 0, 100, 'unreported'],
    });
  });

  test('production states the trial too', () => {
    expect(whole(items, entered('built', may31), entered('in-production', june30))).toEqual([100, 100, 100]);
  });

  test('an item measured after built has its measured value', () => {
    expect(figures(items, entered('built', may31), measured('works', percent(90), june30)).works).toEqual([
      90,
      90,
      90,
      'stated',
    ]);
  });

  const licence = stalled({ stall: 'licence', cause: 'licence', blocks: ['production'] }, june30);

  test('a stall that blocks production rules production out', () => {
    const view = viewOf(items, [entered('built', may31), licence]);
    expect(view.items[2]?.ceilingBasisPoints).toBe(0);
    expect(view.entries).toEqual(['e1', 'e2', 'e3']);
  });

  test('a cleared stall rules nothing out', () => {
    expect(figures(items, entered('built', may31), licence, cleared('licence', july10)).production).toEqual([
      0,
      0,
      100,
      'unreported',
    ]);
  });

  test('a stall declared again counts by what it blocks now', () => {
    expect(
      figures(
        items,
        entered('built', may31),
        licence,
        stalled({ stall: 'licence', blocks: ['staffing'] }, july10),
      ).production,
    ).toEqual([0, 0, 100, 'unreported']);
  });

  test('a stall that blocks works rules nothing out', () => {
    expect(figures(items, stalled({ blocks: ['works'] }, june30)).works).toEqual([0, 0, 100, 'unreported']);
  });
});

describe('plans', () => {
  test('without a plan nothing is known of the whole, and measures are kept', () => {
    const view = completion.view(stateOf(measured('pipe', percent(85), june30)), july10);
    expect(view).toEqual({
      floorBasisPoints: 0,
      percentBasisPoints: 0,
      ceilingBasisPoints: 10000,
      coverageBasisPoints: 0,
      reportedItems: 0,
      plannedItems: 0,
      plan: null,
      lexiconVersion: 2,
      items: [
        {
          item: 'pipe',
          name: {},
          isGroup: false,
          isPlanned: false,
          weight: 0,
          shareBasisPoints: 0,
          floorBasisPoints: 8500,
          percentBasisPoints: 8500,
          ceilingBasisPoints: 8500,
          status: 'stated',
          said: { measure: percent(85), asOf: june30, precision: 'day', entry: 'e1' },
          entries: ['e1'],
        },
      ],
      entries: [],
    });
  });

  test('an item counts from the day a plan names it', () => {
    const state = stateOf(
      planned([item('roof', 1)], planDay),
      measured('pipe', percent(85), may31),
      planned([item('roof', 1), item('pipe', 1)], june30, { version: 2 }),
    );
    expect(completion.view(state, may31)).toMatchObject({ percentBasisPoints: 0, plan: { version: 1 } });
    expect(completion.view(state, june30)).toMatchObject({ percentBasisPoints: 4250, plan: { version: 2 } });
  });

  test('a plan recorded late for an earlier day does not displace the one in force', () => {
    const state = stateOf(
      planned([item('roof', 1)], june30, { version: 1 }),
      planned([item('pipe', 1)], may31, { version: 2 }),
    );
    expect(completion.view(state, july10).plan).toEqual({
      version: 1,
      basis: 'stated',
      asOf: june30,
      precision: 'day',
      entry: 'e1',
    });
    expect(completion.view(state, may31).plan?.version).toBe(2);
  });
});
