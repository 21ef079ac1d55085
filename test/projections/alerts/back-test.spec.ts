import { describe, expect, test } from '@jest/globals';
import {
  type AdoptedRules,
  defaultRules,
  type Rule,
  type RuleSet,
} from '../../../domain/governance/rules.js';
import { addDays, type Day, daysBetween } from '../../../domain/values/days/calendar.js';
import { type BackTest, backTesting } from '../../../projections/alerts/back-test.js';
import type { Due, Watched } from '../../../projections/alerts/due.js';
import type { Tested } from '../../../projections/alerts/would-be.js';
import { foldProject, type ProjectState } from '../../../projections/project/project.js';
import { cleared, done, type Entry, history, registered, stalled, withdrawn } from '../../support/entries.js';
import { watched } from './life-told.js';

const jan1 = '2018-01-01';
const jan10 = '2018-01-10';
const march31 = '2018-03-31';
const june1 = '2018-06-01';
const dec31 = '2018-12-31';
const year = { from: jan1, to: dec31 };

const stallRule: Rule = {
  rule: 'declared-stall',
  blocks: { works: 'red', production: 'yellow', staffing: 'yellow' },
};
const adopted: AdoptedRules = {
  ...defaultRules,
  rules: [stallRule, { rule: 'unreported', yellow: { days: 45 }, red: { days: 120 } }],
};
const sooner: AdoptedRules = {
  ...adopted,
  version: 2,
  rules: [stallRule, { rule: 'unreported', yellow: { days: 20 } }],
};

const openOf = (...entries: Entry[]): ProjectState =>
  foldProject(history(registered({ name: { en: 'Huaao' } }, jan1), ...entries));

/** Two simplified rules: no report for some days, and open stalls. */
function evaluate(state: ProjectState, rules: RuleSet, on: Day): Due {
  const days = state.identity.sightings.map(({ asOf }) => asOf).sort();
  const last = days.filter((day) => day <= on).at(-1);
  const rule = rules.rules.find((one) => one.rule === 'unreported');
  if (last === undefined || !rule) return { on, watched: [], notJudged: [], nextOn: days[0] ?? null };
  const limit = (severity: 'yellow' | 'red') => {
    const threshold = rule[severity];
    return threshold && 'days' in threshold ? threshold.days : 9_999;
  };
  const silentDays = daysBetween(last, on);
  const isRed = silentDays >= limit('red');
  const silent = watched({
    rule: 'unreported',
    anchor: last,
    severity: isRed ? 'red' : silentDays >= limit('yellow') ? 'yellow' : null,
  });
  const facts = state.stalls.facts.filter(({ asOf }) => asOf <= on);
  const stands = facts.at(-1)?.type === 'StallDeclared';
  const stall: Watched[] = stands
    ? [
        watched({
          rule: 'declared-stall',
          subject: { kind: 'stall', id: 'money' },
          severity: 'red',
          stopsWorks: true,
        }),
      ]
    : [];
  const next = [limit('yellow'), limit('red')].map((count) => addDays(last, count)).find((day) => day > on);
  return { on, watched: [silent, ...stall], notJudged: [], nextOn: next ?? null };
}

/** The back-test of all projects at the same time. */
function backTest(projects: Iterable<Tested>, ...by: Parameters<typeof backTesting>): BackTest {
  const testing = backTesting(...by);
  for (const project of projects) testing.add(project);
  return testing.answer();
}

const tested = (...projects: [string, ProjectState][]) =>
  backTest(
    projects.map(([project, state]) => ({ project, state })),
    sooner,
    adopted,
    year,
    () => (day, days) => addDays(day, days),
    evaluate,
  );

const huaao = openOf(
  done('roof', jan10),
  stalled({}, march31),
  cleared('money', june1),
  done('walls', june1),
);

