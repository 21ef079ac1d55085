import { describe, expect, test } from '@jest/globals';
import { projectSeries } from '../../projections/changes/series.js';
import { portfolio } from '../../projections/portfolio/portfolio.js';
import { existsOn, foldProject, type ProjectRow } from '../../projections/project/project.js';
import {
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
  project,
  registered,
  stalled,
  wan,
  withdrawn,
} from '../support/entries.js';
import { journalAt, projectAt, rowOf } from '../support/folds.js';

const may31 = '2018-05-31';
const june15 = '2018-06-15';
const june30 = '2018-06-30';
const july10 = '2018-07-10';

const roof = item('roof', 1, { plannedStart: '2018-06-01', plannedFinish: june30 });
const entries: Entry[] = [
  registered(
    {
      district: { en: 'Fuyang' },
      sector: { en: 'vehicles' },
      owner: { en: 'Huaao' },
      phase: { en: 'II' },
      aliases: ['华奥二期'],
    },
    may31,
  ),
  planned([roof, item('yard', 1)], may31, { plannedInvestment: wan(10_000) }),
  measured('roof', percent(40), june15),
  invested(wan(6_900), june30),
  stalled({ stall: 'financing', from: '2018-06-01', to: june30 }, june30),
  entered('started', may31),
  forecast('completion', ['2018-12-01', '2018-12-31'], june30),
  // The level that the one of June rises above.
  measured('roof', percent(10), may31),
];
const state = foldProject(history(...entries));

describe('one project', () => {
  test('exists from the first day of its entries', () => {
    expect(existsOn(state, '2018-05-30')).toBe(false);
    expect(existsOn(state, may31)).toBe(true);
    expect(existsOn(foldProject([]), july10)).toBe(false);
    expect(existsOn(foldProject(history(registered({}, july10), withdrawn('e0', may31))), june30)).toBe(
      false,
    );
  });

  test('shows every figure of a day, each with its entries', () => {
    const { completion, investment, schedule, stalls, contradictions, ...rest } = projectAt(state, june30);
    expect(rest).toEqual({
      project,
      details: {
        name: { en: 'Huaao car, phase II', zh: '华奥汽车二期' },
        district: { en: 'Fuyang' },
        sector: { en: 'vehicles' },
        owner: { en: 'Huaao' },
        phase: { en: 'II' },
        aliases: ['华奥二期'],
      },
      stage: { stage: 'started', since: may31, precision: 'day', entry: 'e6' },
      isSuspended: false,
      firstOn: may31,
      lastReportOn: june30,
      lastEntry: { id: 'e8', position: 8, recordedAt: '2018-07-10T08:07:00.000Z' },
    });
    expect([completion.percentBasisPoints, completion.entries]).toEqual([2000, ['e2', 'e3']]);
    expect([investment.sinceStartMinor, investment.entries]).toEqual([6_900_000_000, ['e4', 'e2']]);
    expect([schedule.aheadBasisPoints, schedule.slips[0]?.slipDays, schedule.entries]).toEqual([
      -6000,
      184,
      ['e2', 'e3', 'e7'],
    ]);
    expect(stalls.entries).toEqual(['e5']);
    expect(contradictions.open.map((one) => one.entries)).toEqual([['e5', 'e3']]);
  });

  test('has a journal up to a day', () => {
    expect(journalAt(state, june15).entries.map((entry) => entry.id)).toEqual(['e1', 'e2', 'e3', 'e6', 'e8']);
  });

  test('is a row of a list', () => {
    expect(rowOf(projectAt(state, june30), 'red')).toEqual({
      project,
      name: { en: 'Huaao car, phase II', zh: '华奥汽车二期' },
      aliases: ['华奥二期'],
      district: { en: 'Fuyang' },
      sector: { en: 'vehicles' },
      owner: { en: 'Huaao' },
      phase: { en: 'II' },
      stage: 'started',
      isSuspended: false,
      hasPlan: true,
      completion: {
        floorBasisPoints: 2000,
        percentBasisPoints: 2000,
        ceilingBasisPoints: 7000,
        coverageBasisPoints: 5000,
      },
      investment: {
        sinceStartMinor: 6_900_000_000,
        currency: 'CNY',
        basis: 'unknown',
        shareOfPlanBasisPoints: 6900,
        asOf: june30,
        entry: 'e4',
      },
      annualPlan: null,
      stalls: [
        {
          stall: 'financing',
          cause: 'financing',
          blocks: ['works'],
          from: '2018-06-01',
          to: june30,
          entries: ['e5'],
        },
      ],
      lastReportOn: june30,
      openContradictions: 1,
      light: 'red',
    });
  });

  test('with only a registration has a row without figures', () => {
    expect(rowOf(projectAt(foldProject(history(registered({}, may31))), july10), null)).toEqual({
      project,
      name: { en: 'Huaao car, phase II', zh: '华奥汽车二期' },
      stage: null,
      isSuspended: false,
      hasPlan: false,
      completion: {
        floorBasisPoints: 0,
        percentBasisPoints: 0,
        ceilingBasisPoints: 10000,
        coverageBasisPoints: 0,
      },
      investment: null,
      annualPlan: null,
      stalls: [],
      lastReportOn: null,
      openContradictions: 0,
      light: null,
    });
  });
});

