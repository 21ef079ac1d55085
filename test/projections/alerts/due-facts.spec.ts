import { describe, expect, test } from '@jest/globals';
import { defaultRules, type Rule } from '../../../domain/governance/rules.js';
import { addDays } from '../../../domain/values/days/calendar.js';
import {
  cleared,
  described,
  done,
  entered,
  entry,
  forecast,
  invested,
  item,
  measured,
  percent,
  planned,
  registered,
  stalled,
  wan,
} from '../../support/entries.js';
import { judged, severityOn, watchedBy } from '../../support/judged.js';

const planDay = '2018-01-01';
const june1 = '2018-06-01';
const june30 = '2018-06-30';
const july10 = '2018-07-10';

describe('declared stall', () => {
  const financing = stalled({ stall: 'financing', from: june1 }, june30);

  test('is due as soon as it is declared, with its cause and what would clear it', () => {
    expect(watchedBy('declared-stall', july10, [financing])).toEqual([
      {
        rule: 'declared-stall',
        subject: { kind: 'stall', id: 'financing' },
        cause: 'financing',
        since: june1,
        anchor: 'stall:e1 from:2018-06-01 financing works',
        evidence: ['e1'],
        stopsWorks: true,
        severity: 'red',
        isHeld: false,
        reason: {
          en: 'Declared stalled (works) for 40 days, since 2018-06-01: financing.',
          zh: '停工 40 天，自 2018年6月1日起：融资。',
        },
        clears: {
          en: 'An entry that the stall "financing" is cleared (works resumed).',
          zh: '登记“financing”已解除（恢复施工）。',
        },
      },
    ]);
  });

  test('has the highest severity among what it blocks', () => {
    const licence = stalled({ cause: 'licence', blocks: ['staffing', 'production'] }, june1);
    const [watched] = watchedBy('declared-stall', july10, [licence]);
    expect([watched?.severity, watched?.cause, watched?.stopsWorks]).toEqual([
      'yellow',
      'licence',
      undefined,
    ]);
    const both = stalled({ blocks: ['production', 'works'] }, june1);
    expect(watchedBy('declared-stall', july10, [both])[0]?.severity).toBe('red');
  });

  test('ends when it is cleared, and not at its expected end', () => {
    const month = stalled({ from: june1, expectedEnd: june30 }, june30);
    expect(severityOn('declared-stall', [july10], [month])).toEqual(['red']);
    expect(watchedBy('declared-stall', july10, [month, cleared('money', july10)])).toEqual([]);
  });

  test('of an item may have no cause, is due by what it blocks, and asks for its end', () => {
    const unknown = { cause: 'unknown', item: 'roof', from: june1 } as const;
    const entries = (blocks: readonly ('works' | 'production')[]) => [
      planned([item('roof', 1), item('road', 1)], june1),
      stalled({ ...unknown, blocks: [...blocks] }, june30),
    ];
    const [works] = watchedBy('declared-stall', july10, entries(['works']));
    expect([works?.severity, works?.cause, works?.reason.en, works?.reason.zh]).toEqual([
      'red',
      'unknown',
      'roof is declared stalled (works) for 40 days, since 2018-06-01: cause not stated.',
      '“roof”停工 40 天，自 2018年6月1日起：原因未说明。',
    ]);
    const [production] = watchedBy('declared-stall', july10, entries(['production']));
    expect(production?.severity).toBe('yellow');
    const over = [...entries(['works']), cleared('money', july10)];
    expect(watchedBy('declared-stall', july10, over)).toEqual([]);
  });

  test('that begins later is not yet due', () => {
    const ahead = stalled({ from: '2018-07-20' }, july10);
    expect(watchedBy('declared-stall', july10, [ahead])[0]?.severity).toBeNull();
    expect(judged(july10, [ahead]).nextOn).toBe('2018-07-20');
    expect(severityOn('declared-stall', ['2018-07-20'], [ahead])).toEqual(['red']);
  });

  test('is open in a complete project, and not in a cancelled one', () => {
    const staffing = stalled({ cause: 'labour', blocks: ['staffing'] }, june1);
    expect(severityOn('declared-stall', [july10], [staffing, entered('in-production', june30)])).toEqual([
      'yellow',
    ]);
    expect(judged(july10, [staffing, entered('cancelled', june30)]).watched).toEqual([]);
  });
});

