import { describe, expect, test } from '@jest/globals';
import {
  cleared,
  count,
  done,
  entered,
  forecast,
  invested,
  item,
  measured,
  percent,
  planned,
  registered,
  stalled,
  unchanged,
  wan,
  withdrawn,
  word,
} from '../../support/entries.js';
import { judged, severityOn, watchedBy } from '../../support/judged.js';

const march1 = '2018-03-01';
const april10 = '2018-04-10';
const plan = planned(
  [
    item('roof', 60, { name: { en: 'Roof', zh: '屋面' } }),
    item('dormitories', 40, { measure: 'count', of: 5 }),
    item('sign', 0),
  ],
  '2018-01-01',
);
const roofRose = measured('roof', percent(40), march1);
const noChange = unchanged('2018-03-11', april10);
const silentDays = ['2018-04-14', '2018-04-15', '2018-05-29', '2018-05-30'];

describe('silent stall', () => {
  test('is due 30 + 15 days after the last rise, and red after 90, when reports came', () => {
    const entries = [plan, roofRose, noChange];
    expect(severityOn('silent-stall', silentDays, entries)).toEqual([null, 'yellow', 'yellow', 'red']);
  });

  test('states what it counts, which silence it is, and what would clear it', () => {
    expect(watchedBy('silent-stall', '2018-04-17', [plan, roofRose, noChange])).toEqual([
      {
        rule: 'silent-stall',
        subject: { kind: 'project' },
        cause: 'silence',
        silence: 'no-change',
        since: march1,
        anchor: 'rise:e2 from:e2 report:e3',
        evidence: ['e2', 'e3'],
        severity: 'yellow',
        isHeld: false,
        reason: {
          en: 'No weighted item has risen for 47 days (since 2018-03-01), and the last report (2018-04-10) says that nothing changed; the rules warn from 30 + 15 days, red from 90.',
          zh: '加权工程部位已 47 天没有上升（自 2018年3月1日起），最近一次报告（2018年4月10日）称“无变化”；规则自 30 + 15 天起预警，自 90 天起为红灯。',
        },
        clears: {
          en: 'A report that a weighted item is further than before, such as Roof (40 % now).',
          zh: '报告任一加权工程部位有新进展，例如“屋面”（现为 40%）。',
        },
      },
    ]);
  });

  test.each([
    ['that nothing changed', noChange, 'no-change'],
    ['a count of 0', measured('dormitories', count(0, 5), april10), 'zero'],
    ['a month without money', invested(wan(0), april10, { span: 'month' }), 'zero'],
    ['money at the level where it was', invested(wan(800), april10), 'zero'],
    ['the same figure again', measured('roof', percent(40), april10), 'nothing-rose'],
  ])('a last report of %s is distinguished', (_said, report, silence) => {
    const entries = [plan, roofRose, invested(wan(800), march1), report];
    const [watched] = watchedBy('silent-stall', '2018-04-17', entries);
    expect([watched?.severity, watched?.silence]).toEqual(['yellow', silence]);
  });

  test.each([
    ['more money', invested(wan(900), april10)],
    ['a word said again', measured('roof', word('under-way'), april10)],
    ['the first level of another item', measured('dormitories', count(1, 5), april10)],
    ['a milestone', done('sign', april10)],
    ['a stage', entered('contracted', april10)],
    ['a forecast', forecast('completion', ['2018-12-01', '2018-12-31'], april10)],
  ])('%s is no sign of a silent stall', (_said, report) => {
    const first = measured('roof', word('under-way'), march1);
    const entries = [plan, first, invested(wan(800), march1), report];
    expect(severityOn('silent-stall', ['2018-08-01'], entries)).toEqual([null]);
    const still = measured('roof', percent(10), '2018-04-11');
    expect(severityOn('silent-stall', ['2018-08-01'], [...entries, still])).toEqual(['red']);
  });

  test.each([
    ['80 of 100 households, later 100 of 160', count(80, 100, '户'), count(100, 160, '户')],
    ['6 piles, later 80, without a total', count(6), count(80)],
    ['200 piles, later 300', count(200, undefined, '根'), count(300, undefined, '根')],
  ])('%s is a rise', (_said, earlier, later) => {
    const households = planned([item('dormitories', 1, { measure: 'count' })], '2018-01-01');
    const entries = [households, measured('dormitories', earlier, march1)];
    const rose = measured('dormitories', later, april10);
    const again = measured('dormitories', later, '2018-05-10');
    const since = (...more: typeof entries) =>
      watchedBy('silent-stall', '2018-06-01', [...entries, ...more]).map(({ since, severity }) => [
        since,
        severity,
      ]);
    expect(since(rose)).toEqual([[april10, null]]);
    expect(since(rose, again)).toEqual([[april10, 'yellow']]);
    expect(since(measured('dormitories', earlier, april10))).toEqual([[march1, 'red']]);
  });

  test('a first report before the plan is no sign of a silent stall', () => {
    const early = measured('roof', percent(40), '2017-12-01');
    expect(severityOn('silent-stall', ['2018-06-01'], [early, plan])).toEqual([null]);
    const again = measured('roof', percent(40), april10);
    const [watched] = watchedBy('silent-stall', '2018-06-01', [early, plan, again]);
    expect([watched?.since, watched?.severity]).toEqual(['2017-12-01', 'red']);
  });

  test('is not due without any reports: that is another silence', () => {
    expect(severityOn('silent-stall', silentDays, [plan, roofRose])).toEqual([null, null, null, null]);
    expect(severityOn('unreported', silentDays, [plan, roofRose])).toEqual([
      null,
      'yellow',
      'yellow',
      'yellow',
    ]);
  });

  test('ends with the report that a weighted item rose, however little', () => {
    const rose = measured('roof', percent(41), '2018-04-16');
    const [watched] = watchedBy('silent-stall', '2018-04-17', [plan, roofRose, noChange, rose]);
    expect([watched?.severity, watched?.since, watched?.anchor]).toEqual([
      null,
      '2018-04-16',
      'rise:e4 from:e4 report:none',
    ]);
  });

  test("a repeated report of a group's or a stage's progress is no rise", () => {
    const groups = planned(
      [item('shop', 1), item('walls', 1, { parent: 'shop' }), item('yard', 1)],
      '2018-01-01',
    );
    const entries = [groups, done('shop', march1), done('walls', april10)];
    expect(watchedBy('silent-stall', '2018-04-17', entries)[0]?.since).toBe(march1);
    const built = [groups, entered('built', march1), done('yard', april10)];
    expect(watchedBy('silent-stall', '2018-04-17', built)).toEqual([]);
    const denied = [...built, measured('walls', percent(50), '2018-04-11'), done('walls', '2018-04-12')];
    expect(watchedBy('silent-stall', '2018-04-11', denied)[0]?.since).toBe(march1);
  });

  test('counts from the first known day when nothing ever rose, or from a later planned start', () => {
    const report = unchanged('2018-01-02', '2018-02-01');
    expect(watchedBy('silent-stall', '2018-02-15', [plan, report])[0]).toMatchObject({
      since: '2018-01-01',
      severity: 'yellow',
    });
    const dated = planned(
      [item('roof', 1, { plannedStart: '2018-06-01', plannedFinish: '2018-12-31' })],
      '2018-01-01',
    );
    expect(watchedBy('silent-stall', '2018-02-15', [dated, report])[0]).toMatchObject({
      since: '2018-06-01',
      severity: null,
    });
  });

  test('counts again from the day the works resume', () => {
    const entries = [plan, roofRose, stalled({}, march1), noChange, cleared('money', '2018-07-01')];
    const later = unchanged('2018-07-02', '2018-07-31');
    expect(severityOn('silent-stall', ['2018-06-30', '2018-07-01'], entries)).toEqual(['red', null]);
    expect(severityOn('silent-stall', ['2018-08-14', '2018-08-15'], [...entries, later])).toEqual([
      null,
      'yellow',
    ]);
  });

  test('counts from the last of several days on which the works resumed, and not from what blocked something else', () => {
    const entries = [
      plan,
      roofRose,
      stalled({ stall: 'one' }, march1),
      stalled({ stall: 'two' }, march1),
      stalled({ stall: 'staff', blocks: ['staffing'] }, march1),
      entered('suspended', march1),
      entered('resumed', '2018-04-02'),
    ];
    const since = (...more: typeof entries) =>
      watchedBy('silent-stall', '2018-06-01', [...entries, ...more])[0]?.since;
    expect(since()).toBe('2018-04-02');
    expect(since(cleared('one', '2018-04-05'), cleared('two', '2018-04-03'))).toBe('2018-04-05');
    expect(since(cleared('two', '2018-04-04'), cleared('staff', '2018-04-09'))).toBe('2018-04-04');
    expect(since(cleared('one', '2018-04-01'))).toBe('2018-04-02');
  });

  test('a withdrawn rise and a withdrawn report are ignored', () => {
    const misread = measured('roof', percent(60), '2018-04-01');
    const entries = [plan, roofRose, misread, noChange];
    expect(watchedBy('silent-stall', '2018-04-17', entries)[0]?.since).toBe('2018-04-01');
    expect(watchedBy('silent-stall', '2018-04-17', [...entries, withdrawn('e3', april10)])[0]).toMatchObject({
      since: march1,
      severity: 'yellow',
    });
    expect(watchedBy('silent-stall', '2018-04-17', [...entries, withdrawn('e4', april10)])[0]?.anchor).toBe(
      'rise:e3 from:e3 report:none',
    );
  });

  test('cannot be evaluated without a plan with weights, and says so', () => {
    expect(judged('2018-04-17', [roofRose, noChange]).notJudged).toContainEqual({
      rule: 'silent-stall',
      why: { en: 'no plan with weighted items is in force', zh: '没有带权重工程部位的有效计划' },
    });
  });
});

