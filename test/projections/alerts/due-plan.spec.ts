import { describe, expect, test } from '@jest/globals';
import { defaultRules } from '../../../domain/governance/rules.js';
import {
  done,
  entered,
  forecast,
  item,
  measured,
  percent,
  planned,
  registered,
} from '../../support/entries.js';
import { judged, severityOn, watchedBy } from '../../support/judged.js';

const planDay = '2018-01-01';
/** Rules as they were adopted before forecasts had a rule of their own. */
const withoutMissed = {
  ...defaultRules,
  rules: defaultRules.rules.filter(({ rule }) => rule !== 'forecast-missed'),
};

describe('behind plan', () => {
  /** One per cent a day, the first on 2018-01-01. */
  const evenly = planned([item('road', 1, { plannedStart: planDay, plannedFinish: '2018-04-10' })], planDay);
  const half = measured('road', percent(50), '2018-01-01');

  test('is yellow from 10 points on and red only above 30', () => {
    const days = ['2018-02-28', '2018-03-01', '2018-03-21', '2018-03-22'];
    expect(severityOn('behind-plan', days, [evenly, half])).toEqual([null, 'yellow', 'yellow', 'red']);
  });

  test('has both figures, since when it lags, and what would be enough', () => {
    expect(watchedBy('behind-plan', '2018-03-06', [evenly, half])).toEqual([
      {
        rule: 'behind-plan',
        subject: { kind: 'project' },
        cause: 'schedule',
        since: '2018-02-20',
        anchor: 'plan:e1 done:5000',
        evidence: ['e1', 'e2'],
        severity: 'yellow',
        isHeld: false,
        reason: {
          en: 'The plan wants 65 % of the dated work by 2018-03-06, 50 % is done: 15 points behind; the rules warn from 10 points, red above 30.',
          zh: '按计划至 2018年3月6日应完成 65%，实际 50%，落后 15 个百分点；规则自 10 个百分点起预警，超过 30 个百分点为红灯。',
        },
        clears: {
          en: 'Reports that bring the dated work to 57 % by 2018-03-06, or a new plan.',
          zh: '报告至 2018年3月6日已完成 57%，或发布新计划。',
        },
      },
    ]);
  });

  test('keeps an open alert until less than 8 points are missing', () => {
    const held = (now: number) => {
      const [watched] = watchedBy('behind-plan', '2018-03-06', [
        evenly,
        measured('road', percent(now), '2018-03-06'),
      ]);
      return [watched?.severity, watched?.isHeld];
    };
    expect([held(55), held(56), held(57), held(60)]).toEqual([
      ['yellow', false],
      [null, true],
      [null, false],
      [null, false],
    ]);
  });

  test('names the day on which the plan is that far ahead', () => {
    const quiet = { ...defaultRules, rules: defaultRules.rules.filter(({ rule }) => rule === 'behind-plan') };
    const next = (on: string) => judged(on, [evenly, half], quiet).nextOn;
    expect([next(planDay), next('2018-02-28'), next('2018-03-01'), next('2018-03-22')]).toEqual([
      '2018-03-01',
      '2018-03-01',
      '2018-03-22',
      null,
    ]);
  });

  test('cannot be evaluated by a plan without dates, or without a plan', () => {
    const why = (...entries: Parameters<typeof judged>[1]) =>
      judged('2018-03-06', entries).notJudged.find(({ rule }) => rule === 'behind-plan')?.why.en;
    expect(why(planned([item('road', 1)], planDay))).toBe('the plan gives no dates');
    expect(why(registered({}, planDay))).toBe('no plan is in force');
  });
});

