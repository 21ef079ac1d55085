import { describe, expect, test } from '@jest/globals';
import { defaultRules } from '../../../domain/governance/rules.js';
import { alertsAt } from '../../../projections/alerts/alerts-at.js';
import { foldProject } from '../../../projections/project/project.js';
import { schedule } from '../../../projections/schedule/schedule.js';
import {
  done,
  type Entry,
  entered,
  entry,
  forecast,
  history,
  item,
  measured,
  percent,
  planned,
  stalled,
  withdrawn,
} from '../../support/entries.js';
import { fold } from '../../support/folds.js';
import { judged, severityOn, watchedBy } from '../../support/judged.js';

const planDay = '2018-01-01';
const may1 = '2018-05-01';
const july1 = '2018-07-01';
const works = planned([item('roof', 1), item('road', 1)], planDay);
const production = forecast('production', ['2018-06-01', '2018-06-30'], may1);
const expects = (target: string, data: object, asOf: string) =>
  entry('ForecastGiven', { target, ...data }, asOf);

describe('a missed forecast', () => {
  test('is yellow the day after its last day, red 30 days after it, and says by how many days', () => {
    const days = ['2018-06-30', july1, '2018-07-29', '2018-07-30'];
    expect(severityOn('forecast-missed', days, [production])).toEqual([null, 'yellow', 'yellow', 'red']);
    expect(watchedBy('forecast-missed', '2018-07-11', [production])).toEqual([
      {
        rule: 'forecast-missed',
        subject: { kind: 'target', id: 'production' },
        cause: 'schedule',
        since: july1,
        anchor: 'promise:e1 last:2018-06-30',
        evidence: ['e1'],
        severity: 'yellow',
        isHeld: false,
        reason: {
          en: 'Production was expected in June 2018 and has not begun, 11 days after the last day of that forecast; the rules warn from 1 day, red from 30.',
          zh: '项目预计 2018年6月投产，已过 11 天仍未投产；规则自 1 天起预警，自 30 天起为红灯。',
        },
        clears: {
          en: 'The stage "in production", or a new forecast of it, with a later day or none.',
          zh: '登记“已投产”，或重新预计（日期推后或未定）。',
        },
      },
    ]);
  });

  test.each([
    [
      'an item is not finished',
      expects('roof', { latest: may1 }, planDay),
      'roof was expected by 2018-05-01 and is not finished, 61 days after the last day of that forecast;',
      '“roof”预计不晚于 2018年5月1日完成，已过 61 天仍未完成；',
      'A report that roof is done, or a new forecast of it, with a later day or none.',
    ],
    [
      'an item has not started',
      expects('roof', { latest: may1, what: 'start' }, planDay),
      'Start of roof was expected by 2018-05-01 and it has not started, 61 days after',
      '“roof”预计不晚于 2018年5月1日开始，已过 61 天仍未开始；',
      'A report of progress on roof, or a new forecast of it, with a later day or none.',
    ],
    [
      'the works have not started',
      expects('start', { latest: may1 }, planDay),
      'Start was expected by 2018-05-01 and the works have not started, 61 days after',
      '项目预计不晚于 2018年5月1日开工，已过 61 天仍未开工；',
      'The stage "started", a report of progress, or a new forecast of it, with a later day or none.',
    ],
    [
      'the project is not complete',
      expects('completion', { latest: may1 }, planDay),
      'Completion was expected by 2018-05-01 and the project is not complete, 61 days after',
      '项目预计不晚于 2018年5月1日完工，已过 61 天仍未完工；',
      'The stage "built" or "accepted", or a new forecast of it, with a later day or none.',
    ],
  ])('says that %s', (_, given, en, zh, clears) => {
    const [watched] = watchedBy('forecast-missed', july1, [works, given]);
    expect(watched?.reason.en).toContain(en);
    expect(watched?.reason.zh).toContain(zh);
    expect(watched?.clears.en).toBe(clears);
  });

  test.each([
    ['of the start', expects('start', { latest: may1 }, planDay), 'start'],
    ['of the completion', expects('completion', { latest: may1 }, planDay), 'completion'],
    ['of the opening', expects('opening', { latest: may1 }, planDay), 'opening'],
    ['of an item', expects('roof', { latest: may1 }, planDay), 'roof'],
    ['of the start of an item', expects('roof', { what: 'start', latest: may1 }, planDay), 'roof:start'],
  ])('may be %s', (_, given, id) => {
    expect(watchedBy('forecast-missed', july1, [works, given]).map(({ subject }) => subject)).toEqual([
      { kind: 'target', id },
    ]);
  });

  test.each([
    ['the target is reached', [entered('in-production', july1)]],
    ['a new forecast names a later day', [forecast('production', ['2018-09-01', '2018-09-30'], july1)]],
    ['a new forecast names no day', [expects('production', {}, july1)]],
    ['the forecast is withdrawn', [withdrawn('e1', july1)]],
    ['the project is cancelled', [entered('cancelled', july1)]],
  ])('ends when %s', (_, entries) => {
    const ending = [{ ...production, id: 'e1' }, ...entries];
    expect(severityOn('forecast-missed', [july1], [production])).toEqual(['yellow']);
    expect(watchedBy('forecast-missed', july1, ending).filter(({ severity }) => severity)).toEqual([]);
  });

  test('of an item ends when the plan cancels the item', () => {
    const given = expects('roof', { latest: may1 }, planDay);
    const without = planned([item('roof', 0, { isCancelled: true }), item('road', 1)], '2018-06-01', {
      version: 2,
    });
    expect(severityOn('forecast-missed', ['2018-05-31', '2018-06-01'], [works, given, without])).toEqual([
      'red',
      undefined,
    ]);
  });

  test('stays on record after it was kept late, with the days', () => {
    const late = [production, entered('in-production', '2018-07-12')];
    const { forecasts } = schedule.view(fold(schedule, history(...late)), '2018-08-01');
    expect(forecasts).toMatchObject([{ missedDays: 12, reachedOn: '2018-07-12' }]);
    expect(watchedBy('forecast-missed', '2018-08-01', late)).toEqual([]);
  });

  test('raises one alert, not also one of a late stage', () => {
    const without = (kind: string) => ({
      ...defaultRules,
      rules: defaultRules.rules.filter(({ rule }) => rule !== kind),
    });
    const raised = (rules = defaultRules) =>
      judged(july1, [production], rules)
        .watched.filter(({ severity, subject }) => severity && subject.kind === 'target')
        .map(({ rule }) => rule);
    expect(raised()).toEqual(['forecast-missed', 'due-soon']);
    expect(raised(without('forecast-missed'))).toEqual(['stage-late', 'due-soon']);
  });

  test('switched off for a project is not watched as a late stage there either', () => {
    const off = { rule: 'forecast-missed', where: { project: 'huaao-2' }, isOff: true } as const;
    const rules = { ...defaultRules, rules: [...defaultRules.rules, off] };
    expect(watchedBy('stage-late', july1, [production], rules)).toEqual([]);
    expect(watchedBy('forecast-missed', july1, [production], rules)).toEqual([]);
  });

  test('of an item is explained by a stall of its works, not by one of another item', () => {
    const given = expects('roof', { latest: may1 }, planDay);
    const explained = (on: string) =>
      watchedBy('forecast-missed', july1, [works, given, stalled({ item: on }, '2018-04-01')])[0]
        ?.explainedBy;
    expect([explained('roof'), explained('road')]).toEqual([['money'], undefined]);
  });
});