describe('unreported', () => {
  const registration = registered({}, '2018-01-01');

  test('is due 45 days after the last report', () => {
    expect(severityOn('unreported', ['2018-05-24', '2018-05-25'], [plan, roofRose, noChange])).toEqual([
      null,
      'yellow',
    ]);
  });

  test('names whose report is due', () => {
    expect(watchedBy('unreported', '2018-04-20', [plan, roofRose])).toEqual([
      {
        rule: 'unreported',
        subject: { kind: 'project' },
        cause: 'silence',
        silence: 'unreported',
        since: march1,
        anchor: 'report:e2',
        evidence: ['e2'],
        severity: 'yellow',
        isHeld: false,
        reason: {
          en: 'Nobody has reported for 50 days (last report 2018-03-01); the rules warn from 45 days.',
          zh: '已 50 天无人报告（最近报告 2018年3月1日）；规则自 45 天起预警。',
        },
        clears: {
          en: 'Any report about a day after 2018-03-01, also one that nothing changed.',
          zh: '任何关于 2018年3月1日之后的报告，“无变化”也算。',
        },
      },
    ]);
  });

  test('a plan is not a report: without one the days count from the first known day', () => {
    const entries = [registration, planned([item('roof', 1)], '2018-02-10')];
    expect(severityOn('unreported', ['2018-02-14', '2018-02-15'], entries)).toEqual([null, 'yellow']);
  });

  test('a report of no change ends it', () => {
    const entries = [registration, unchanged('2018-02-01', '2018-02-14')];
    expect(severityOn('unreported', ['2018-02-15'], entries)).toEqual([null]);
  });
});

