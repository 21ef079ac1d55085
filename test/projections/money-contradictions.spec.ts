import { describe, expect, test } from '@jest/globals';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import { ProjectSoFar } from '../../projections/rows/project-so-far.js';
import {
  type Entry,
  history,
  invested,
  investedShare,
  item,
  moneyOf,
  planned,
  project,
  wan,
  withdrawn,
} from '../support/entries.js';
import { fold } from '../support/folds.js';

const [march31, april30, may31, june30, july10] = [
  '2018-03-31',
  '2018-04-30',
  '2018-05-31',
  '2018-06-30',
  '2018-07-10',
] as const;

/** Open and settled contradictions as `rule: entries`; the row counts the open ones without the register. */
function registerOf(...entries: Entry[]) {
  const { facts } = fold(contradictions, history(...entries));
  const { open, settled } = contradictions.view({ facts }, '2019-12-31');
  if (!entries.some(({ type }) => type === 'EntryWithdrawn')) {
    const soFar = new ProjectSoFar(project, '2017-12-31', []);
    for (const fact of facts) soFar.add(fact);
    expect(soFar.openContradictions).toBe(open.length);
  }
  const short = ({ rule, entries: named }: (typeof open)[number]) => `${rule}: ${named.join(' ')}`;
  return { open: open.map(short), settled: settled.map(short) };
}

const year = (amount: number, asOf: string, data: Parameters<typeof invested>[2] = {}) =>
  invested(wan(amount), asOf, { span: 'year', ...data });
const month = (amount: number, asOf: string, data: Parameters<typeof invested>[2] = {}) =>
  invested(wan(amount), asOf, { span: 'month', ...data });
const quarter = (amount: number, asOf: string) => invested(wan(amount), asOf, { span: 'quarter' });
const sinceStart = (amount: number, asOf: string) => invested(wan(amount), asOf);

describe('parts of a whole', () => {
  test('months above the year contradict it, until the year is reported higher', () => {
    const months = [month(300, april30), month(400, may31), year(600, may31)];
    expect(registerOf(...months)).toEqual({ open: ['parts-exceed: e3 e1 e2'], settled: [] });
    expect(registerOf(...months, year(1_100, june30), month(300, june30))).toEqual({
      open: [],
      settled: ['parts-exceed: e3 e1 e2'],
    });
    expect(registerOf(...months.slice(0, 2), year(700, may31))).toEqual({ open: [], settled: [] });
  });

  test('a month after the day of the year is no part of it yet', () => {
    expect(registerOf(year(600, may31), month(900, june30)).open).toEqual([]);
    expect(registerOf(year(600, may31), month(900, july10, { period: '2018-05' })).open).toEqual([
      'parts-exceed: e1 e2',
    ]);
  });

  test('months above their quarter, and quarters above the year', () => {
    expect(registerOf(month(500, '2018-02-28'), month(400, march31), quarter(800, march31)).open).toEqual([
      'parts-exceed: e3 e1 e2',
    ]);
    expect(registerOf(quarter(800, march31), quarter(700, june30), year(1_400, june30)).open).toEqual([
      'parts-exceed: e3 e1 e2',
    ]);
  });

  test('the year above the figure since the start', () => {
    expect(registerOf(sinceStart(5_000, june30), year(6_000, june30)).open).toEqual(['parts-exceed: e1 e2']);
    expect(registerOf(sinceStart(5_000, may31), year(6_000, june30)).open).toEqual([]);
    expect(registerOf(year(6_000, may31), sinceStart(5_000, june30)).open).toEqual(['parts-exceed: e2 e1']);
  });

  test('withdrawing the part settles it', () => {
    expect(registerOf(year(600, may31), month(900, may31), withdrawn('e2', july10))).toEqual({
      open: [],
      settled: ['parts-exceed: e1 e2'],
    });
  });

  test('ranges contradict only if their bounds do', () => {
    const about = { ...wan(600), lowMinor: 540_000_000, highMinor: 660_000_000 };
    expect(registerOf(invested(about, may31, { span: 'year' }), month(650, may31)).open).toEqual([]);
    expect(registerOf(invested(about, may31, { span: 'year' }), month(670, may31)).open).toEqual([
      'parts-exceed: e1 e2',
    ]);
  });

  test.each([
    ['basis', month(900, may31, { basis: 'accounting' })],
    ['currency', invested({ amountMinor: 90_000_000_000, currency: 'USD' }, may31, { span: 'month' })],
    ['item', month(900, may31, { item: 'works' })],
    ['kind', moneyOf('paid', wan(900), may31, { span: 'month' })],
  ])('another %s is no part', (_, other) => {
    expect(registerOf(year(600, may31), other).open).toEqual([]);
  });
});