describe('the series', () => {
  const at = (
    asOf: string,
    figures: number[],
    plannedBasisPoints: number,
    sinceStartMinor: number | null,
    openStalls: number,
  ) => ({
    asOf,
    floorBasisPoints: figures[0],
    percentBasisPoints: figures[1],
    ceilingBasisPoints: figures[2],
    plannedBasisPoints,
    sinceStartMinor,
    currency: sinceStartMinor === null ? null : 'CNY',
    basis: sinceStartMinor === null ? null : 'unknown',
    openStalls,
  });
  const points = [
    at(may31, [500, 500, 5500], 0, null, 0),
    at(june15, [2000, 2000, 7000], 5000, null, 0),
    at(june30, [2000, 2000, 7000], 10000, 6_900_000_000, 1),
  ];

  test('has a point for every day of an entry', () => {
    expect(projectSeries(state, { to: july10 })).toEqual(points);
  });

  test('keeps to the requested days, both ends included', () => {
    expect(projectSeries(state, { from: june15, to: june15 })).toEqual(points.slice(1, 2));
  });
});

describe('the portfolio', () => {
  const base = rowOf(projectAt(state, june30), 'red');
  const row = (id: string, rest: Partial<ProjectRow>): ProjectRow => ({
    ...base,
    project: id,
    stalls: [],
    openContradictions: 0,
    ...rest,
  });
  const completionOf = (floor: number, percentPoints: number, ceiling: number) => ({
    floorBasisPoints: floor,
    percentBasisPoints: percentPoints,
    ceilingBasisPoints: ceiling,
    coverageBasisPoints: 10000,
  });
  const money = (wanYuan: number) => ({
    sinceStartMinor: wanYuan * 1_000_000,
    currency: 'CNY',
    basis: 'unknown' as const,
    shareOfPlanBasisPoints: null,
    asOf: june30,
    entry: `money-${wanYuan}`,
  });
  const licence = {
    stall: 'licence',
    cause: 'licence' as const,
    blocks: ['production' as const],
    from: june30,
    entries: ['e7'],
  };
  const rows = [
    row('a', {
      completion: completionOf(1000, 2000, 3001),
      investment: money(100),
      stalls: base.stalls,
      openContradictions: 2,
    }),
    row('b', {
      completion: completionOf(2000, 4000, 6000),
      investment: money(50),
      stalls: [licence, licence],
      stage: 'built',
    }),
    row('c', { hasPlan: false, investment: null, stage: null, district: { en: 'Yingquan' } }),
  ];

  const fuyang = {
    key: { en: 'Fuyang' },
    projects: 2,
    cancelled: 0,
    completion: {
      floorBasisPoints: 1500,
      percentBasisPoints: 3000,
      ceilingBasisPoints: 4501,
      coverage: { reported: 2, of: 2 },
    },
    investment: [
      {
        basis: 'unknown',
        currency: 'CNY',
        sinceStartMinor: 150_000_000,
        reported: 2,
        of: 2,
        entries: ['money-100', 'money-50'],
      },
    ],
    headline: {
      basis: 'unknown',
      currency: 'CNY',
      sinceStartMinor: 150_000_000,
      reported: 2,
      of: 2,
      entries: ['money-100', 'money-50'],
    },
    annualPlans: [],
    stalled: { works: 1, production: 1, staffing: 0 },
    lights: { red: 2, yellow: 0, blue: 0, none: 0 },
    withoutMoney: 0,
    unreportedMoney: [],
    openContradictions: 2,
  };

  test('totals state how many projects they cover', () => {
    const { total, groups } = portfolio(rows);
    expect(total).toEqual({
      ...fuyang,
      key: null,
      projects: 3,
      completion: { ...fuyang.completion, coverage: { reported: 2, of: 3 } },
      investment: [
        {
          basis: 'unknown',
          currency: 'CNY',
          sinceStartMinor: 150_000_000,
          reported: 2,
          of: 3,
          entries: ['money-100', 'money-50'],
        },
      ],
      headline: {
        basis: 'unknown',
        currency: 'CNY',
        sinceStartMinor: 150_000_000,
        reported: 2,
        of: 3,
        entries: ['money-100', 'money-50'],
      },
      lights: { red: 3, yellow: 0, blue: 0, none: 0 },
      withoutMoney: 1,
      unreportedMoney: ['c'],
    });
    expect(groups).toEqual([total]);
  });

  test('groups are sorted by name, those without one last', () => {
    const { groups, total } = portfolio(rows, 'district');
    expect(groups[0]).toEqual(fuyang);
    expect(groups.map((group) => [group.key, group.projects])).toEqual([
      [{ en: 'Fuyang' }, 2],
      [{ en: 'Yingquan' }, 1],
    ]);
    expect(total.projects).toBe(3);
    expect(portfolio(rows, 'stage').groups.map((group) => group.key)).toEqual(['built', 'started', null]);
  });

  test('a district is one group, whether a project names it in one language or in both', () => {
    const named = [
      row('a', { district: { zh: '颍泉区' } }),
      row('b', { district: { en: 'Yingquan', zh: '颍泉区' } }),
      row('c', { district: { en: 'Yingquan' } }),
      row('d', { district: { en: 'Fuyang' } }),
    ];
    const keysAndProjects = (rows: readonly ProjectRow[]) =>
      portfolio(rows, 'district').groups.map(({ key, projects }) => [key, projects]);
    expect(keysAndProjects(named)).toEqual([
      [{ en: 'Fuyang' }, 1],
      [{ en: 'Yingquan', zh: '颍泉区' }, 3],
    ]);
    expect(keysAndProjects(named.filter(({ project }) => project !== 'b'))).toEqual([
      [{ en: 'Fuyang' }, 1],
      [{ en: 'Yingquan' }, 1],
      [{ zh: '颍泉区' }, 1],
    ]);
  });

  test('a cancelled project leaves every figure, and is counted as left out', () => {
    const cancelled = row('d', {
      completion: completionOf(0, 0, 0),
      investment: money(70),
      stalls: base.stalls,
      openContradictions: 3,
      light: null,
      stage: 'cancelled',
    });
    const { cancelled: none, ...before } = portfolio(rows).total;
    const { total, groups } = portfolio([...rows, cancelled], 'stage');
    expect([none, total]).toEqual([0, { ...before, projects: 4, cancelled: 1 }]);
    expect(groups.find(({ key }) => key === 'cancelled')).toMatchObject({
      ...{ projects: 1, cancelled: 1, investment: [], withoutMoney: 0, openContradictions: 0 },
      ...{ lights: { none: 0 }, stalled: { works: 0 }, completion: { coverage: { reported: 0, of: 0 } } },
    });
  });

  test('two bases are two rows and no headline', () => {
    const mixed = [...rows, row('d', { investment: { ...money(10), basis: 'accounting' } })];
    const { total } = portfolio(mixed);
    expect(
      total.investment.map((line) => [line.basis, line.sinceStartMinor, line.reported, line.of]),
    ).toEqual([
      ['accounting', 10_000_000, 1, 4],
      ['unknown', 150_000_000, 2, 4],
    ]);
    expect(total.headline).toBeNull();
  });

  test('zero projects have no mean', () => {
    expect(portfolio([]).total).toEqual({
      key: null,
      projects: 0,
      cancelled: 0,
      completion: {
        floorBasisPoints: null,
        percentBasisPoints: null,
        ceilingBasisPoints: null,
        coverage: { reported: 0, of: 0 },
      },
      investment: [],
      headline: null,
      annualPlans: [],
      stalled: { works: 0, production: 0, staffing: 0 },
      lights: { red: 0, yellow: 0, blue: 0, none: 0 },
      withoutMoney: 0,
      unreportedMoney: [],
      openContradictions: 0,
    });
  });
});

test('a roof done twice is one roof', () => {
  const twice = foldProject(
    history(registered({}, may31), planned([roof], may31), done('roof', june15), done('roof', june30)),
  );
  expect(projectAt(twice, june30).completion).toMatchObject({
    percentBasisPoints: 10000,
    entries: ['e2', 'e4'],
  });
});
