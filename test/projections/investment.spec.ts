import { describe, expect, test } from '@jest/globals';
import { investment } from '../../projections/money/investment.js';
import { type Entry, history, invested, item, planned, wan, withdrawn } from '../support/entries.js';
import { fold } from '../support/folds.js';

const dec31 = '2017-12-31';
const may31 = '2018-05-31';
const june30 = '2018-06-30';
const july10 = '2018-07-10';

const stateOf = (...entries: Entry[]) => fold(investment, history(...entries));
const moneyAt = (asOf: string, ...entries: Entry[]) => investment.view(stateOf(...entries), asOf);
const minor = (wanYuan: number) => wanYuan * 1_000_000;

const plan = planned([item('works', 1)], dec31, {
  plannedInvestment: wan(10_000),
  annualPlans: [{ year: 2018, investment: wan(4_000) }],
});

test('a figure of 6,900 万元 with a plan of 10,000 is 69 % of it, computed', () => {
  expect(moneyAt(july10, plan, invested(wan(6_900), june30))).toEqual({
    sinceStartMinor: minor(6_900),
    currency: 'CNY',
    basis: 'unknown',
    lowMinor: minor(6_900),
    highMinor: minor(6_900),
    said: { amount: '6900', unit: '万元' },
    why: { en: 'The only figure since the start.', zh: '唯一的累计数。' },
    asOf: june30,
    precision: 'day',
    entry: 'e2',
    thisYearMinor: null,
    months: [],
    plannedMinor: minor(10_000),
    annualPlanMinor: minor(4_000),
    plannedCurrency: 'CNY',
    plannedImpliedMinor: null,
    shareOfPlanBasisPoints: 6900,
    shareIs: 'computed',
    annualPlan: expect.objectContaining({ year: 2018, plannedMinor: minor(4_000), shareBasisPoints: null }),
    byBasis: [
      {
        basis: 'unknown',
        currency: 'CNY',
        sinceStartMinor: minor(6_900),
        thisYearMinor: null,
        months: [],
        asOf: june30,
        precision: 'day',
        entries: ['e2'],
      },
    ],
    isMixed: false,
    figures: [expect.objectContaining({ kind: 'invested', entry: 'e2', isHeadline: true })],
    entries: ['e2', 'e1'],
  });
});

test('without a report of money, it is unknown and not 0', () => {
  expect(moneyAt(july10)).toEqual({
    sinceStartMinor: null,
    lowMinor: null,
    highMinor: null,
    currency: null,
    basis: null,
    said: null,
    why: null,
    asOf: null,
    precision: null,
    entry: null,
    thisYearMinor: null,
    months: [],
    plannedMinor: null,
    annualPlanMinor: null,
    plannedCurrency: null,
    plannedImpliedMinor: null,
    shareOfPlanBasisPoints: null,
    shareIs: null,
    annualPlan: null,
    byBasis: [],
    isMixed: false,
    figures: [],
    entries: [],
  });
});

