import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ruleFault as ruleFaultInWords } from '../../domain/governance/rule-fault.js';
import { defaultRules, type Rule, type RuleSet, ruleKinds } from '../../domain/governance/rules.js';
import { diceOf } from '../support/dice.js';
import { english } from '../support/in-english.js';
import { randomRules } from '../support/random-rules.js';

const ruleFault = english(ruleFaultInWords);

const calendars = ['china', 'every-day'];
const unreported: Rule = { rule: 'unreported', yellow: { days: 45 } };
const declared = { rule: 'declared-stall', blocks: { works: 'red', production: 'yellow', staffing: 'blue' } };
const dusty = { where: { district: 'North' }, from: '2018-02-01', to: '2018-02-28', reason: 'sandstorm' };

const faultIn = (change: object) => ruleFault({ ...defaultRules, ...change }, calendars)?.fault;
const faultOf = (...rules: unknown[]) => faultIn({ rules });
const ladderOf = (...changes: object[]) =>
  faultIn({ ladder: changes.map((change, index) => ({ ...defaultRules.ladder[index], ...change })) });

test('the default rules are valid, and so are rules without a version', () => {
  expect(ruleFault(defaultRules, calendars)).toBeUndefined();
  const { version: _, ...unnumbered } = defaultRules;
  expect(ruleFault(unnumbered satisfies RuleSet, calendars)).toBeUndefined();
});

test('random rules are valid, and so are rules that are off', () => {
  for (let seed = 1; seed <= 200; seed++) {
    expect([seed, ruleFault(randomRules(diceOf(seed)), calendars)]).toEqual([seed, undefined]);
  }
  expect(faultOf(...ruleKinds.map((rule) => ({ rule, isOff: true })))).toBeUndefined();
});

test('an unknown calendar is refused with the known ones', () => {
  expect(ruleFault({ ...defaultRules, calendar: 'moon' }, calendars)).toEqual({
    reason: 'calendar-unknown',
    fault: { member: 'calendar', seen: 'moon', expected: 'the name of a working calendar: china, every-day' },
  });
});

describe('a threshold', () => {
  test('in the wrong unit is refused with the right unit', () => {
    expect(
      ruleFault(
        { ...defaultRules, rules: [unreported, { rule: 'silent-stall', yellow: { points: 30 } }] },
        calendars,
      ),
    ).toEqual({
      reason: 'rules-invalid',
      fault: {
        member: 'rules[1].yellow.points',
        seen: '"points"',
        expected: '"days": silent-stall counts days',
      },
    });
  });

  test.each([
    ['unreported', 'days', 0, '1 to 3650'],
    ['unreported', 'days', 3651, '1 to 3650'],
    ['unreported', 'days', 1.5, '1 to 3650'],
    ['unreported', 'days', '45', '1 to 3650'],
    ['behind-plan', 'points', 101, '1 to 100'],
    ['not-started', 'months', 37, '1 to 36'],
  ])('of %s in %s cannot be %p', (rule, unit, value, range) => {
    expect(faultOf({ rule, red: { [unit]: value } })).toEqual({
      member: `rules[0].red.${unit}`,
      seen: JSON.stringify(value),
      expected: `a whole number from ${range}`,
    });
  });

  test.each([1, 3650])('of %i days is valid', (days) => {
    expect(faultOf({ rule: 'unreported', blue: { days } })).toBeUndefined();
  });

  test('rises with the severity', () => {
    expect(faultOf({ rule: 'unreported', blue: { days: 10 }, red: { days: 10 } })).toEqual({
      member: 'rules[0].red.days',
      seen: '10',
      expected: 'more than 10, which is blue',
    });
    expect(faultOf({ rule: 'money-gap', yellow: { points: 40 }, red: { points: 20 } })?.member).toBe(
      'rules[0].red.points',
    );
  });

  test('is required, except for a rule that is off', () => {
    expect(faultOf({ rule: 'unreported' })).toEqual({
      member: 'rules[0]',
      seen: 'no threshold',
      expected: 'blue, yellow or red, such as {"yellow": {"days": 30}}',
    });
  });
});