describe('forecast slip', () => {
  const first = forecast('production', ['2018-07-01', '2018-12-31'], '2018-02-01');
  const second = forecast('production', ['2019-03-01', '2019-03-31'], june30, {
    scope: { en: 'whole vehicle' },
    reason: { en: 'no licence yet' },
  });

  test('compares like ends, and the smaller slip counts', () => {
    expect(watchedBy('forecast-slip', july10, [first, second])).toEqual([
      {
        rule: 'forecast-slip',
        subject: { kind: 'target', id: 'production' },
        cause: 'schedule',
        since: june30,
        anchor: 'promise:e2 against:e1',
        evidence: ['e2', 'e1'],
        severity: 'red',
        isHeld: false,
        reason: {
          en: 'Production (whole vehicle) is expected in March 2019, first promised in the second half of 2018: 90 to 243 days later, like for like; the rules warn from 30 days, red from 90. Reason: no licence yet.',
          zh: '项目（whole vehicle）预计 2019年3月投产，最初承诺 2018年下半年：同口径推迟 90 至 243 天；规则自 30 天起预警，自 90 天起为红灯。原因：no licence yet。',
        },
        clears: {
          en: 'The stage "in production", a forecast less than 30 days late, or a new plan.',
          zh: '登记“已投产”，作出推迟少于 30 天的预计，或发布新计划。',
        },
      },
    ]);
  });

  test.each<[string, object, string, string]>([
    [
      'of a range around the planned day is at most so much',
      { earliest: '2018-08-01', latest: '2018-10-15' },
      'roof is expected between 2018-08-01 and 2018-10-15, planned for 2018-08-31: up to 45 days later;',
      '“roof”预计 2018年8月1日至 2018年10月15日完成，计划 2018年8月31日：最多推迟 45 天；',
    ],
    [
      'of a last day only is at most so much',
      { latest: '2018-10-15' },
      'roof is expected by 2018-10-15, planned for 2018-08-31: up to 45 days later;',
      '“roof”预计不晚于 2018年10月15日完成，计划 2018年8月31日：最多推迟 45 天；',
    ],
    [
      'of a first day only is at least so much',
      { earliest: '2018-10-15' },
      'roof is expected not before 2018-10-15, planned for 2018-08-31: at least 45 days later;',
      '“roof”预计不早于 2018年10月15日完成，计划 2018年8月31日：至少推迟 45 天；',
    ],
    [
      'of a day is so much',
      { earliest: '2018-10-15', latest: '2018-10-15' },
      'roof is expected on 2018-10-15, planned for 2018-08-31: 45 days later;',
      '“roof”预计 2018年10月15日完成，计划 2018年8月31日：推迟 45 天；',
    ],
    [
      'without a day counts as the least that is warned of, and says so',
      {},
      'roof is delayed, no day named, planned for 2018-08-31; it counts as 30 days late until a day is named.',
      '“roof”延期完成，日期未定，计划 2018年8月31日；未定日期前按推迟 30 天计。',
    ],
  ])('a delay %s', (_, when, en, zh) => {
    const [watched] = watchedBy('forecast-slip', july10, [
      planned([item('roof', 1, { plannedFinish: '2018-08-31' })], '2018-01-01'),
      entry('ForecastGiven', { target: 'roof', ...when }, june30),
    ]);
    expect([watched?.reason.en, watched?.reason.zh]).toEqual([
      expect.stringContaining(en),
      expect.stringContaining(zh),
    ]);
  });

  test('many small slips add up from the first forecast', () => {
    const slips = ['2018-01-20', '2018-02-09', '2018-03-01', '2018-03-21', '2018-04-10'].map((day, index) =>
      forecast('roof', [day, day], `2018-01-0${index + 1}`),
    );
    const severityAfter = (promises: number) =>
      severityOn('forecast-slip', [july10], slips.slice(0, promises))[0];
    expect([1, 2, 3, 4, 5].map(severityAfter)).toEqual([undefined, null, 'yellow', 'yellow', 'yellow']);
  });

  test('a planned finish takes precedence over the first forecast', () => {
    const plan = planned([item('roof', 1, { plannedFinish: '2018-08-31' })], planDay);
    const [watched] = watchedBy('forecast-slip', july10, [
      plan,
      forecast('roof', ['2018-09-01', '2018-10-15'], june30),
    ]);
    expect([watched?.severity, watched?.evidence, watched?.reason.en]).toEqual([
      'yellow',
      ['e2', 'e1'],
      'roof is expected between 2018-09-01 and 2018-10-15, planned for 2018-08-31: 1 to 45 days later; the rules warn from 30 days, red from 90.',
    ]);
  });

  test('an earlier forecast is no slip, and a reached target has none', () => {
    const earlier = forecast('production', ['2018-06-01', '2018-06-30'], june30);
    expect(watchedBy('forecast-slip', july10, [first, earlier])[0]).toMatchObject({
      severity: null,
      reason: {
        en: 'Production is expected in June 2018, first promised in the second half of 2018: 30 to 184 days earlier, like for like; the rules warn from 30 days, red from 90.',
      },
    });
    expect(watchedBy('forecast-slip', july10, [first, second, entered('in-production', july10)])).toEqual([]);
    const roof = [forecast('roof', [june1, june1], planDay), forecast('roof', [july10, july10], june1)];
    expect(severityOn('forecast-slip', [july10], roof)).toEqual(['yellow']);
    expect(watchedBy('forecast-slip', july10, [...roof, done('roof', july10)])).toEqual([]);
  });
});

