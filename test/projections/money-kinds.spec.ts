import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Money } from '../../domain/values/amounts/money.js';
import { addDays } from '../../domain/values/days/calendar.js';
import { moneyIn } from '../../domain/values/money-text.js';
import { investment } from '../../projections/money/investment.js';
import {
  type Entry,
  history,
  invested,
  investedShare,
  item,
  moneyOf,
  planned,
  wan,
  withdrawn,
} from '../support/entries.js';
import { fold } from '../support/folds.js';

const [may31, june30, july10] = ['2018-05-31', '2018-06-30', '2018-07-10'];
const dec31 = '2017-12-31';
const minor = (wanYuan: number) => wanYuan * 1_000_000;
const viewOf = (asOf: string, ...entries: Entry[]) =>
  investment.view(fold(investment, history(...entries)), asOf);

function said(text: string): Money {
  const read = moneyIn(text);
  if ('fault' in read) throw new Error(`${text}: ${read.expected.en}`);
  return read;
}

const planOf = (months?: { month: number; investment: Money }[]) =>
  planned([item('works', 1)], dec31, {
    plannedInvestment: wan(30_000),
    annualPlans: [{ year: 2018, investment: wan(12_000), ...(months ? { months } : {}) }],
  });

describe('kinds of money side by side', () => {
  const entries = [
    invested(wan(6_900), june30, { basis: 'physical' }),
    invested(wan(6_100), june30, { basis: 'statistics' }),
    invested(wan(5_000), july10, { basis: 'accounting' }),
    moneyOf('paid', wan(4_200), july10),
    moneyOf('funds', wan(8_000), july10, { source: 'bond' }),
    moneyOf('funds', wan(2_000), july10, { source: 'own' }),
    moneyOf('contract', wan(9_500), july10, { reference: 'C-1' }),
    moneyOf('contract', wan(700), july10, { reference: 'C-2' }),
    moneyOf('change-order', wan(120), july10, { reference: 'V-3', effect: 'decrease' }),
    moneyOf('estimate', wan(31_000), july10),
    moneyOf('budget', wan(29_500), july10),
    moneyOf('approved', wan(30_000), july10),
    invested(wan(900), july10, { item: 'works' }),
  ];

  test('each is a figure of its own, and none is hidden by a later one', () => {
    const { figures } = viewOf(july10, ...entries);
    expect(
      figures.map(({ kind, basis, source, reference, item, amountMinor }) => [
        ...[kind, basis ?? source ?? reference ?? item, (amountMinor ?? 0) / 1_000_000],
      ]),
    ).toEqual([
      ['invested', 'physical', 6_900],
      ['invested', 'statistics', 6_100],
      ['invested', 'accounting', 5_000],
      ['invested', 'unknown', 900],
      ['paid', null, 4_200],
      ['funds', 'bond', 8_000],
      ['funds', 'own', 2_000],
      ['contract', 'C-1', 9_500],
      ['contract', 'C-2', 700],
      ['change-order', 'V-3', 120],
      ['estimate', null, 31_000],
      ['budget', null, 29_500],
      ['approved', null, 30_000],
    ]);
    expect(figures.filter(({ isHeadline }) => isHeadline).map(({ entry }) => entry)).toEqual(['e1']);
  });

  test('the headline says which figure it is, and why', () => {
    const { basis, sinceStartMinor, why } = viewOf(july10, ...entries);
    expect([basis, sinceStartMinor]).toEqual(['physical', minor(6_900)]);
    expect(why).toEqual({
      en: 'Of 3 figures since the start the one by physical progress in CNY: first the currency of the plan, then the basis in this order: by physical progress, in the statistics register, basis not stated, by the accounts. Which was entered last does not count.',
      zh: '共有 3 个累计数，取形象进度法（CNY）：先取计划币种，再按口径顺序：形象进度法、入库入统口径、口径未说明、财务支出法；与录入先后无关。',
    });
  });

  test('the currency of the plan comes first', () => {
    const dollars = invested({ amountMinor: 900_000_000, currency: 'USD' }, july10, { basis: 'physical' });
    const yuan = invested(wan(5_000), may31, { basis: 'accounting' });
    expect(viewOf(july10, planOf(), dollars, yuan)).toMatchObject({ currency: 'CNY', basis: 'accounting' });
    expect(viewOf(july10, dollars, yuan)).toMatchObject({ currency: 'USD', basis: 'physical' });
  });

  test('a range keeps both ends, its wording and a share between them', () => {
    const view = viewOf(july10, planOf(), invested(said('0.9-1.2亿元'), june30));
    expect(view).toMatchObject({
      sinceStartMinor: minor(9_000),
      lowMinor: minor(9_000),
      highMinor: minor(12_000),
      said: { amount: '0.9-1.2', unit: '亿元' },
      shareOfPlanBasisPoints: 3_000,
    });
  });

  test('where only a share of the plan was said, there is a share and no amount', () => {
    const view = viewOf(july10, investedShare({ shareOfPlanBasisPoints: 6_900 }, june30));
    expect(view).toMatchObject({
      sinceStartMinor: null,
      shareOfPlanBasisPoints: 6_900,
      shareIs: 'stated',
      figures: [{ amountMinor: null, shareOfPlanBasisPoints: 6_900 }],
    });
  });

  test('a share that was said after the amount counts, one before it does not', () => {
    const amount = (asOf: string) => invested(wan(9_000), asOf);
    const share = (asOf: string) => investedShare({ shareOfPlanBasisPoints: 4_000 }, asOf);
    expect(viewOf(july10, planOf(), amount(may31), share(june30))).toMatchObject({
      shareOfPlanBasisPoints: 4_000,
      shareIs: 'stated',
    });
    expect(viewOf(july10, planOf(), share(may31), amount(june30))).toMatchObject({
      shareOfPlanBasisPoints: 3_000,
      shareIs: 'computed',
    });
  });

  test('a month, quarter or year entered later is of its own period', () => {
    const { figures } = viewOf(
      july10,
      invested(wan(300), july10, { span: 'month', period: '2018-05' }),
      invested(wan(800), july10, { span: 'quarter', period: '2018-Q1' }),
      invested(wan(9_000), july10, { span: 'year', period: '2017' }),
      invested(wan(500), july10, { span: 'month' }),
    );
    expect(figures.map(({ period, amountMinor }) => [period, amountMinor])).toEqual([
      ['2017', minor(9_000)],
      ['2018-05', minor(300)],
      ['2018-07', minor(500)],
      ['2018-Q1', minor(800)],
    ]);
  });
});

