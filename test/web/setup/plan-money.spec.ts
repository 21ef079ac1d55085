import { expect, test } from '@jest/globals';
import { moneyFaultsIn } from '../../../web/office/setup/plan/draft/money-checks.js';
import {
  type AnnualForm,
  noMoney,
  type PlanDraft,
  planBody,
  withTarget,
} from '../../../web/office/setup/plan/draft/plan-draft.js';

const wan = (amount: string) => ({ amount, unit: '万元' });
const year = (part: Partial<AnnualForm> = {}): AnnualForm => ({
  year: '2018',
  investment: wan('12,000'),
  ...part,
});
const draft = (...annual: AnnualForm[]): PlanDraft => ({
  items: [],
  basis: 'stated',
  investment: wan('30,000'),
  annual,
});
const faults = (...annual: AnnualForm[]) =>
  moneyFaultsIn(draft(...annual)).map(({ member, seen, expected }) => [member, seen.en, expected.en]);

test('targets are kept in the order of months, and an emptied one is none', () => {
  const march = withTarget(year(), 3, wan('900'));
  const both = withTarget(march, 1, wan('1000'));
  expect(both.months?.map(({ month }) => month)).toEqual([1, 3]);
  expect(withTarget(both, 3, wan('800')).months).toEqual([
    { month: 1, investment: wan('1000') },
    { month: 3, investment: wan('800') },
  ]);
  expect(withTarget(march, 3, wan(' '))).toEqual(year());
  expect(planBody(draft(both), new Set())).toMatchObject({
    annualPlans: [
      {
        year: 2018,
        investment: wan('12000'),
        months: [
          { month: 1, investment: wan('1000') },
          { month: 3, investment: wan('900') },
        ],
      },
    ],
  });
});

test('a target of a draft that an earlier version kept on the device is sent as it was', () => {
  const months = [{ month: 3, investment: { amountMinor: 100, currency: 'CNY' } }];
  expect(planBody(draft(year({ months })), new Set())).toMatchObject({
    annualPlans: [{ months: [{ month: 3, investment: { amount: '1', unit: 'CNY' } }] }],
  });
});

test('good money has no fault, and an empty row is none', () => {
  expect(faults(withTarget(year(), 3, wan('900')), { year: '', investment: noMoney })).toEqual([]);
});

test('each amount that cannot be read is named before it is sent', () => {
  const targets = withTarget(withTarget(year(), 1, wan('1000')), 2, wan('many'));
  const found = faults(
    { ...targets, investment: wan('twelve') },
    year({ year: '18' }),
    year({ investment: noMoney }),
  );
  expect(found.map(([member, seen]) => [member, seen])).toEqual([
    ['annualPlans[0].investment', 'twelve 万元'],
    ['annualPlans[0].months[1].investment', 'many 万元'],
    ['annualPlans[1].year', '18'],
    ['annualPlans[2].investment', 'nothing'],
  ]);
  expect(found.every(([, , expected]) => expected !== '')).toBe(true);
});

test('a year twice and a target in another currency are named as the service would', () => {
  expect(faults(year(), year())).toEqual([['annualPlans[1].year', '2018 a second time', 'one plan a year']]);
  expect(faults(withTarget(year(), 5, { amount: '5', unit: 'USD' }))).toEqual([
    ['annualPlans[0].months[0].investment', 'USD', 'CNY, as the rest of the plan'],
  ]);
});
