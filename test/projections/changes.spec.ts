import { describe, expect, test } from '@jest/globals';
import { changes } from '../../projections/changes/changes.js';
import { foldProject } from '../../projections/project/project.js';
import {
  cleared,
  described,
  done,
  type Entry,
  entered,
  forecast,
  history,
  invested,
  item,
  measured,
  percent,
  planned,
  registered,
  stalled,
  wan,
  withdrawn,
} from '../support/entries.js';

const planDay = '2018-01-01';
const may31 = '2018-05-31';
const june30 = '2018-06-30';
const july9 = '2018-07-09';
const july10 = '2018-07-10';

const pipe = item('pipe', 1);
const roof = item('roof', 1);
const opening = [registered({}, planDay), planned([pipe, roof], planDay)];

/** The changes between two days of one log. */
const between = (from: string, to: string, ...entries: Entry[]) => {
  const state = foldProject(history(...opening, ...entries));
  return changes({ state, asOf: from }, { state, asOf: to });
};

/** The effect of the last entries on the answer about one day. */
const known = (asOf: string, before: Entry[], ...later: Entry[]) => {
  const all = history(...opening, ...before, ...later);
  return changes(
    { state: foldProject(all.slice(0, opening.length + before.length)), asOf },
    { state: foldProject(all), asOf },
  );
};

const noEffect = {
  lexiconBasisPoints: 0,
  scopeBasisPoints: 0,
  correctionBasisPoints: 0,
  lateBasisPoints: 0,
  workBasisPoints: 0,
};
const unmoved = { from: 0, to: 0, byBasisPoints: 0, ...noEffect, entries: [] };

const risen = { from: 2000, to: 4250, byBasisPoints: 2250, ...noEffect, workBasisPoints: 2250 };

test('work of a month: the changed figures, by how much and by which entries', () => {
  expect(
    between(may31, june30, measured('pipe', percent(40), may31), measured('pipe', percent(85), june30)),
  ).toEqual({
    completion: {
      percent: { ...risen, entries: ['e4'] },
      floor: { ...risen, entries: ['e4'] },
      ceiling: { ...risen, from: 7000, to: 9250, entries: ['e4'] },
    },
    light: null,
    items: [
      {
        item: 'pipe',
        name: { en: 'pipe' },
        isGroup: false,
        fromBasisPoints: 4000,
        toBasisPoints: 8500,
        saidBefore: { measure: percent(40), asOf: may31, precision: 'day', entry: 'e3' },
        saidAfter: { measure: percent(85), asOf: june30, precision: 'day', entry: 'e4' },
        kind: 'work',
        entries: ['e4'],
      },
    ],
    investment: null,
    stage: null,
    suspension: null,
    stallsOpened: [],
    stallsCleared: [],
    forecasts: [],
    plan: null,
    details: [],
    entries: [{ id: 'e4', type: 'ProgressMeasured', asOf: june30, precision: 'day', kind: 'new' }],
  });
});

test('between a moment and itself nothing changes', () => {
  const { completion, ...rest } = between(
    june30,
    june30,
    measured('pipe', percent(85), june30),
    invested(wan(1), june30),
  );
  expect(completion.percent.byBasisPoints).toBe(0);
  expect(rest).toEqual({
    light: null,
    items: [],
    investment: null,
    stage: null,
    suspension: null,
    stallsOpened: [],
    stallsCleared: [],
    forecasts: [],
    plan: null,
    details: [],
    entries: [],
  });
});

