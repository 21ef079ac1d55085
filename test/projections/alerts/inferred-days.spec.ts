import { expect, test } from '@jest/globals';
import { defaultRules, type RuleKind } from '../../../domain/governance/rules.js';
import type { RecordedEvent } from '../../../domain/project/events.js';
import { dayWords } from '../../../domain/values/day-words.js';
import { addDays } from '../../../domain/values/days/calendar.js';
import { dueAlerts } from '../../../projections/alerts/due.js';
import { foldProject } from '../../../projections/project/project.js';
import { diceOf } from '../../support/dice.js';
import {
  cleared,
  type Entry,
  entered,
  item,
  measured,
  percent,
  planned,
  registered,
  stalled,
  unchanged,
} from '../../support/entries.js';
import { randomHistory } from '../../support/histories.js';
import { watchedBy } from '../../support/judged.js';

const rules = { ...defaultRules, rules: defaultRules.rules.map(({ isOff: _, ...rule }) => rule) };
const planDay = '2018-01-01';
const may31 = '2018-05-31';
const inferred = { precision: 'period-end', isInferred: true } as const;
const road = planned([item('road', 1)], planDay);
const wordsOf = (rule: RuleKind, on: string, ...entries: Entry[]) =>
  watchedBy(rule, on, entries, rules).map(({ reason }) => reason)[0];

test.each<[RuleKind, string, Entry[], string, string]>([
  [
    'unreported',
    'the last report',
    [measured('road', percent(40), may31, inferred)],
    'for 122 days (last report 2018-05-31, end of a period, inferred)',
    '最近报告 2018年5月31日（期末，推断）',
  ],
  [
    'unreported',
    'the first day of a project that never reported',
    [registered({}, '2017-12-31', { isInferred: true })],
    '(never since 2017-12-31, inferred)',
    '自 2017年12月31日（推断）起从未报告',
  ],
  [
    'silent-stall',
    'the last rise, and the last report',
    [measured('road', percent(40), may31, inferred), unchanged('2018-06-01', '2018-06-30', { ...inferred })],
    'for 122 days (since 2018-05-31, end of a period, inferred), and the last report (2018-06-30, end of a period, inferred) says that nothing changed',
    '自 2018年5月31日（期末，推断）起',
  ],
  [
    'silent-stall',
    'the day on which works went on',
    [
      stalled({ from: '2018-02-01' }, '2018-02-01'),
      cleared('money', '2018-03-31', { precision: 'month' }),
      measured('road', percent(0), '2018-04-10'),
    ],
    '(since the works went on, 2018-03-31, known to the month)',
    '自 2018年3月31日（精确到月）恢复起',
  ],
  [
    'declared-stall',
    'the first day of a stall that was not stated',
    [stalled({ from: may31 }, may31, inferred)],
    'since 2018-05-31 (end of a period, inferred)',
    '自 2018年5月31日（期末，推断）起',
  ],
  [
    'declared-stall',
    'a suspension',
    [entered('suspended', may31, inferred)],
    'since 2018-05-31 (end of a period, inferred).',
    '自 2018年5月31日（期末，推断）起。',
  ],
  [
    'not-registered',
    'a stage after the start',
    [entered('trial-operation', may31, inferred)],
    'The works had begun by 2018-05-31 (end of a period, inferred), 122 days ago',
    '项目至迟于 2018年5月31日（期末，推断）已开工，至今 122 天',
  ],
  [
    'not-registered',
    'the start',
    [entered('started', may31, inferred)],
    'started on 2018-05-31 (end of a period, inferred), 122 days ago',
    '自 2018年5月31日（期末，推断）开工',
  ],
])('%s says that it counts from an inferred day: %s', (rule, _, entries, en, zh) => {
  const words = wordsOf(rule, '2018-09-30', road, ...entries);
  expect(words?.en).toContain(en);
  expect(words?.zh).toContain(zh);
});

test('a stated day has no mark, also of a stall that was entered in a report of an inferred day', () => {
  const stall = stalled({ from: '2018-05-02' }, may31, inferred);
  expect(wordsOf('declared-stall', '2018-09-30', stall)?.en).toContain('since 2018-05-02:');
  const report = measured('road', percent(40), may31);
  expect(wordsOf('unreported', '2018-09-30', road, report)?.en).toContain('(last report 2018-05-31)');
});

test('the first day of a period is inferred where the entry knows only the period', () => {
  const words = (from: string, on: string, more: object) =>
    wordsOf('declared-stall', '2018-09-30', stalled({ from }, on, more))?.en;
  const start = '(start of a period, inferred)';
  expect(words('2018-06-01', '2018-06-30', inferred)).toContain(`since 2018-06-01 ${start}`);
  expect(words('2018-01-01', '2018-06-30', { precision: 'month' })).toContain(`since 2018-01-01 ${start}`);
  expect(words('2018-04-01', '2018-06-30', inferred)).toContain(`since 2018-04-01 ${start}`);
  for (const [from, on, more] of [
    ['2018-06-02', '2018-06-30', inferred],
    ['2018-05-01', '2018-06-30', inferred],
    ['2018-06-01', '2018-06-30', {}],
    ['2018-06-01', '2018-06-20', { isInferred: true }],
  ] as const)
    expect(words(from, on, more)).not.toContain('(start');
});

test('no rule counts from the inferred day of an entry without saying so', () => {
  const counting = new Set<RuleKind>();
  const silent: unknown[] = [];
  for (let seed = 1; seed <= 120; seed++) {
    const dice = diceOf(seed * 7_919);
    const events = randomHistory(seed, { entries: dice.int(2, 25) }).events.map((event) => ({
      ...event,
      entry: { ...event.entry, ...inferred },
    })) as RecordedEvent[];
    const days = new Map(events.map(({ id, entry }) => [id, entry.asOf]));
    const on = addDays(events.at(-1)?.entry.asOf ?? planDay, dice.int(0, 400));
    for (const { rule, since, sinceExactness, evidence, reason } of dueAlerts(foldProject(events), rules, on)
      .watched) {
      if (sinceExactness) counting.add(rule);
      const isOfEntry = evidence.some((id) => days.get(id) === since);
      const { en, zh } = dayWords(since);
      const isNamed = reason.en.includes(en);
      if (isNamed && isOfEntry && !sinceExactness && !fromPlans.has(rule))
        silent.push([seed, rule, reason.en]);
      if (!sinceExactness || !isNamed) continue;
      if (!reason.en.includes(`${en} (`) && !reason.en.includes(`${en}, `))
        silent.push([seed, rule, reason.en]);
      if (!reason.zh.includes(`${zh}（`)) silent.push([seed, rule, reason.zh]);
    }
  }
  expect(silent).toEqual([]);
  expect([...counting].toSorted()).toEqual([
    'declared-stall',
    'forecast-slip',
    'money-gap',
    'not-registered',
    'silent-stall',
    'unreported',
  ]);
});

/** Their days are those of plans and forecasts, which state them. */
const fromPlans: ReadonlySet<RuleKind> = new Set([
  'behind-plan',
  'not-started',
  'item-overdue',
  'stage-late',
  'forecast-missed',
  'due-soon',
]);