describe('money gap', () => {
  const plan = planned([item('works', 1)], planDay, { plannedInvestment: wan(1000) });
  const works = measured('works', percent(50), june30);

  test('is due when money and works are 20 points apart, either way', () => {
    const due = (amount: number) =>
      severityOn('money-gap', [july10], [plan, works, invested(wan(amount), june30)])[0];
    expect([90, 100, 300, 301, 690, 700, 900].map(due)).toEqual([
      'red',
      'red',
      'yellow',
      null,
      null,
      'yellow',
      'red',
    ]);
  });

  test('a stated share takes precedence over a computed one', () => {
    const stated = invested(wan(800), june30, { shareOfPlanBasisPoints: 8000 });
    const [watched] = watchedBy('money-gap', july10, [planned([item('works', 1)], planDay), works, stated]);
    expect(watched).toMatchObject({
      severity: 'yellow',
      since: june30,
      evidence: ['e3', 'e1', 'e2'],
      reason: {
        en: 'The money is at 80 % of the plan (as reported, basis not stated), the works are at 50 %: 30 points apart; the rules warn from 20 points, red from 40.',
      },
      clears: {
        en: 'Reports that bring the works to 65 % or more, or a correction of the money (basis not stated) to at most 65 % of the plan.',
      },
    });
  });

  test('an open alert stays open until the two are within 15 points', () => {
    const held = (amount: number) =>
      watchedBy('money-gap', july10, [plan, works, invested(wan(amount), june30)])[0]?.isHeld;
    expect([700, 699, 651, 650].map(held)).toEqual([false, true, true, false]);
  });

  test('missing money never raises an alert: it is shown as not evaluated', () => {
    const why = (...entries: Parameters<typeof judged>[1]) => {
      const { watched, notJudged } = judged(july10, entries);
      expect(watched.filter(({ rule }) => rule === 'money-gap')).toEqual([]);
      return notJudged.find(({ rule }) => rule === 'money-gap')?.why.en;
    };
    expect(why(plan, works)).toBe('nobody reported money since the start');
    expect(why(planned([item('works', 1)], planDay), invested(wan(800), june30))).toBe(
      'the plan names no investment',
    );
    expect(why(plan, invested({ amountMinor: 5, currency: 'USD' }, june30))).toBe(
      'the money and the planned investment cannot be compared',
    );
  });
});

describe('which rule is in force', () => {
  const unreported = (days: number, where?: Rule['where']): Rule => ({
    rule: 'unreported',
    yellow: { days },
    ...(where ? { where } : {}),
  });
  const dueOn = (rules: Rule[], on: string, sector = 'chemicals') =>
    judged(on, [registered({ district: { en: 'North' }, sector: { en: sector } }, planDay)], {
      ...defaultRules,
      rules,
    }).watched.map(({ severity }) => severity);

  test('the narrowest: by project, by district with sector, by district, by sector, everywhere', () => {
    const rules = [
      unreported(50),
      unreported(40, { sector: 'chemicals' }),
      unreported(30, { district: 'North' }),
      unreported(20, { district: 'North', sector: 'chemicals' }),
      unreported(10, { project: 'huaao-2' }),
    ];
    const firstDays = rules.map((_, index) => {
      const left = rules.slice(0, index + 1);
      return [...Array(60).keys()].find((day) => {
        const on = addDays(planDay, day);
        const orders = [left, left.toReversed()];
        return orders.every((order) => dueOn(order, on)[0] === 'yellow');
      });
    });
    expect(firstDays).toEqual([50, 40, 30, 20, 10]);
  });

  test('a rule of another place is not in force, and one that is off is not evaluated', () => {
    const rules = [unreported(10), { ...unreported(20, { sector: 'furniture' }), isOff: true as const }];
    expect(dueOn(rules, july10)).toEqual(['yellow']);
    expect(dueOn(rules, july10, 'furniture')).toEqual([]);
    expect(dueOn([unreported(10, { district: 'South' })], july10)).toEqual([]);
  });

  test('a project that moves to another district is under the rules there from that day on', () => {
    const moves = [registered({ district: { en: 'North' } }, planDay)];
    const rules = { ...defaultRules, rules: [unreported(10, { district: 'North' })] };
    expect(severityOn('unreported', [july10], moves, rules)).toEqual(['yellow']);
    const moved = [...moves, described({ district: { en: 'South' } }, june30)];
    expect(severityOn('unreported', [june1, july10], moved, rules)).toEqual(['yellow', undefined]);
  });
});

test('an alert about a very large project names the plan, the money and the latest hundred entries', () => {
  const items = Array.from({ length: 150 }, (_, number) => item(`i${number}`, 1));
  const works = items.map(({ id }) => measured(id, percent(10), june1));
  const money = invested(wan(800), june30, { shareOfPlanBasisPoints: 8000 });
  const [gap] = watchedBy('money-gap', july10, [planned(items, planDay), ...works, money]);
  const last = Array.from({ length: 100 }, (_, number) => `e${number + 52}`);
  expect(gap?.evidence).toEqual(['e152', 'e1', ...last]);
});