describe('scope apart from work', () => {
  const wider = planned([pipe, roof, item('yard', 2)], june30, { version: 2 });

  test('a wider plan lowers the percent without any work undone', () => {
    const change = between(may31, june30, done('pipe', may31), wider);
    expect(change.completion.percent).toEqual({
      from: 5000,
      to: 2500,
      byBasisPoints: -2500,
      ...noEffect,
      scopeBasisPoints: -2500,
      entries: ['e4'],
    });
    expect(change.plan).toEqual({ fromVersion: 1, toVersion: 2 });
    expect(change.items).toEqual([
      {
        item: 'yard',
        name: { en: 'yard' },
        isGroup: false,
        fromBasisPoints: null,
        toBasisPoints: 0,
        saidBefore: null,
        saidAfter: null,
        kind: 'scope',
        entries: ['e4'],
      },
    ]);
  });

  test('scope and work of one month add up', () => {
    const change = between(may31, june30, done('pipe', may31), wider, done('roof', june30));
    expect(change.completion.percent).toEqual({
      from: 5000,
      to: 5000,
      byBasisPoints: 0,
      ...noEffect,
      scopeBasisPoints: -2500,
      workBasisPoints: 2500,
      entries: ['e4', 'e5'],
    });
    expect(change.items.map((one) => [one.item, one.kind, one.entries])).toEqual([
      ['roof', 'work', ['e5']],
      ['yard', 'scope', ['e4']],
    ]);
  });

  test('an item removed by the new plan is scope', () => {
    const change = between(may31, june30, planned([pipe], june30, { version: 2 }));
    expect(change.items.map((one) => [one.item, one.fromBasisPoints, one.toBasisPoints, one.kind])).toEqual([
      ['roof', 0, null, 'scope'],
    ]);
  });

  test('a first plan is scope', () => {
    const state = foldProject(
      history(registered({}, planDay), done('pipe', may31), planned([pipe, roof], june30)),
    );
    expect(changes({ state, asOf: may31 }, { state, asOf: june30 }).completion.percent).toEqual({
      ...unmoved,
      to: 5000,
      byBasisPoints: 5000,
      scopeBasisPoints: 5000,
      entries: ['e3'],
    });
  });
});

describe('the same day, known better', () => {
  const before = [measured('pipe', percent(40), may31)];

  test('a measure logged late', () => {
    const change = known(june30, before, measured('pipe', percent(85), june30));
    expect(change.items.map((one) => [one.item, one.kind, one.entries])).toEqual([['pipe', 'late', ['e4']]]);
    expect(change.entries).toEqual([
      { id: 'e4', type: 'ProgressMeasured', asOf: june30, precision: 'day', kind: 'late' },
    ]);
  });

  test('a measure logged on its own day is not late, although only the second moment knows it', () => {
    const change = known(july10, before, measured('pipe', percent(85), july10));
    expect(change.items.map((one) => [one.item, one.kind])).toEqual([['pipe', 'work']]);
    expect(change.entries.map(({ kind }) => kind)).toEqual(['new']);
  });

  test("the day of an entry ends at midnight in its project's zone, not in UTC", () => {
    const shanghai = known(july10, before, measured('pipe', percent(85), july9));
    expect(shanghai.entries.map(({ kind }) => kind)).toEqual(['late']);
    const zone = registered({ timeZone: 'Pacific/Honolulu' }, planDay);
    const far = [zone, planned([pipe, roof], planDay)];
    const honolulu = changes(
      { state: foldProject(history(...far)), asOf: july10 },
      { state: foldProject(history(...far, measured('pipe', percent(85), july9))), asOf: july10 },
    );
    expect(honolulu.entries.map(({ kind }) => kind)).toEqual(['new']);
  });

  test('a correction', () => {
    const change = known(
      june30,
      before,
      withdrawn('e3', july10),
      measured('pipe', percent(58), may31, { corrects: 'e3' }),
    );
    expect(
      change.items.map((one) => [one.fromBasisPoints, one.toBasisPoints, one.kind, one.entries]),
    ).toEqual([[4000, 5800, 'correction', ['e4', 'e5']]]);
    expect(change.entries).toEqual([
      { id: 'e4', type: 'EntryWithdrawn', asOf: july10, precision: 'day', kind: 'withdrawal' },
      { id: 'e5', type: 'ProgressMeasured', asOf: may31, precision: 'day', kind: 'correction' },
    ]);
  });

  test('a figure corrected before the first look at its month is the work of that month', () => {
    const entries = [
      planned([item('pipe', 1)], '2018-01-01'),
      measured('pipe', percent(40), may31),
      measured('pipe', percent(8.5), june30),
      withdrawn('e3', july10),
      measured('pipe', percent(85), june30, { corrects: 'e3' }),
    ];
    const state = foldProject(history(...entries));
    const change = changes({ state, asOf: may31 }, { state, asOf: june30 });
    expect(change.items.map((one) => [one.item, one.kind, one.entries])).toEqual([['pipe', 'work', ['e5']]]);
    expect(change.entries.map((one) => [one.id, one.kind])).toEqual([
      ['e3', 'new'],
      ['e4', 'withdrawal'],
      ['e5', 'new'],
    ]);
  });

  test('a withdrawal alone', () => {
    const change = known(june30, [...before, measured('pipe', percent(85), june30)], withdrawn('e4', july10));
    expect(
      change.items.map((one) => [one.fromBasisPoints, one.toBasisPoints, one.kind, one.entries]),
    ).toEqual([[8500, 4000, 'correction', ['e5']]]);
    expect(change.completion.percent).toMatchObject({ correctionBasisPoints: -2250, workBasisPoints: 0 });
  });

  test('a withdrawal of an entry after the day changes nothing about it', () => {
    expect(
      known(may31, [...before, measured('pipe', percent(85), june30)], withdrawn('e4', july10)),
    ).toMatchObject({ items: [], entries: [] });
  });
});

