import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultRules } from '../../../domain/governance/rules.js';
import type { Money } from '../../../domain/values/amounts/money.js';
import type { GroupAnnualPlan } from '../../../projections/portfolio/annual-sums.js';
import { unreportedWords } from '../../../projections/portfolio/annual-words.js';
import { portfolio } from '../../../projections/portfolio/portfolio.js';
import { foldProject, type ProjectRow } from '../../../projections/project/project.js';
import {
  type Entry,
  entered,
  history,
  invested,
  investedShare,
  item,
  planned,
  registered,
  wan,
} from '../../support/entries.js';
import { projectAt, rowOf, rowSteps } from '../../support/folds.js';

const [begin, march31, may31, june30] = ['2017-12-31', '2018-03-31', '2018-05-31', '2018-06-30'];
const minor = (wanYuan: number) => wanYuan * 1_000_000;
const annual = (investment: Money, year = 2018) => ({ annualPlans: [{ year, investment }] });

/** A project as a row on 30 June 2018; its entries have ids of its own. */
function rowFor(id: string, ...entries: Entry[]): ProjectRow {
  const named = [
    registered({ district: { en: id.startsWith('n') ? 'North' : 'South' } }, begin),
    ...entries,
  ].map((entry, index) => ({ ...entry, id: `${id}-${index}` }));
  return { ...rowOf(projectAt(foldProject(history(...named)), june30), null), project: id };
}

const plan = (amount: number) => planned([item('works', 1)], begin, annual(wan(amount)));
const level = (amount: number, asOf: string, data: Parameters<typeof invested>[2] = {}) =>
  invested(wan(amount), asOf, { span: 'year', basis: 'physical', ...data });