describe('a figure that only grows', () => {
  test('the year fell within its year, and not at its turn', () => {
    expect(registerOf(year(900, may31), year(800, june30)).open).toEqual(['year-money-fell: e1 e2']);
    expect(registerOf(year(900, '2018-12-31'), year(100, '2019-01-31')).open).toEqual([]);
    expect(registerOf(year(900, may31), year(800, june30), year(950, june30))).toEqual({
      open: [],
      settled: ['year-money-fell: e1 e2'],
    });
  });

  test('money paid and funds in place do not fall; a budget, a contract or an estimate may be cut', () => {
    const twice = (kind: Parameters<typeof moneyOf>[0]) =>
      registerOf(moneyOf(kind, wan(900), may31), moneyOf(kind, wan(800), june30)).open;
    expect([twice('paid'), twice('funds')]).toEqual([['money-fell: e1 e2'], ['money-fell: e1 e2']]);
    for (const kind of ['contract', 'budget', 'estimate', 'approved', 'change-order'] as const)
      expect(twice(kind)).toEqual([]);
  });

  test('paid above the contract or the budget is a fact of life', () => {
    expect(
      registerOf(
        moneyOf('budget', wan(500), may31),
        moneyOf('contract', wan(400), may31),
        moneyOf('funds', wan(300), may31),
        moneyOf('paid', wan(900), june30),
        sinceStart(950, june30),
      ).open,
    ).toEqual([]);
  });
});

describe('a stated share', () => {
  const plan = planned([item('works', 1, { plannedCost: wan(400) })], '2017-12-31', {
    plannedInvestment: wan(2_000),
    annualPlans: [{ year: 2018, investment: wan(1_000) }],
  });
  const annual = (points: number, asOf: string, data: Parameters<typeof investedShare>[0] = {}) =>
    investedShare({ span: 'year', shareOfAnnualPlanBasisPoints: points, ...data }, asOf);
  const whole = (points: number, asOf: string, data: Parameters<typeof investedShare>[0] = {}) =>
    investedShare({ shareOfPlanBasisPoints: points, ...data }, asOf);

  test('of the annual plan differs from the computed one by more than a point', () => {
    const share = (points: number) => year(520, june30, { shareOfAnnualPlanBasisPoints: points });
    expect(registerOf(plan, share(5_200)).open).toEqual([]);
    expect(registerOf(plan, share(5_300)).open).toEqual([]);
    expect(registerOf(plan, share(6_000)).open).toEqual(['share-differs: e2 e1']);
  });

  test.each([
    ['the annual plan and the year', annual(6_000, june30), year(520, june30)],
    [
      'the annual plan, said since the start, and the year',
      annual(6_000, june30, { span: 'since-start' }),
      year(520, june30),
    ],
    ['the plan and the amount since the start', whole(6_000, june30), sinceStart(520, june30)],
    [
      'an item, of its planned cost',
      whole(6_000, june30, { item: 'works' }),
      invested(wan(100), june30, { item: 'works' }),
    ],
  ])('without an amount is compared with that of its day: %s', (_, share, amount) => {
    expect(registerOf(plan, share, amount).open).toEqual(['share-differs: e2 e3 e1']);
    expect(registerOf(plan, amount, share).open).toEqual(['share-differs: e3 e2 e1']);
    expect(registerOf(share, amount, plan).open).toEqual(['share-differs: e1 e2 e3']);
  });

  test.each([
    ['fits', annual(5_300, june30), year(520, june30)],
    ['is of another day', annual(6_000, june30), year(520, july10)],
    ['is of another basis', annual(6_000, june30), year(520, june30, { basis: 'accounting' })],
    ['is of another year', annual(6_000, june30), year(520, june30, { period: '2017' })],
    ['is of another item', whole(6_000, june30, { item: 'works' }), sinceStart(520, june30)],
    ['is over another span', annual(6_000, june30), sinceStart(520, june30)],
    ['is a flow', annual(6_000, june30), month(520, june30)],
    [
      'is in another currency',
      annual(6_000, june30),
      invested({ amountMinor: 520, currency: 'USD' }, june30, { span: 'year' }),
    ],
    ['is of another kind', annual(6_000, june30), moneyOf('paid', wan(520), june30, { span: 'year' })],
  ])('contradicts no amount that %s', (_, share, amount) => {
    expect(registerOf(plan, share, amount).open).toEqual([]);
    expect(registerOf(plan, amount, share).open).toEqual([]);
  });

  test('is compared with the last amount of its day, and withdrawing one settles it', () => {
    const [share, wrong, right] = [annual(6_000, june30), year(520, june30), year(600, june30)];
    expect(registerOf(plan, share, wrong, right).open).toEqual([]);
    expect(registerOf(plan, share, wrong, withdrawn('e3', july10))).toEqual({
      open: [],
      settled: ['share-differs: e2 e3 e1'],
    });
  });
});