test('no report is due for a project while it is suspended, and its stall explains the rest', () => {
  const { watched } = judged('2018-12-31', [plan, roofRose, noChange, entered('suspended', april10)]);
  expect(
    watched.map(({ rule, subject, severity, explainedBy }) => [rule, subject.kind, severity, explainedBy]),
  ).toEqual([
    ['declared-stall', 'stall', 'red', undefined],
    ['silent-stall', 'project', 'red', ['suspended']],
  ]);
});

test.each(['in-production', 'accepted', 'cancelled'] as const)(
  'no report is due for a project once it is %s',
  (stage) => {
    const { watched } = judged('2018-12-31', [plan, roofRose, entered(stage, april10)]);
    expect(watched).toEqual([]);
  },
);

test('a project is silent again some time after it was resumed', () => {
  const entries = [plan, roofRose, entered('suspended', april10), entered('resumed', '2018-09-01')];
  expect(severityOn('unreported', ['2018-10-15', '2018-10-16'], entries)).toEqual([null, 'yellow']);
});

test('the next day with a change is returned', () => {
  const entries = [plan, roofRose, noChange];
  expect(judged('2018-04-11', entries).nextOn).toBe('2018-04-15');
  expect(judged('2018-04-15', entries).nextOn).toBe('2018-05-25');
  expect(judged('2018-05-25', entries).nextOn).toBe('2018-05-30');
  expect(judged('2018-05-30', entries).nextOn).toBeNull();
});

test('an entry about a later day is not used yet, and before the first one there is nothing', () => {
  expect(judged('2018-03-05', [plan, roofRose, noChange]).nextOn).toBe(april10);
  expect(judged('2017-12-31', [plan, roofRose])).toEqual({
    on: '2017-12-31',
    watched: [],
    notJudged: [],
    nextOn: '2018-01-01',
  });
});