describe('not started', () => {
  const from = planned(
    [
      item('site', 1, { plannedStart: '2018-03-20', plannedFinish: '2018-04-30' }),
      item('frame', 1, { plannedStart: '2018-05-01', plannedFinish: '2018-09-30' }),
    ],
    planDay,
  );
  const days = ['2018-03-31', '2018-04-01', '2018-05-31', '2018-06-01'];

  test('is yellow once the month of the planned start is over, red two months later', () => {
    expect(severityOn('not-started', days, [from])).toEqual([null, 'yellow', 'yellow', 'red']);
    expect(watchedBy('not-started', '2018-06-01', [from])).toEqual([
      {
        rule: 'not-started',
        subject: { kind: 'project' },
        cause: 'schedule',
        since: '2018-03-20',
        anchor: 'plan:e1 start:2018-03-20',
        evidence: ['e1'],
        severity: 'red',
        isHeld: false,
        reason: {
          en: 'The start was planned for March 2018, 3 months ago, and nothing has started; the rules warn from 1 month, red from 3.',
          zh: '计划 2018年3月开工，已过 3 个月仍未开工；规则自 1 个月起预警，自 3 个月起为红灯。',
        },
        clears: {
          en: 'The stage "started", a report of progress on any item, or a plan that starts later.',
          zh: '登记开工、报告任一工程部位进展，或发布推迟开工的新计划。',
        },
      },
    ]);
  });

  test.each([
    ['the stage "started"', entered('started', '2018-04-15')],
    ['a first per cent', measured('site', percent(1), '2018-04-15')],
    ['a finished item that the plan does not name', done('gatehouse', '2018-04-15')],
  ])('ends with %s', (_what, entry) => {
    expect(severityOn('not-started', ['2018-04-14', '2018-04-15'], [from, entry])).toEqual([
      'yellow',
      undefined,
    ]);
  });

  test('a contract and a report of 0 % start nothing', () => {
    const entries = [from, entered('contracted', '2018-02-01'), measured('site', percent(0), '2018-04-01')];
    expect(severityOn('not-started', ['2018-04-01'], entries)).toEqual(['yellow']);
  });

  test('months count across the turn of the year', () => {
    const late = planned(
      [item('site', 1, { plannedStart: '2018-12-31', plannedFinish: '2019-04-30' })],
      planDay,
    );
    const across = ['2018-12-31', '2019-01-01', '2019-02-28', '2019-03-01'];
    expect(severityOn('not-started', across, [late])).toEqual([null, 'yellow', 'yellow', 'red']);
    const alone = { ...defaultRules, rules: defaultRules.rules.filter(({ rule }) => rule === 'not-started') };
    const next = (on: string) => judged(on, [late], alone).nextOn;
    expect([next('2018-12-31'), next('2019-01-01'), next('2019-03-01')]).toEqual([
      '2019-01-01',
      '2019-03-01',
      null,
    ]);
  });
});

describe('item overdue', () => {
  const roof = item('roof', 1, { name: { en: 'Roof', zh: '屋面' }, plannedFinish: '2018-03-31' });

  test('is yellow from the day after its planned finish, red from 30 days on', () => {
    const days = ['2018-03-31', '2018-04-01', '2018-04-29', '2018-04-30'];
    const entries = [planned([roof], planDay), measured('roof', percent(80), '2018-03-30')];
    expect(severityOn('item-overdue', days, entries)).toEqual([null, 'yellow', 'yellow', 'red']);
    expect(watchedBy('item-overdue', '2018-04-10', entries)).toEqual([
      {
        rule: 'item-overdue',
        subject: { kind: 'item', id: 'roof' },
        cause: 'schedule',
        since: '2018-04-01',
        anchor: 'plan:e1 finish:2018-03-31 done:8000',
        evidence: ['e1', 'e2'],
        severity: 'yellow',
        isHeld: false,
        reason: {
          en: 'Roof is 80 % done, 10 days after its planned finish 2018-03-31; the rules warn from 1 day, red from 30.',
          zh: '“屋面”完成 80%，已超过计划完成日 2018年3月31日 10 天；规则自 1 天起预警，自 30 天起为红灯。',
        },
        clears: {
          en: 'A report that Roof is done, or a plan that finishes it later.',
          zh: '报告“屋面”完成，或发布推迟其完成日的新计划。',
        },
      },
    ]);
  });

  test('ends when the item is done, and when a plan moves it to a later day', () => {
    const late = [planned([roof], planDay)];
    expect(watchedBy('item-overdue', '2018-04-10', [...late, done('roof', '2018-04-09')])).toEqual([]);
    const later = planned([{ ...roof, plannedFinish: '2018-06-30' }], '2018-04-09', { version: 2 });
    expect(watchedBy('item-overdue', '2018-04-10', [...late, later])[0]).toMatchObject({
      severity: null,
      anchor: 'plan:e2 finish:2018-06-30 done:0',
    });
  });

  test('a group counts only for leaves without a finish of their own; items without weight are not late', () => {
    const march = { plannedFinish: '2018-03-31' };
    const items = [
      item('shop', 1, march),
      item('shop-roof', 1, { parent: 'shop', ...march }),
      item('office', 1, march),
      item('office-roof', 1, { parent: 'office' }),
      item('sign', 0, march),
      item('production', 1, { ...march, measure: 'done', stage: 'in-production' }),
    ];
    const subjects = watchedBy('item-overdue', '2018-04-10', [planned(items, planDay)]).map(
      (one) => one.subject,
    );
    expect(subjects).toEqual([
      { kind: 'item', id: 'shop-roof' },
      { kind: 'item', id: 'office' },
    ]);
  });
});