describe('the share of the plan', () => {
  const baiyou = invested(wan(800), june30, { shareOfPlanBasisPoints: 8000 });

  test('800 万元 stated as 80 % imply a plan of 1,000 万元, marked as derived', () => {
    expect(moneyAt(july10, baiyou)).toMatchObject({
      plannedMinor: null,
      plannedImpliedMinor: minor(1_000),
      shareOfPlanBasisPoints: 8000,
      shareIs: 'stated',
    });
  });

  test('a plan or a share beyond exact integers is left out', () => {
    const most = { amountMinor: Number.MAX_SAFE_INTEGER, currency: 'CNY' };
    const none = { plannedImpliedMinor: null };
    expect(moneyAt(july10, invested(most, june30, { shareOfPlanBasisPoints: 1 }))).toMatchObject(none);
    const tiny = planned([item('works', 1)], june30, {
      plannedInvestment: { amountMinor: 1, currency: 'CNY' },
    });
    expect(moneyAt(july10, tiny, invested(most, june30))).toMatchObject({
      shareOfPlanBasisPoints: null,
      shareIs: null,
    });
  });

  test('a stated value takes precedence over a computed one', () => {
    expect(moneyAt(july10, plan, baiyou)).toMatchObject({ shareOfPlanBasisPoints: 8000, shareIs: 'stated' });
  });

  test('a share stated with an older figure does not outlive it', () => {
    expect(moneyAt(july10, baiyou, invested(wan(900), july10))).toMatchObject({
      sinceStartMinor: minor(900),
      shareOfPlanBasisPoints: null,
      plannedImpliedMinor: null,
    });
  });

  test('dollars have no share of a plan in yuan', () => {
    const dollars = invested({ amountMinor: 100, currency: 'USD' }, june30);
    expect(moneyAt(july10, plan, dollars)).toMatchObject({ shareOfPlanBasisPoints: null, shareIs: null });
  });

  test('a share of 0 % implies no plan', () => {
    expect(
      moneyAt(july10, invested(wan(0), june30, { shareOfPlanBasisPoints: 0 })).plannedImpliedMinor,
    ).toBeNull();
  });

  test('a share is rounded half up', () => {
    const twoThirds = planned([item('works', 1)], dec31, { plannedInvestment: wan(3) });
    expect(moneyAt(july10, twoThirds, invested(wan(2), june30)).shareOfPlanBasisPoints).toBe(6667);
    expect(moneyAt(july10, twoThirds, invested(wan(1), june30)).shareOfPlanBasisPoints).toBe(3333);
  });

  test('large amounts are divided to the last fen', () => {
    const all = invested({ amountMinor: 9_007_199_254_740_991, currency: 'CNY' }, june30, {
      shareOfPlanBasisPoints: 10000,
    });
    expect(moneyAt(july10, all).plannedImpliedMinor).toBe(9_007_199_254_740_991);
  });
});

describe('spans and bases', () => {
  const sinceStart = invested(wan(6_900), june30, { basis: 'physical' });
  const thisYear = invested(wan(2_000), june30, { basis: 'physical', span: 'year' });
  const may = invested(wan(300), may31, { basis: 'physical', span: 'month' });
  const june = invested(wan(500), june30, { basis: 'physical', span: 'month' });
  const accounts = invested(wan(6_100), may31, { basis: 'accounting' });

  test('a month and a year are beside the level since the start and never added', () => {
    expect(moneyAt(july10, sinceStart, thisYear, may, june)).toMatchObject({
      sinceStartMinor: minor(6_900),
      thisYearMinor: minor(2_000),
      months: [
        { month: '2018-05', amountMinor: minor(300), entry: 'e3' },
        { month: '2018-06', amountMinor: minor(500), entry: 'e4' },
      ],
      entries: ['e1', 'e2', 'e3', 'e4'],
    });
  });

  test('two bases are two rows; the headline is by physical progress', () => {
    const view = moneyAt(july10, sinceStart, accounts);
    expect(view).toMatchObject({ sinceStartMinor: minor(6_900), basis: 'physical', isMixed: true });
    expect(view.byBasis.map((row) => [row.basis, row.sinceStartMinor])).toEqual([
      ['physical', minor(6_900)],
      ['accounting', minor(6_100)],
    ]);
  });

  test("the year of another basis is not the headline's", () => {
    const other = invested(wan(1_800), june30, { basis: 'accounting', span: 'year' });
    expect(moneyAt(july10, sinceStart, other).thisYearMinor).toBeNull();
  });

  test('a past year does not count for this one', () => {
    expect(moneyAt('2019-01-31', sinceStart, thisYear, june)).toMatchObject({
      sinceStartMinor: minor(6_900),
      thisYearMinor: null,
      months: [],
      annualPlanMinor: null,
    });
  });

  test('with a figure for the year only, there is none since the start', () => {
    expect(moneyAt(july10, thisYear)).toMatchObject({
      sinceStartMinor: null,
      entry: null,
      currency: 'CNY',
      basis: 'physical',
      thisYearMinor: minor(2_000),
    });
  });
});

describe('two clocks', () => {
  test('a figure for an earlier day reported later does not displace the headline', () => {
    expect(moneyAt(july10, invested(wan(6_900), june30), invested(wan(6_000), may31)).sinceStartMinor).toBe(
      minor(6_900),
    );
  });

  test('a withdrawn figure gives way to the one before', () => {
    const entries = [invested(wan(6_000), may31), invested(wan(69_000), june30), withdrawn('e2', july10)];
    expect(moneyAt(july10, ...entries)).toMatchObject({ sinceStartMinor: minor(6_000), entries: ['e1'] });
  });
});