describe('the annual plans of a district', () => {
  const rows = [
    rowFor('n1', plan(12_000), level(6_000, may31)),
    rowFor('n2', plan(8_000), level(2_000, june30)),
    rowFor('n3', plan(1_000)),
    rowFor(
      's1',
      plan(4_000),
      investedShare({ span: 'year', basis: 'accounting', shareOfAnnualPlanBasisPoints: 2_500 }, march31),
    ),
    rowFor('s2', planned([item('works', 1)], begin, annual({ amountMinor: 5_000_000, currency: 'USD' }))),
    rowFor('s3', invested(wan(900), june30)),
    rowFor('s4', plan(50_000), level(40_000, june30), entered('cancelled', june30)),
  ];

  test('are summed by currency, against what was invested in the year by one basis each', () => {
    // Elapsed: 12,000 x 5/12 by 31 May and 8,000 x 6/12 by 30 June are 9,000 of 20,000.
    expect(portfolio(rows).total.annualPlans).toEqual([
      {
        ...{ year: 2018, currency: 'CNY', plannedMinor: minor(25_000), planned: 4, of: 6 },
        unreported: { count: 1, projects: ['n3'] },
        invested: [
          {
            ...{ basis: 'physical', reported: 2, fromShares: 0, plannedMinor: minor(20_000) },
            ...{ investedMinor: minor(8_000), lowMinor: minor(8_000), highMinor: minor(8_000) },
            ...{ shareBasisPoints: 4_000, lowBasisPoints: 4_000, highBasisPoints: 4_000 },
            ...{ elapsedBasisPoints: 4_500, aheadBasisPoints: -500, entries: ['n1-2', 'n2-2'] },
          },
          {
            ...{ basis: 'accounting', reported: 1, fromShares: 1, plannedMinor: minor(4_000) },
            ...{ investedMinor: minor(1_000), lowMinor: minor(1_000), highMinor: minor(1_000) },
            ...{ shareBasisPoints: 2_500, lowBasisPoints: 2_500, highBasisPoints: 2_500 },
            ...{ elapsedBasisPoints: 2_500, aheadBasisPoints: 0, entries: ['s1-2'] },
          },
        ],
      },
      {
        ...{ year: 2018, currency: 'USD', plannedMinor: 5_000_000, planned: 1, of: 6, invested: [] },
        unreported: { count: 1, projects: ['s2'] },
      },
    ]);
  });

  test('name the projects that reported nothing of the year', () => {
    const [cny, usd] = portfolio(rows).total.annualPlans as [GroupAnnualPlan, GroupAnnualPlan];
    expect(unreportedWords(cny, (project) => project.toUpperCase())).toEqual({
      en: '1 reported nothing of the year: N3',
      zh: '1 个未报本年数据：N3',
    });
    expect(unreportedWords(usd)?.en).toBe('1 reported nothing of the year: s2');
    expect(portfolio(rows.slice(0, 2)).total.annualPlans.map((plan) => unreportedWords(plan))).toEqual([
      null,
    ]);
    const many = Array.from({ length: 25 }, (_, at) => rowFor(`m${String(at).padStart(2, '0')}`, plan(100)));
    const [all] = portfolio(many).total.annualPlans as [GroupAnnualPlan];
    expect(unreportedWords(all)?.en).toMatch(/^25 reported nothing of the year: m00, .* m19 and 5 more$/);
    expect(unreportedWords(all)?.zh).toMatch(/^25 个未报本年数据：m00、.*、m19 等 25 个$/);
    const tooMany = { ...all, unreported: { count: 1_001, projects: null } };
    expect(unreportedWords(tooMany)?.en).toBe('1001 reported nothing of the year');
  });

  test('are summed for each group too, and the groups add up to the total', () => {
    const { groups, total } = portfolio(rows, 'district');
    expect(
      groups.map(({ key, annualPlans }) => [
        key,
        annualPlans.map(({ plannedMinor, planned, of }) => [plannedMinor, planned, of]),
      ]),
    ).toEqual([
      [{ en: 'North' }, [[minor(21_000), 3, 3]]],
      [
        { en: 'South' },
        [
          [minor(4_000), 1, 3],
          [5_000_000, 1, 3],
        ],
      ],
    ]);
    expect(total).toEqual(portfolio(rows).total);
  });

  test('keep the bounds of ranges', () => {
    const about = { ...wan(5_000), lowMinor: minor(4_500), highMinor: minor(6_000) };
    const row = rowFor('n4', plan(10_000), invested(about, june30, { span: 'year' }));
    const [own] = portfolio([row, ...rows.slice(0, 1)]).total.annualPlans;
    expect(
      own?.invested.map(({ basis, lowBasisPoints, shareBasisPoints, highBasisPoints }) => [
        basis,
        lowBasisPoints,
        shareBasisPoints,
        highBasisPoints,
      ]),
    ).toEqual([
      ['physical', 5_000, 5_000, 5_000],
      ['unknown', 4_500, 5_000, 6_000],
    ]);
  });

  test('have no figure where nobody reported, and no row without an annual plan', () => {
    const [own] = portfolio([rowFor('n3', plan(1_000))]).total.annualPlans;
    expect(own).toMatchObject({ planned: 1, invested: [] });
    expect(portfolio([rowFor('s3', invested(wan(900), june30))]).total.annualPlans).toEqual([]);
  });

  test('an annual plan of 0 has no share', () => {
    const zero = rowFor(
      'n5',
      plan(0),
      investedShare({ span: 'year', shareOfAnnualPlanBasisPoints: 5_000 }, june30),
    );
    expect(portfolio([zero]).total.annualPlans[0]?.invested).toMatchObject([
      {
        reported: 1,
        investedMinor: 0,
        shareBasisPoints: null,
        elapsedBasisPoints: null,
        aheadBasisPoints: null,
      },
    ]);
  });

  test('the order of projects changes no total, and each project counts in one basis', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(rows), (some) => {
        const turned = portfolio(some).total.annualPlans;
        expect(portfolio(some.toReversed()).total.annualPlans).toEqual(turned);
        for (const { planned: count, invested: by } of turned)
          expect(by.reduce((sum, { reported }) => sum + reported, 0)).toBeLessThanOrEqual(count);
      }),
      { numRuns: 60, seed: 20180630 },
    );
  });
});

test('the annual plan of a row is that of the year of the day, and changes at the turn of the year', () => {
  const both = [2018, 2020].map((year) => ({ year, investment: wan(year) }));
  const state = foldProject(
    history(registered({}, begin), planned([item('works', 1)], begin, { annualPlans: both })),
  );
  const years = rowSteps(state, { ...defaultRules, rules: [] }, begin).map(({ from, row }) => [
    from,
    row?.annualPlan?.year ?? null,
  ]);
  expect(years).toEqual([
    ['2017-12-31', null],
    ['2018-01-01', 2018],
    ['2019-01-01', null],
    ['2020-01-01', 2020],
    ['2021-01-01', null],
  ]);
});

test('where a share and an amount are of one day, the sum has the amount; a later share replaces it', () => {
  const share = (asOf: string) =>
    investedShare({ span: 'year', basis: 'physical', shareOfAnnualPlanBasisPoints: 5_100 }, asOf);
  const done = (...entries: Entry[]) => rowFor('n6', plan(10_000), ...entries).annualPlan?.done;
  const both = [level(5_000, may31), share(may31)];
  for (const entries of [both, both.toReversed()])
    expect(done(...entries)).toMatchObject({
      investedMinor: minor(5_000),
      isFromShare: false,
      shareBasisPoints: 5_100,
    });
  expect(done(level(5_000, may31), share(june30))).toMatchObject({
    investedMinor: minor(5_100),
    isFromShare: true,
  });
});