describe('a day that is due soon', () => {
  const road = item('road', 1, { plannedStart: '2018-03-01', plannedFinish: '2018-06-30' });
  const begun = measured('road', percent(40), '2018-06-01');
  const days = ['2018-06-22', '2018-06-23', '2018-06-30', july1];

  test('is blue from seven days before the planned finish, with what is done', () => {
    const entries = [planned([road], planDay), begun];
    expect(severityOn('due-soon', days, entries)).toEqual([null, 'blue', 'blue', 'blue']);
    expect(watchedBy('due-soon', '2018-06-25', entries)).toMatchObject([
      {
        subject: { kind: 'item', id: 'road' },
        since: '2018-06-23',
        evidence: ['e1', 'e2'],
        overdue: { rule: 'item-overdue', subject: { kind: 'item', id: 'road' } },
        reason: {
          en: 'road is 40 % done; its planned finish, 2018-06-30, is in 5 days; the rules warn 7 days before.',
          zh: '“road”完成 40%，计划 2018年6月30日完成，还有 5 天；规则提前 7 天预警。',
        },
      },
    ]);
  });

  test('may be a planned start, a stage, or the last day of a forecast', () => {
    const yard = item('yard', 1, { plannedStart: '2018-06-30', plannedFinish: '2018-12-31' });
    const trial = item('trial', 1, { stage: 'trial-production', plannedFinish: '2018-06-30' });
    const opening = expects('opening', { latest: '2018-06-30' }, planDay);
    expect(
      watchedBy('due-soon', '2018-06-30', [planned([yard, trial], planDay), opening]).flatMap(
        ({ severity, overdue, reason }) => (severity ? [[overdue?.rule, reason.en]] : []),
      ),
    ).toEqual([
      [
        'not-started',
        'The planned start, 2018-06-30, is today, and nothing has started; the rules warn 7 days before.',
      ],
      [
        'stage-late',
        'trial is not reached; its planned day, 2018-06-30, is today; the rules warn 7 days before.',
      ],
      [
        'forecast-missed',
        'Opening is expected by 2018-06-30 and has not taken place; the last day, 2018-06-30, is today; the rules warn 7 days before.',
      ],
    ]);
  });

  test('is warned of once where plan and forecast name the same day', () => {
    const same = expects('road', { latest: '2018-06-30' }, planDay);
    const earlier = expects('road', { latest: '2018-06-28' }, planDay);
    const warned = (given: Entry) =>
      watchedBy('due-soon', '2018-06-28', [planned([road], planDay), begun, given]).map(
        ({ subject }) => subject.kind,
      );
    expect([warned(same), warned(earlier)]).toEqual([['item'], ['item', 'target']]);
  });

  test('ends when the work is done, or planned later', () => {
    const entries = [planned([road], planDay), begun];
    const later = planned([{ ...road, plannedFinish: '2018-09-30' }], '2018-06-25', { version: 2 });
    expect(severityOn('due-soon', ['2018-06-25'], [...entries, done('road', '2018-06-25')])).toEqual([
      undefined,
    ]);
    expect(severityOn('due-soon', ['2018-06-25'], [...entries, later])).toEqual([null]);
  });

  test('gives way to the overdue one in what is due', () => {
    const entries = [planned([road], planDay), begun];
    const { due } = alertsAt(foldProject(history(...entries)), defaultRules, july1);
    expect(due.map(({ rule }) => rule)).toEqual(['behind-plan', 'item-overdue']);
    expect(watchedBy('due-soon', july1, entries)[0]?.reason.en).toBe(
      'road is 40 % done; its planned finish, 2018-06-30, was 1 day ago; the rules warn 7 days before.',
    );
  });

  test('may be red three days before, and blue two weeks before', () => {
    const rules = {
      ...defaultRules,
      rules: [{ rule: 'due-soon', blue: { days: 14 }, red: { days: 3 } } as const],
    };
    expect(
      severityOn(
        'due-soon',
        ['2018-06-15', '2018-06-16', '2018-06-26', '2018-06-27'],
        [planned([road], planDay), begun],
        rules,
      ),
    ).toEqual([null, 'blue', 'blue', 'red']);
  });
});

