import { describe, expect, test } from '@jest/globals';
import type { Plan } from '../../domain/project/events.js';
import type { PlanMoney } from '../../domain/project/plan-money.js';
import { decide, emptyProject, replay } from '../../domain/project/project.js';
import { CommandRejected } from '../../domain/values/rejections.js';
import { type Entry, history, item, planned, registered, wan, withdrawn } from '../support/entries.js';

const jan1 = '2018-01-01';
const june30 = '2018-06-30';
const items = [item('roof', 3), item('site', 1)];
const base = (plan: Partial<Plan & { version: number }> = {}, asOf = jan1) => planned(items, asOf, plan);

function stated(data: PlanMoney, ...entries: Entry[]) {
  const project = replay(emptyProject, history(registered({}, jan1), ...entries));
  const entry = { asOf: june30, precision: 'day' as const, source: { kind: 'unstated' as const } };
  return decide({ type: 'StatePlanMoney', data, entry }, project, '2018-07-10');
}
const planIn = (decision: ReturnType<typeof stated>) =>
  'append' in decision ? decision.append.map(({ data }) => data) : [];
const year = (investment: number, more: object = {}) => ({
  year: 2018,
  investment: wan(investment),
  ...more,
});

describe('amounts of a plan', () => {
  test('adopt the plan in force again, with its items and its other amounts', () => {
    const before = base({
      plannedInvestment: wan(30_000),
      annualPlans: [year(9000, { months: [{ month: 1, investment: wan(800) }] })],
    });
    const target = { month: 6, investment: wan(1000) };
    const decision = stated(
      { annualPlans: [{ year: 2018, investment: wan(12_000), months: [target] }] },
      before,
    );
    expect(planIn(decision)).toEqual([
      {
        version: 2,
        basis: 'stated',
        items,
        plannedInvestment: wan(30_000),
        annualPlans: [year(12_000, { months: [{ month: 1, investment: wan(800) }, target] })],
      },
    ]);
  });

  test('that the plan has already, in whatever unit, are recorded no second time', () => {
    const before = base({ plannedInvestment: wan(12_000), annualPlans: [year(5000)] });
    const sameInYi = { ...wan(12_000), said: { amount: '1.2', unit: '亿元' } };
    for (const data of [
      {},
      { plannedInvestment: sameInYi },
      { annualPlans: [{ year: 2018, investment: wan(5000) }] },
    ])
      expect(stated(data, before)).toMatchObject({ alreadySaid: { id: 'e2' } });
  });

  test('of another year are put beside those of the first', () => {
    const decision = stated(
      { annualPlans: [{ year: 2017, investment: wan(10) }] },
      base({ annualPlans: [year(5000)] }),
    );
    expect(planIn(decision)).toMatchObject([{ annualPlans: [{ year: 2017 }, { year: 2018 }] }]);
  });

  test('change the plan of their day, not one for a later day, nor one that was withdrawn', () => {
    const data = { plannedInvestment: wan(1) };
    const later = base({ plannedInvestment: wan(1), version: 2 }, '2018-07-01');
    expect(planIn(stated(data, base({ plannedInvestment: wan(7), basis: 'example' }), later))).toMatchObject([
      { basis: 'example', version: 3, plannedInvestment: wan(1) },
    ]);
    expect(() => stated(data, base(), withdrawn('e2', june30))).toThrow(CommandRejected);
  });

  test('leave the name of a baseline with the plan that stated it', () => {
    const [plan] = planIn(stated({ plannedInvestment: wan(1) }, base({ baseline: 'approved design' })));
    expect(plan).not.toHaveProperty('baseline');
  });

  test.each<[string, PlanMoney, Entry[], string]>([
    ['without a plan', { plannedInvestment: wan(1) }, [], 'a project without a plan on 2018-06-30'],
    [
      'before the first plan',
      { plannedInvestment: wan(1) },
      [base({}, '2018-07-01')],
      'a project without a plan on 2018-06-30',
    ],
    [
      'as a target in a year for which nothing is planned',
      { annualPlans: [{ year: 2018, months: [{ month: 6, investment: wan(1) }] }] },
      [base()],
      'a target in 2018, for which nothing is planned',
    ],
  ])('are refused %s', (_, data, entries, seen) => {
    expect(() => stated(data, ...entries)).toThrow(seen);
  });
});
