import { expect, test } from '@jest/globals';
import { defaultRules, type RuleSet } from '../../domain/governance/rules.js';
import { rulesChanges } from '../../src/cli/views/alerts/rules-diff.js';

const flood = {
  where: { district: 'north' },
  from: '2018-08-14',
  to: '2018-09-30',
  reason: 'flood of 14 August',
};
const stricter: RuleSet = {
  ...defaultRules,
  basis: 'notice 2018-7',
  rules: [
    ...defaultRules.rules
      .filter(({ rule }) => rule !== 'money-gap')
      .map((rule) => (rule.rule === 'behind-plan' ? { ...rule, yellow: { points: 8 } } : rule)),
    { rule: 'silent-stall', where: { sector: 'chemicals' }, yellow: { days: 20 }, red: { days: 60 } },
    { rule: 'unreported', where: { project: 'xunfa' }, isOff: true },
  ],
  ladder: defaultRules.ladder.map((step) =>
    step.severity === 'red' ? { ...step, answerWithinDays: 3 } : step,
  ),
  calendar: 'weekdays',
  reopenWithinDays: 7,
  exemptions: [flood],
};

test('equal rules have no differences', () => {
  expect(rulesChanges(defaultRules, { ...defaultRules }, 'en')).toEqual([]);
});

test('stricter rules are listed by rule, ladder, calendar and exemption', () => {
  expect(rulesChanges(defaultRules, stricter, 'en')).toEqual([
    '~ behind-plan (everywhere): yellow: 10 points → 8 points',
    '+ silent-stall (Sector chemicals): yellow 20 days, red 60 days',
    '+ unreported (Project xunfa): off',
    '- money-gap (everywhere): yellow 20 points, red 40 points, ends 5 points below',
    '~ Ladder (red): the responsible leader holds an interview (leader) within 5 working days, reminder every 5 → the responsible leader holds an interview (leader) within 3 working days, reminder every 5',
    '~ Calendar: china → weekdays',
    '~ Comes back as the same alert within: 14 → 7',
    '~ Stands for them: default → notice 2018-7',
    '+ Exempt: District north, all rules, 2018-08-14..2018-09-30: flood of 14 August',
  ]);
});

test('the reverse is listed with reversed signs', () => {
  const back = rulesChanges(stricter, defaultRules, 'en');
  expect(back.filter((line) => line.startsWith('+'))).toEqual([
    '+ money-gap (everywhere): yellow 20 points, red 40 points, ends 5 points below',
  ]);
  expect(back.filter((line) => line.startsWith('-'))).toEqual([
    '- silent-stall (Sector chemicals): yellow 20 days, red 60 days',
    '- unreported (Project xunfa): off',
    '- Exempt: District north, all rules, 2018-08-14..2018-09-30: flood of 14 August',
  ]);
});

test('thresholds are listed in Chinese, too', () => {
  expect(rulesChanges(defaultRules, stricter, 'zh').slice(0, 2)).toEqual([
    '~ behind-plan（全部）：黄：10 个百分点 → 8 个百分点',
    '+ silent-stall（行业 chemicals）：黄 20 天，红 60 天',
  ]);
});