describe('a rule', () => {
  test.each([
    ['that nobody knows', { rule: 'slow' }, 'rules[0].rule', '"slow"'],
    ['without a name', { yellow: { days: 3 } }, 'rules[0].rule', 'nothing'],
    ['with a misspelt member', { ...unreported, yelow: { days: 3 } }, 'rules[0].yelow', '"yelow"'],
    ['that is no object', 'unreported', 'rules[0]', '"unreported"'],
    ['off by a word', { ...unreported, isOff: 'yes' }, 'rules[0].isOff', '"yes"'],
    ['of a place that is empty', { ...unreported, where: { district: '' } }, 'rules[0].where.district', '""'],
    [
      'of a place that nobody knows',
      { ...unreported, where: { city: 'A' } },
      'rules[0].where.city',
      '"city"',
    ],
    ['with grace that is no silent stall', { ...unreported, graceDays: 3 }, 'rules[0].graceDays', '3'],
    [
      'with too much grace',
      { rule: 'silent-stall', red: { days: 9 }, graceDays: 366 },
      'rules[0].graceDays',
      '366',
    ],
    ['with a margin that counts days', { ...unreported, marginPoints: 3 }, 'rules[0].marginPoints', '3'],
    [
      'with a wide margin',
      { rule: 'money-gap', red: { points: 9 }, marginPoints: 51 },
      'rules[0].marginPoints',
      '51',
    ],
    [
      'with grace beyond its next threshold',
      { rule: 'silent-stall', yellow: { days: 30 }, red: { days: 90 }, graceDays: 60 },
      'rules[0].graceDays',
      '60',
    ],
    [
      'that would never end',
      { rule: 'money-gap', yellow: { points: 9 }, marginPoints: 9 },
      'rules[0].marginPoints',
      '9',
    ],
    [
      'that blocks and is no stall',
      { ...unreported, blocks: declared.blocks },
      'rules[0].blocks',
      JSON.stringify(declared.blocks),
    ],
    ['of stalls without blocks', { rule: 'declared-stall' }, 'rules[0].blocks', 'nothing'],
    [
      'of stalls with a missing part',
      { ...declared, blocks: { works: 'red', production: 'red' } },
      'rules[0].blocks.staffing',
      'nothing',
    ],
    [
      'of stalls in a wrong light',
      { ...declared, blocks: { ...declared.blocks, works: 'green' } },
      'rules[0].blocks.works',
      '"green"',
    ],
    ['of stalls with a threshold', { ...declared, red: { days: 3 } }, 'rules[0].red', 'a threshold'],
  ])('%s is refused', (_what, rule, member, seen) => {
    expect(faultOf(rule)).toMatchObject({ member, seen });
  });

  test('exists once per place', () => {
    const north = { ...unreported, where: { district: 'North' } };
    expect(faultOf(unreported, north, { ...unreported, where: { sector: 'North' } })).toBeUndefined();
    expect(faultOf(unreported, north, { ...north, yellow: { days: 5 } })).toEqual({
      member: 'rules[2]',
      seen: 'unreported a second time for the same place',
      expected: 'one rule of a kind; the other is rules[1]',
    });
    expect(faultOf(unreported, { ...unreported, where: {} })?.member).toBe('rules[1]');
  });

  test('is one of at most a thousand', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...unreported,
        where: { project: `project-${index}` },
      }));
    expect(faultOf(...many(1000))).toBeUndefined();
    expect(faultOf(...many(1001))).toEqual({
      member: 'rules',
      seen: '1001 of them',
      expected: 'a list of at most 1000',
    });
  });
});

describe('the ladder', () => {
  test.each([
    ['without a step', [], 'ladder'],
    ['that begins with the most serious', [{ severity: 'red' }, { severity: 'blue' }], 'ladder[1].severity'],
    ['with a step twice', [{ severity: 'red' }, { severity: 'red' }], 'ladder[1].severity'],
    ['with a light of its own', [{ severity: 'green' }], 'ladder[0].severity'],
    ['without a day to answer', [{ answerWithinDays: 0 }], 'ladder[0].answerWithinDays'],
    ['that reminds after two years', [{ remindEveryDays: 730 }], 'ladder[0].remindEveryDays'],
    [
      'with a role that is no slug',
      [{ duty: { role: 'The Boss', words: { en: 'a', zh: 'b' } } }],
      'ladder[0].duty.role',
    ],
    [
      'with a duty in one language',
      [{ duty: { role: 'boss', words: { en: 'a' } } }],
      'ladder[0].duty.words.zh',
    ],
    ['with a step of nothing', [{ duty: null }], 'ladder[0].duty'],
  ])('%s is refused', (_what, steps, member) => {
    expect(ladderOf(...steps)?.member).toBe(member);
  });

  test('may have one step', () => {
    expect(ladderOf({ severity: 'red' })).toBeUndefined();
  });
});

describe('an exemption', () => {
  test('of a district for some days is valid, for all rules or some', () => {
    expect(faultIn({ exemptions: [dusty, { ...dusty, rules: ['unreported'] }] })).toBeUndefined();
  });

  test.each([
    ['that ends before it begins', { to: '2018-01-31' }, 'to', '2018-01-31'],
    ['of a day that no calendar has', { to: '2018-02-30' }, 'to', '"2018-02-30"'],
    ['without a reason', { reason: ' ' }, 'reason', '" "'],
    ['of a rule that nobody knows', { rules: ['slow'] }, 'rules[0]', '"slow"'],
    ['of no place', { where: undefined }, 'where', 'nothing'],
  ])('%s is refused', (_what, change, member, seen) => {
    expect(faultIn({ exemptions: [{ ...dusty, ...change }] })).toMatchObject({
      member: `exemptions[0].${member}`,
      seen,
    });
  });
});

test.each([
  ['basis', ''],
  ['reopenWithinDays', 366],
  ['reopenWithinDays', -1],
  ['rules', {}],
  ['ladder', null],
  ['exemptions', 'none'],
  ['calendar', 5],
  ['colour', 'red'],
])('a rule set whose %s is %p is refused', (member, value) => {
  expect(faultIn({ [member]: value })?.member).toBe(member);
});

test('any JSON gets an answer', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom(...Object.keys(defaultRules)),
      fc.nat(8),
      (value, member, index) => {
        expect(ruleFault(value, calendars)?.reason).toBe('rules-invalid');
        ruleFault({ ...defaultRules, [member]: value }, calendars);
        ruleFault(
          { ...defaultRules, rules: defaultRules.rules.with(index, value as unknown as Rule) },
          calendars,
        );
        const [rule] = defaultRules.rules.slice(index);
        ruleFault({ ...defaultRules, rules: [{ ...rule, yellow: value, where: value }] }, calendars);
        ruleFault({ ...defaultRules, ladder: [value] }, calendars);
        ruleFault({ ...defaultRules, exemptions: [value] }, calendars);
      },
    ),
  );
});
