import { expect, test } from '@jest/globals';
import { moneyIn } from '../../domain/values/money-text.js';
import { investment } from '../../projections/money/investment.js';
import { basisOrder } from '../../projections/money/money.js';
import { history, invested, item, planned, wan } from '../support/entries.js';
import { fold } from '../support/folds.js';
import { read, tableUnder } from './pages.js';

const page = 'docs/money.md';
const resultOf = (figure: string) =>
  tableUnder(page, 'By hand').find(([name]) => name === figure)?.[2] ?? `no row ${figure}`;

test('the workshop worked by hand is what the projection computes', () => {
  const by = (amount: number, asOf: string, span: 'since-start' | 'year' | 'month') =>
    invested(wan(amount), asOf, { span, basis: 'physical' });
  const months = [1, 2, 3].map((month) => ({ month, investment: wan(1_000) }));
  const plan = planned([item('works', 1)], '2017-12-31', {
    plannedInvestment: wan(30_000),
    annualPlans: [{ year: 2018, investment: wan(12_000), months }],
  });
  const entries = [
    by(1_200, '2018-01-31', 'month'),
    by(1_200, '2018-01-31', 'year'),
    by(2_000, '2018-02-28', 'year'),
    by(3_500, '2018-03-31', 'year'),
    by(6_000, '2018-05-31', 'year'),
    by(9_000, '2018-05-31', 'since-start'),
  ];
  const view = investment.view(fold(investment, history(plan, ...entries)), '2018-05-31');
  const { annualPlan } = view;
  expect([
    `${(annualPlan?.shareBasisPoints ?? 0) / 100} %`,
    `${(annualPlan?.elapsedBasisPoints ?? 0) / 100} %`,
    `${(annualPlan?.aheadBasisPoints ?? 0) / 100} points`,
    `${(view.shareOfPlanBasisPoints ?? 0) / 100} %`,
    ...(annualPlan?.targets ?? []).map(({ isMet }) => (isMet ? 'met' : 'missed')),
  ]).toEqual(
    [
      'share of the annual plan',
      'elapsed part of the year',
      'ahead',
      'share of the plan',
      'January',
      'February',
      'March',
    ].map(resultOf),
  );
});

test('every amount on the page is read', () => {
  const written = tableUnder(page, 'Amounts').flatMap(([cell = '']) => cell.match(/`[^`]+`/g) ?? []);
  expect(written.length).toBeGreaterThan(15);
  for (const one of written) expect(moneyIn(one.slice(1, -1))).toHaveProperty('amountMinor');
});

test('the order of preference on the page is the one of the headline', () => {
  const order = /in this order: ([^.]+)\./.exec(read(page).replace(/\n/g, ' '))?.[1];
  expect(order).toBe(basisOrder.map((basis) => `\`${basis}\``).join(', '));
});