test('an implied item changes by the entry that implies it', () => {
  const state = foldProject(
    history(
      registered({}, planDay),
      planned([pipe, item('road', 1, { after: ['pipe'] })], planDay),
      measured('road', percent(30), june30),
    ),
  );
  const { items } = changes({ state, asOf: may31 }, { state, asOf: june30 });
  expect(items.map((one) => [one.item, one.toBasisPoints, one.kind, one.entries])).toEqual([
    ['pipe', 3000, 'work', ['e3']],
    ['road', 3000, 'work', ['e3']],
  ]);
});

describe('money', () => {
  test('more of the same money', () => {
    expect(
      between(may31, june30, invested(wan(6_000), may31), invested(wan(6_900), june30)).investment,
    ).toEqual({
      fromMinor: 6_000_000_000,
      toMinor: 6_900_000_000,
      byMinor: 900_000_000,
      currency: 'CNY',
      basis: 'unknown',
      entries: ['e4'],
    });
  });

  test('first money, and money of another basis, have no difference', () => {
    expect(between(may31, june30, invested(wan(6_900), june30)).investment).toMatchObject({
      fromMinor: null,
      byMinor: null,
    });
    expect(
      between(may31, june30, invested(wan(6_000), may31), invested(wan(6_900), june30, { basis: 'physical' }))
        .investment,
    ).toMatchObject({ byMinor: null, basis: 'physical' });
  });

  test('withdrawn money names the withdrawal and the figure that counts again', () => {
    const change = known(
      june30,
      [invested(wan(6_000), may31), invested(wan(69_000), june30)],
      withdrawn('e4', july10),
    );
    expect(change.investment).toMatchObject({ byMinor: -63_000_000_000, entries: ['e5', 'e3'] });
  });
});

test('stage, pause, stalls, forecasts and details between two days', () => {
  const change = between(
    may31,
    july10,
    entered('started', may31),
    stalled({ stall: 'land', cause: 'land' }, may31),
    entered('built', june30),
    entered('suspended', june30),
    cleared('land', june30),
    stalled({ stall: 'financing' }, june30),
    forecast('completion', ['2018-12-01', '2018-12-31'], june30),
    described({ owner: { en: 'Huaao Group' } }, june30),
  );
  expect(change.stage).toEqual({
    from: { stage: 'started', since: may31, precision: 'day', entry: 'e3' },
    to: { stage: 'built', since: june30, precision: 'day', entry: 'e5' },
  });
  expect(change.suspension).toEqual({ from: false, to: true });
  expect(change.stallsOpened.map((episode) => episode.stall)).toEqual(['financing']);
  expect(change.stallsCleared.map((episode) => [episode.stall, episode.clearedOn])).toEqual([
    ['land', june30],
  ]);
  expect(change.forecasts.map((one) => one.entry)).toEqual(['e9']);
  expect(change.details).toEqual(['owner']);
});
