import { expect, test } from '@jest/globals';
import { defaultRules, type Rule } from '../../../domain/governance/rules.js';
import { basisOf } from '../../../web/office/setup/basis.js';
import { liesIn } from '../../../web/office/setup/faults.js';
import { moneyFormOf, moneySaid } from '../../../web/office/setup/money-form.js';
import { byHand, draftOf, planBody } from '../../../web/office/setup/plan/draft/plan-draft.js';
import {
  blankRegistration,
  changedDetails,
  detailsIn,
  formOf,
  idMistake,
  newProjectOf,
  proposedId,
} from '../../../web/office/setup/register/registration.js';
import {
  changedRules,
  faultyMember,
  newRule,
  setOf,
  withThreshold,
} from '../../../web/office/setup/rules/rule-draft.js';
import { blankSaying } from '../../../web/office/setup/saying.js';

test('a registration has the filled fields, and nothing else', () => {
  const form = {
    ...blankRegistration,
    zh: '污水处理厂',
    aliases: '污水厂\n污水厂',
    sector: '水务',
    capacityAmount: '50,000',
    capacityUnit: 'm³',
    capacityPer: 'day' as const,
    codes: 'OmniClass: 11-27\n国家代码：2018-7',
    saying: { ...blankSaying, asOf: '2018-07-01', kind: 'report' as const, document: '发改〔2018〕7号' },
  };
  expect(newProjectOf(form)).toEqual({
    project: 'wsclc',
    name: { zh: '污水处理厂' },
    aliases: ['污水厂'],
    sector: { zh: '水务' },
    capacity: { amount: 50_000, unit: 'm³', per: 'day' },
    codes: [
      { scheme: 'OmniClass', value: '11-27' },
      { scheme: '国家代码', value: '2018-7' },
    ],
    asOf: '2018-07-01',
    source: { kind: 'report', document: '发改〔2018〕7号' },
  });
});

test('untouched details in the form are no change', () => {
  const details = {
    name: { en: 'Water works' },
    aliases: ['Works'],
    capacity: { amount: 5, unit: 'm³', per: 'day' as const },
    codes: [{ scheme: 'a', value: 'b:c' }],
    sector: { en: 'water', zh: '供水' },
  };
  expect(detailsIn(formOf(details))).toEqual(details);
  expect(changedDetails(formOf(details), details)).toEqual({});
  expect(changedDetails({ ...formOf(details), sector: '排水 | drains' }, details)).toEqual({
    sector: { en: 'drains', zh: '排水' },
  });
});

test('an id is proposed from the name, and an invalid one is detected', () => {
  expect(proposedId({ en: 'Huaao Automobile, phase II', zh: '' })).toBe('huaao-automobile-phase-ii');
  expect(proposedId({ en: '', zh: '华奥汽车2期' })).toBe('haqc2q');
  expect(proposedId({ en: '', zh: '东路' })).toBe('project-dl');
  expect(proposedId({ en: '', zh: '' })).toBe('');
  expect(['ab', 'A b', 'a'.repeat(65), 'abc-1'].map(idMistake)).toEqual([
    'short',
    'signs',
    'long',
    undefined,
  ]);
});

test('money is shown as reported, and sent without group separators', () => {
  expect(
    moneyFormOf({ amountMinor: 690_000_000_0, currency: 'CNY', said: { amount: '6900', unit: '万元' } }),
  ).toEqual({
    amount: '6900',
    unit: '万元',
  });
  expect(moneyFormOf({ amountMinor: 1_234_50, currency: 'USD' })).toEqual({ amount: '1234.5', unit: 'USD' });
  expect(moneyFormOf({ amountMinor: 5, currency: 'EUR' })).toEqual({ amount: '0.05', unit: 'EUR' });
  expect(moneyFormOf({ amountMinor: 500, currency: 'JPY' })).toEqual({ amount: '500', unit: 'JPY' });
  expect(moneySaid({ amount: ' ６,900 ', unit: '万元' })).toEqual({ amount: '6900', unit: '万元' });
  expect(moneySaid({ amount: '', unit: '万元' })).toBeUndefined();
});

test('manually changed weights are no longer those of the template', () => {
  const draft = {
    ...draftOf(undefined),
    items: [{ id: 'a', name: { en: 'A' }, weight: 1, measure: 'percent' as const }],
    basis: 'template:road',
  };
  expect(byHand(draft, [{ ...draft.items[0], name: { en: 'B' } } as never]).basis).toBe('template:road');
  expect(byHand(draft, [{ ...draft.items[0], weight: 2 } as never]).basis).toBe('stated');
});

test('a plan is sent as it was read, money in one of the accepted forms', () => {
  const money = { amountMinor: 100, currency: 'CNY' };
  const plan = {
    items: [
      { id: 'a', name: { en: 'A' }, weight: 1, measure: 'percent' as const, plannedCost: money },
      {
        id: 'b',
        name: { en: 'B' },
        weight: 1,
        measure: 'percent' as const,
        plannedCost: { ...money, said: { amount: '1', unit: '元' } },
      },
    ],
    plannedInvestment: money,
    annualPlans: [{ year: 2018, investment: money, months: [{ month: 3, investment: money }] }],
    basis: 'stated',
  };
  expect(planBody(draftOf(plan), new Set())).toEqual({
    items: [
      plan.items[0],
      { id: 'b', name: { en: 'B' }, weight: 1, measure: 'percent', plannedCost: { amount: '1', unit: '元' } },
    ],
    plannedInvestment: { amount: '1', unit: 'CNY' },
    annualPlans: [
      {
        year: 2018,
        investment: { amount: '1', unit: 'CNY' },
        months: [{ month: 3, investment: { amount: '1', unit: 'CNY' } }],
      },
    ],
    basis: 'stated',
  });
});

test('a basis has author, date and reason', () => {
  expect(basisOf({ who: 'Li Wei ', decidedOn: '2018-07-10', why: 'too many' })).toBe(
    'Li Wei, 2018-07-10: too many',
  );
  expect(basisOf({ who: 'Notice 7', decidedOn: '', why: '' })).toBe('Notice 7');
});

test('inconsistent rules are detected while typing', () => {
  const set = setOf(defaultRules);
  const at = set.rules.findIndex(({ rule }) => rule === 'silent-stall');
  const withYellow = (days: number) => ({
    ...set,
    rules: set.rules.map((rule, index) => (index === at ? withThreshold(rule, 'yellow', days) : rule)),
  });
  expect(faultyMember(withYellow(95), ['china'])).toBe(`rules[${at}].red.days`);
  expect(faultyMember(withYellow(20), ['china'])).toBeUndefined();
  expect(faultyMember(set, ['every-day'])).toBe('calendar');
  expect(changedRules(set, withYellow(20))).toEqual([
    { before: set.rules[at], after: { ...set.rules[at], yellow: { days: 20 } } },
  ]);
  const own: Rule = newRule('silent-stall', { sector: 'chemicals' }, set.rules);
  expect(own).toEqual({ ...set.rules[at], where: { sector: 'chemicals' } });
  expect(changedRules(set, { ...set, rules: [...set.rules, own] })).toEqual([{ after: own }]);
});

test('a fault is shown at the field of its member or of one around it', () => {
  expect(liesIn('capacity.amount', ['capacity'])).toBe(true);
  expect(liesIn('items[3].weight', ['items[3]'])).toBe(true);
  expect(liesIn('items[31].weight', ['items[3]'])).toBe(false);
});