describe('a back-test', () => {
  const answer = tested(['huaao-2', huaao]);

  test('shows what would have been raised and when, and how long before the declared stall', () => {
    expect(
      answer.alerts.map(({ rule, raisedOn, severity, escalated, clearedOn, leadDays, adoptedOn }) => ({
        rule,
        raisedOn,
        severity,
        escalated,
        clearedOn,
        leadDays,
        adoptedOn,
      })),
    ).toEqual([
      {
        rule: 'unreported',
        raisedOn: '2018-01-30',
        severity: 'yellow',
        escalated: [],
        clearedOn: march31,
        leadDays: 60,
        adoptedOn: '2018-02-24',
      },
      {
        rule: 'declared-stall',
        raisedOn: march31,
        severity: 'red',
        escalated: [],
        clearedOn: june1,
        leadDays: null,
        adoptedOn: march31,
      },
      {
        rule: 'unreported',
        raisedOn: '2018-04-20',
        severity: 'yellow',
        escalated: [],
        clearedOn: june1,
        leadDays: null,
        adoptedOn: '2018-05-15',
      },
      {
        rule: 'unreported',
        raisedOn: '2018-06-21',
        severity: 'yellow',
        escalated: [],
        clearedOn: null,
        leadDays: null,
        adoptedOn: '2018-07-16',
      },
    ]);
  });

  test('sums both sides', () => {
    expect(answer.candidate).toEqual({
      version: null,
      alerts: 4,
      bySeverity: { blue: 0, yellow: 3, red: 1 },
      byRule: { 'declared-stall': 1, unreported: 3 },
      stallsForeseen: 1,
      stalls: 1,
      medianLeadDays: 60,
      withoutStall: 2,
    });
    expect(answer.adopted).toEqual({
      version: 1,
      alerts: 4,
      bySeverity: { blue: 0, yellow: 2, red: 2 },
      byRule: { 'declared-stall': 1, unreported: 3 },
      stallsForeseen: 1,
      stalls: 1,
      medianLeadDays: 35,
      withoutStall: 2,
    });
    expect({ from: answer.from, to: answer.to, projects: answer.projects, missed: answer.missed }).toEqual({
      ...year,
      projects: 1,
      missed: [],
    });
  });

  test('shows what only the adopted rules raise', () => {
    const off: AdoptedRules = {
      ...sooner,
      rules: [stallRule, { rule: 'unreported', yellow: { days: 300 } }],
    };
    const { alerts, missed } = backTest(
      [{ project: 'huaao-2', state: huaao }],
      off,
      adopted,
      year,
      () => (day, days) => addDays(day, days),
      evaluate,
    );
    expect(alerts.map(({ rule }) => rule)).toEqual(['declared-stall']);
    expect(missed.map(({ raisedOn, adoptedOn, escalated }) => [raisedOn, adoptedOn, escalated])).toEqual([
      ['2018-02-24', '2018-02-24', []],
      ['2018-05-15', '2018-05-15', []],
      ['2018-07-16', '2018-07-16', [{ to: 'red', on: '2018-09-29' }]],
    ]);
  });

  test('raises on its first day what is already due, and ignores withdrawn entries', () => {
    const late = openOf(
      done('roof', jan10),
      done('walls', june1, { id: 'misread' }),
      withdrawn('misread', jan10),
    );
    const july = { from: '2018-07-01', to: '2018-07-31' };
    const { alerts } = backTest(
      [{ project: 'huaao-2', state: late }],
      sooner,
      adopted,
      july,
      () => (day, days) => addDays(day, days),
      evaluate,
    );
    expect(alerts.map(({ raisedOn, clearedOn, adoptedOn }) => [raisedOn, clearedOn, adoptedOn])).toEqual([
      ['2018-07-01', null, '2018-07-01'],
    ]);
  });

  test('lists the alerts of all projects by day, and of a day by project', () => {
    const state = openOf(done('roof', jan10));
    expect(tested(['b', state], ['a', state]).alerts.map(({ project }) => project)).toEqual(['a', 'b']);
  });

  test('over nothing finds nothing', () => {
    expect(tested()).toMatchObject({
      projects: 0,
      alerts: [],
      missed: [],
      candidate: { medianLeadDays: null },
    });
  });
});

describe('with the real rules', () => {
  test('a silence of two months raises an alert, and a higher threshold raises it later', () => {
    const patient = {
      ...defaultRules,
      version: 2,
      rules: [{ rule: 'unreported', yellow: { days: 60 } }],
    } satisfies AdoptedRules;
    const state = openOf(done('roof', jan10));
    const { alerts } = backTest(
      [{ project: 'huaao-2', state }],
      patient,
      defaultRules,
      year,
      () => (day) => day,
    );
    expect(alerts.map(({ rule, raisedOn, adoptedOn }) => [rule, raisedOn, adoptedOn])).toEqual([
      ['unreported', '2018-03-11', '2018-02-24'],
    ]);
  });
});