describe('the entry in the statistics register', () => {
  const watched = {
    ...defaultRules,
    rules: defaultRules.rules.flatMap(({ isOff, ...rule }) => (isOff ? [rule] : [])),
  };
  const started = entered('started', may1);

  test('is not watched by the default rules', () => {
    expect(judged('2018-12-31', [started]).watched.map(({ rule }) => rule)).not.toContain('not-registered');
  });

  test('lags 30 days after the start: yellow, after 90 days: red', () => {
    const days = ['2018-05-30', '2018-05-31', '2018-07-29', '2018-07-30'];
    expect(severityOn('not-registered', days, [started], watched)).toEqual([null, 'yellow', 'yellow', 'red']);
    expect(watchedBy('not-registered', '2018-06-10', [started], watched)[0]?.reason).toEqual({
      en: 'The project started on 2018-05-01, 40 days ago, and is not in the statistics register; the rules warn from 30 days, red from 90.',
      zh: '项目自 2018年5月1日开工已 40 天，尚未入库；规则自 30 天起预警，自 90 天起为红灯。',
    });
  });

  test.each([
    ['it was registered before it started', entered('registered-in-statistics', '2018-04-01')],
    ['it is registered', entered('registered-in-statistics', july1)],
    ['it has not started', withdrawn('e1', july1)],
    ['it is cancelled', entered('cancelled', july1)],
  ])('does not lag once %s', (_, fact) => {
    expect(watchedBy('not-registered', july1, [{ ...started, id: 'e1' }, fact], watched)).toEqual([]);
  });
});
