import { describe, expect, test } from '@jest/globals';
import { defaultRules } from '../../domain/governance/rules.js';
import type { MoneyKind } from '../../domain/project/facts/money-reported.js';
import { dueAlerts } from '../../projections/alerts/due.js';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import { investment } from '../../projections/money/investment.js';
import { otherMoneyWords } from '../../projections/money/other-money.js';
import { foldProject } from '../../projections/project/project.js';
import {
  done,
  type Entry,
  type Extra,
  entry,
  history,
  invested,
  item,
  moneyOf,
  planned,
  wan,
} from '../support/entries.js';
import { fold } from '../support/folds.js';

const june30 = '2018-06-30';
const july10 = '2018-07-10';
const plan = planned([item('roof', 1), item('road', 1)], '2018-01-01', {
  plannedInvestment: wan(1000),
  annualPlans: [{ year: 2018, investment: wan(400) }],
});
const rate = (kind: MoneyKind, percent: number, asOf = june30, more: object = {}, extra?: Extra) =>
  entry(
    'MoneyReported',
    { kind, span: 'since-start', shareOfPlanBasisPoints: percent * 100, ...more },
    asOf,
    extra,
  );
const viewOf = (...entries: Entry[]) => investment.view(fold(investment, history(...entries)), july10);
const money = (amountMinor: number, currency: string) => ({
  en: `${amountMinor} ${currency}`,
  zh: `${amountMinor} ${currency}`,
});
const kinds: [MoneyKind, object, string, string][] = [
  ['paid', {}, 'paid out since the start: 45 % of the plan', '累计支付 占总投资 45%'],
  [
    'funds',
    { source: 'bond' },
    'funds in place since the start (bond): 45 % of the plan',
    '累计到位资金（债券） 占总投资 45%',
  ],
  [
    'contract',
    { reference: 'HT-1' },
    'contract value since the start (no. HT-1): 45 % of the plan',
    '累计合同金额（编号 HT-1） 占总投资 45%',
  ],
  ['budget', {}, 'budget since the start: 45 % of the plan', '累计预算 占总投资 45%'],
  [
    'paid',
    { item: 'roof' },
    'paid out since the start (Roof): 45 % of the plan',
    '累计支付（Roof） 占总投资 45%',
  ],
];

describe('a rate without an amount', () => {
  test.each(kinds)('of %s %j is a figure of its own, in words of both languages', (kind, more, en, zh) => {
    const view = viewOf(plan, rate(kind, 45, june30, more));
    expect(view.figures).toMatchObject([
      { kind, amountMinor: null, currency: null, shareOfPlanBasisPoints: 4500 },
    ]);
    expect(otherMoneyWords(view.figures, money, () => ({ en: 'Roof', zh: 'Roof' }))).toEqual({ en, zh });
  });

  test.each(kinds)(
    'of %s %j is no money invested: no headline, no share of the plan, no gap',
    (kind, more) => {
      const entries = [plan, done('roof', june30), rate(kind, 1, june30, more)];
      const view = viewOf(...entries);
      expect([view.sinceStartMinor, view.shareOfPlanBasisPoints, view.annualPlan?.investedMinor]).toEqual([
        null,
        null,
        null,
      ]);
      const { watched } = dueAlerts(foldProject(history(...entries)), defaultRules, july10);
      expect(watched.filter(({ rule }) => rule === 'money-gap')).toEqual([]);
    },
  );

  test('stands beside the amount of its kind, and neither replaces the other', () => {
    const { figures } = viewOf(plan, moneyOf('paid', wan(300), june30), rate('paid', 45, july10));
    const shown = figures.map(
      (figure) => figure.amountMinor ?? `${figure.shareOfPlanBasisPoints} of the plan`,
    );
    expect(new Set(shown)).toEqual(new Set([300_000_000, '4500 of the plan']));
  });

  test('of the annual plan is one of the year', () => {
    const share = entry(
      'MoneyReported',
      { kind: 'paid', span: 'year', shareOfAnnualPlanBasisPoints: 6000 },
      june30,
    );
    expect(viewOf(plan, share).figures).toMatchObject([
      { kind: 'paid', span: 'year', period: '2018', amountMinor: null, shareOfAnnualPlanBasisPoints: 6000 },
    ]);
  });

  test.each<[MoneyKind, string[]]>([
    ['paid', ['money-fell']],
    ['funds', ['money-fell']],
    ['contract', []],
    ['budget', []],
    ['estimate', []],
  ])('of %s that fell contradicts the earlier one: %j', (kind, rules) => {
    const entries = history(plan, rate(kind, 45), rate(kind, 40, july10), invested(wan(400), june30));
    const { open } = contradictions.view(fold(contradictions, entries), july10);
    expect(open.map(({ rule }) => rule)).toEqual(rules);
  });
});