describe('the annual plan', () => {
  test('half of it at the end of May is 8.33 points ahead of the year', () => {
    const year = invested(wan(6_000), may31, { span: 'year', basis: 'physical' });
    expect(viewOf(july10, planOf(), year).annualPlan).toMatchObject({
      year: 2018,
      plannedMinor: minor(12_000),
      investedMinor: minor(6_000),
      basis: 'physical',
      shareBasisPoints: 5_000,
      shareIs: 'computed',
      shareOn: may31,
      elapsedBasisPoints: 4_167,
      aheadBasisPoints: 833,
      entries: ['e2', 'e1'],
    });
  });

  test('a stated share counts without any amount', () => {
    const share = investedShare({ span: 'year', shareOfAnnualPlanBasisPoints: 9_720 }, '2018-10-31');
    expect(viewOf('2018-11-15', planOf(), share).annualPlan).toMatchObject({
      investedMinor: null,
      shareBasisPoints: 9_720,
      shareIs: 'stated',
      elapsedBasisPoints: 8_333,
      aheadBasisPoints: 1_387,
    });
  });

  test('nothing reported is no share, and not 0 %', () => {
    const { annualPlan } = viewOf(july10, planOf(), moneyOf('paid', wan(9_000), june30, { span: 'year' }));
    expect(annualPlan).toMatchObject({ shareBasisPoints: null, aheadBasisPoints: null, basis: null });
    expect(viewOf('2019-01-10', planOf()).annualPlan).toBeNull();
  });

  test('a target is met by the month, or by the difference of the levels of the year', () => {
    const months = [1, 2, 3, 4].map((month) => ({ month, investment: wan(1_000) }));
    const level = (amount: number, asOf: string) => invested(wan(amount), asOf, { span: 'year' });
    const { annualPlan } = viewOf(
      '2018-04-20',
      planOf(months),
      invested(wan(1_200), '2018-01-31', { span: 'month' }),
      level(1_200, '2018-01-31'),
      level(2_000, '2018-02-28'),
      level(3_500, '2018-03-31'),
      level(3_800, '2018-04-20'),
    );
    expect(
      annualPlan?.targets.map(({ month, investedMinor, isMet, targetSoFarMinor, entries }) => [
        ...[month, (investedMinor ?? 0) / 1_000_000, isMet, targetSoFarMinor / 1_000_000, entries],
      ]),
    ).toEqual([
      ['2018-01', 1_200, true, 1_000, ['e2']],
      ['2018-02', 800, false, 2_000, ['e3', 'e4']],
      ['2018-03', 1_500, true, 3_000, ['e4', 'e5']],
      ['2018-04', 300, null, 4_000, ['e5', 'e6']],
    ]);
  });

  test('a target whose month nobody reported is neither met nor missed', () => {
    const months = [{ month: 2, investment: wan(1_000) }];
    expect(viewOf(july10, planOf(months)).annualPlan?.targets).toMatchObject([
      { month: '2018-02', investedMinor: null, isMet: null },
    ]);
  });
});

