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