describe('stage late', () => {
  const trial = item('trial', 1, { measure: 'done', stage: 'trial-production', plannedFinish: '2018-05-31' });
  const production = item('production', 1, { measure: 'done', stage: 'in-production' });

  test('a stage not entered by its planned finish is late', () => {
    const days = ['2018-05-31', '2018-06-01', '2018-06-29', '2018-06-30'];
    expect(severityOn('stage-late', days, [planned([trial], planDay)])).toEqual([
      null,
      'yellow',
      'yellow',
      'red',
    ]);
    expect(watchedBy('stage-late', '2018-06-10', [planned([trial], planDay)])[0]).toMatchObject({
      subject: { kind: 'target', id: 'trial' },
      since: '2018-06-01',
      reason: {
        en: 'trial is not reached, 10 days after its planned finish 2018-05-31; the rules warn from 1 day, red from 30.',
      },
    });
  });

  test('it ends when the stage is entered, even if a part of it is reported unfinished', () => {
    const entries = [planned([trial, item('yard', 1)], planDay), entered('trial-production', '2018-06-05')];
    const partly = measured('trial', percent(30), '2018-06-06');
    expect(
      severityOn('stage-late', ['2018-06-04', '2018-06-05', '2018-06-10'], [...entries, partly]),
    ).toEqual(['yellow', undefined, undefined]);
  });

  test('without a rule for missed forecasts, production is late after the latest one, and completion too', () => {
    const promises = [
      planned([production], planDay),
      forecast('production', ['2018-03-01', '2018-03-31'], '2018-02-01'),
      forecast('production', ['2018-06-01', '2018-06-30'], '2018-03-31'),
      forecast('completion', ['2018-06-15', '2018-07-15'], '2018-03-31'),
    ];
    const late = (on: string) =>
      watchedBy('stage-late', on, promises, withoutMissed).map(({ subject, severity, evidence }) => [
        subject,
        severity,
        evidence,
      ]);
    const [ofProduction, ofCompletion] = [
      { kind: 'target', id: 'production' },
      { kind: 'target', id: 'completion' },
    ];
    expect(late('2018-07-01')).toEqual([
      [ofProduction, 'yellow', ['e3']],
      [ofCompletion, null, ['e4']],
    ]);
    expect(late('2018-07-16').map(([, severity]) => severity)).toEqual(['yellow', 'yellow']);
    expect(late('2018-02-10')).toEqual([[ofProduction, null, ['e2']]]);
  });

  test('an item with the name of a target is evaluated once', () => {
    const named = item('completion', 1, {
      measure: 'done',
      stage: 'trial-production',
      plannedFinish: '2018-05-31',
    });
    const promise = forecast('completion', ['2018-03-01', '2018-03-31'], '2018-02-01');
    expect(
      watchedBy('stage-late', '2018-06-10', [planned([named], planDay), promise], withoutMissed),
    ).toHaveLength(1);
  });

  test('a planned day of production takes precedence over a forecast', () => {
    const dated = planned([{ ...production, plannedFinish: '2018-12-31' }], planDay);
    const promise = forecast('production', ['2018-03-01', '2018-03-31'], '2018-02-01');
    expect(severityOn('stage-late', ['2018-04-10', '2019-01-01'], [dated, promise], withoutMissed)).toEqual([
      null,
      'yellow',
    ]);
  });
});