describe('a share of the annual plan alone', () => {
  const planOf = (annual: number, asOf = '2017-12-31', months: [number, number][] = []) =>
    planned([item('works', 1)], asOf, {
      plannedInvestment: wan(5_000),
      annualPlans: [
        {
          year: 2018,
          investment: wan(annual),
          ...(months.length > 0
            ? { months: months.map(([month, target]) => ({ month, investment: wan(target) })) }
            : {}),
        },
      ],
    });
  const share = (percent: number, asOf: string, data: Parameters<typeof investedShare>[0] = {}) =>
    investedShare({ span: 'year', shareOfAnnualPlanBasisPoints: percent * 100, ...data }, asOf);
  const ofPlan = (percent: number, asOf: string) =>
    investedShare({ shareOfPlanBasisPoints: percent * 100 }, asOf);

  test('that falls within its year contradicts the earlier one, until another report for one of the days', () => {
    const fell = [share(50, may31), share(40, june30)];
    expect(registerOf(...fell)).toEqual({ open: ['year-money-fell: e1 e2'], settled: [] });
    expect(registerOf(planOf(1_000), ...fell).open).toEqual(['year-money-fell: e2 e3']);
    expect(registerOf(...fell, share(55, june30))).toEqual({ open: [], settled: ['year-money-fell: e1 e2'] });
    expect(registerOf(...fell, withdrawn('e1', july10))).toEqual({
      open: [],
      settled: ['year-money-fell: e1 e2'],
    });
    expect(
      registerOf(share(50, may31, { span: 'since-start' }), share(40, june30, { span: 'since-start' })).open,
    ).toEqual(['year-money-fell: e1 e2']);
  });

  test('may fall at the turn of the year, in another basis, of another item, and where another plan is in force', () => {
    expect(registerOf(share(90, '2018-12-31'), share(5, '2019-01-31')).open).toEqual([]);
    expect(registerOf(share(50, may31), share(40, june30, { basis: 'accounting' })).open).toEqual([]);
    expect(registerOf(share(50, may31), share(40, june30, { item: 'works' })).open).toEqual([]);
    expect(
      registerOf(planOf(1_000), share(50, may31), planOf(2_000, '2018-06-15'), share(40, june30)).open,
    ).toEqual([]);
    expect(registerOf(share(50, may31), planOf(2_000, '2018-06-15'), share(40, june30)).open).toEqual([]);
    // The same plan adopted again changes nothing.
    expect(
      registerOf(planOf(1_000), share(50, may31), planOf(1_000, '2018-06-15'), share(40, june30)).open,
    ).toEqual(['year-money-fell: e2 e4']);
  });

  test('of the whole plan does not fall either', () => {
    expect(registerOf(ofPlan(30, may31), ofPlan(20, june30)).open).toEqual(['money-fell: e1 e2']);
    expect(registerOf(planOf(1_000), ofPlan(30, may31), ofPlan(30, june30)).open).toEqual([]);
  });

  test('is contradicted by months above it by more than a point, until one of them fits again', () => {
    const months = [planOf(1_000), month(300, april30), month(240, may31)];
    expect(registerOf(...months, share(50, may31))).toEqual({
      open: ['parts-exceed: e4 e2 e3 e1'],
      settled: [],
    });
    expect(registerOf(...months, share(53, may31)).open).toEqual([]);
    expect(registerOf(months[0] as Entry, share(50, may31), ...months.slice(1)).open).toEqual([
      'parts-exceed: e2 e3 e4 e1',
    ]);
    for (const later of [share(60, june30), planOf(2_000, june30), month(100, may31), year(540, june30)])
      expect(registerOf(...months, share(50, may31), later)).toEqual({
        open: [],
        settled: [expect.stringMatching(/^parts-exceed: e4 e2 e3 e1$/)],
      });
    expect(registerOf(...months, share(50, may31), withdrawn('e2', july10))).toEqual({
      open: [],
      settled: ['parts-exceed: e4 e2 e3 e1'],
    });
  });

  test.each([
    ['without a plan of the year', [month(540, may31), share(50, may31)]],
    ['of another basis', [planOf(1_000), month(540, may31, { basis: 'accounting' }), share(50, may31)]],
    ['of another year', [planOf(1_000), month(540, may31, { period: '2017-05' }), share(50, may31)]],
    ['of an item', [planOf(1_000), month(540, may31, { item: 'works' }), share(50, may31)]],
    ['after its day', [planOf(1_000), share(50, may31), month(540, june30)]],
    [
      'beside an amount of the year',
      [planOf(1_000), month(500, may31), share(50, may31, { amount: wan(500) })],
    ],
  ])('is not contradicted by months %s', (_, entries) => {
    expect(registerOf(...(entries as Entry[])).open).toEqual([]);
  });
});