/** What a report is about: of two about one subject for one day the later one counts. */
function subjectOf({
  day,
  what,
  basis,
  currency,
}: Record<'what' | 'basis' | 'currency', string> & { day: number }) {
  if (what === 'share') return `${day} share ${basis}`;
  return what === 'paid' || what === 'funds'
    ? `${day} ${what} ${currency}`
    : `${day} ${what} ${basis} ${currency}`;
}

/** Reports of every kind, no two of which are about one subject on one day. */
const reports = fc.uniqueArray(
  fc.record({
    day: fc.constantFrom(0, 30, 45, 180),
    amount: fc.integer({ min: 1, max: 50 }),
    basis: fc.constantFrom(
      'physical' as const,
      'statistics' as const,
      'unknown' as const,
      'accounting' as const,
    ),
    currency: fc.constantFrom('CNY', 'CNY', 'USD'),
    what: fc.constantFrom('since-start', 'year', 'month', 'paid', 'funds', 'share'),
  }),
  {
    minLength: 2,
    maxLength: 15,
    selector: subjectOf,
  },
);

type Drawn = typeof reports extends fc.Arbitrary<(infer One)[]> ? One : never;

function reportOf({ day, amount, basis, currency, what }: Drawn): Entry {
  const asOf = addDays('2018-01-01', day);
  const id = [day, what, basis, currency].join('-');
  const money = { amountMinor: amount * 100, currency };
  if (what === 'paid' || what === 'funds') return moneyOf(what, money, asOf, {}, { id });
  if (what === 'share') return investedShare({ basis, shareOfPlanBasisPoints: amount * 100 }, asOf, { id });
  return invested(money, asOf, { basis, span: what as 'since-start' }, { id });
}

test('the order of typing chooses no figure', () => {
  fc.assert(
    fc.property(reports, fc.nat(), (drawn, turn) => {
      const typed = drawn.map(reportOf);
      const by = turn % typed.length;
      const otherwise = [...typed.slice(by), ...typed.slice(0, by)].reverse();
      const [one, other] = [
        viewOf('2018-12-31', planOf(), ...typed),
        viewOf('2018-12-31', planOf(), ...otherwise),
      ];
      const { entries: a, ...view } = one;
      const { entries: b, ...again } = other;
      expect(again).toEqual(view);
      expect([...b].sort()).toEqual([...a].sort());
    }),
    { numRuns: 300, seed: 20180630 },
  );
});

test('a figure of another kind changes nothing but the list of figures', () => {
  fc.assert(
    fc.property(reports, (drawn) => {
      const typed = drawn.map(reportOf);
      const of = (entries: readonly Entry[]) => {
        const { figures, entries: _, ...rest } = viewOf('2018-12-31', planOf(), ...entries);
        return { ...rest, figures: figures.filter(({ kind }) => kind === 'invested') };
      };
      expect(of(typed)).toEqual(of(typed.filter(({ type }) => type === 'InvestmentReported')));
    }),
    { numRuns: 200, seed: 20180630 },
  );
});

test('a withdrawn figure of one basis gives way to the next one in the order', () => {
  const both = [invested(wan(6_900), june30, { basis: 'physical' }), invested(wan(6_100), may31)];
  expect(viewOf(july10, ...both, withdrawn('e1', july10))).toMatchObject({ basis: 'unknown', entry: 'e2' });
});