describe('targets of months', () => {
  const planOf = (annual: number, targets: number[], asOf = '2017-12-31') =>
    planned([item('works', 1)], asOf, {
      annualPlans: [
        {
          year: 2018,
          investment: wan(annual),
          months: targets.map((target, at) => ({ month: at + 1, investment: wan(target) })),
        },
      ],
    });

  test('need not add up to the year, but above it they contradict it until the next plan', () => {
    expect(registerOf(planOf(1_000, [300, 300])).open).toEqual([]);
    expect(registerOf(planOf(1_000, [500, 500])).open).toEqual([]);
    expect(registerOf(planOf(1_000, [500, 501]))).toEqual({ open: ['targets-exceed: e1'], settled: [] });
    expect(registerOf(planOf(1_000, [500, 501]), planOf(1_001, [500, 501], may31))).toEqual({
      open: [],
      settled: ['targets-exceed: e1'],
    });
    expect(registerOf(planOf(1_000, [500, 501]), withdrawn('e1', july10))).toEqual({
      open: [],
      settled: ['targets-exceed: e1'],
    });
  });

  test('are named with both sums', () => {
    const { facts } = fold(contradictions, history(planOf(1_000, [500, 501])));
    expect(contradictions.view({ facts }, '2019-12-31').open.map(({ words }) => words)).toEqual([
      {
        en: 'The targets of months are more than their year: the targets of the months of 2018 are 1,001 万元 together, but 1,000 万元 is planned for the year.',
        zh: '各月目标之和大于年度计划：2018年各月目标合计 1,001 万元，但年度计划为 1,000 万元。',
      },
    ]);
  });
});
