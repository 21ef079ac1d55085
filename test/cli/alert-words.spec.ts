import { expect, test } from '@jest/globals';
import { defaultRules } from '../../domain/governance/rules.js';
import type { AlertShown } from '../../src/cli/client/answers.js';
import { alertTable, countLine } from '../../src/cli/views/alerts/alert-table.js';
import { noticeTable } from '../../src/cli/views/alerts/notices.js';
import { happeningLine, type Told } from '../../src/cli/views/alerts/watch-words.js';

const recordedAt = '2018-07-10T01:02:03.456Z';
const stalled: AlertShown = {
  alert: '7c1c0f2f-d8d3-5dde-a26a-6f9d0efd331b',
  project: 'huaao-2',
  of: { name: 'Huaao II', names: { en: 'Huaao II' }, district: 'north', sector: 'cars' },
  rule: 'declared-stall',
  rulesVersion: 1,
  subject: { kind: 'stall', id: 'financing' },
  cause: 'financing',
  status: 'open',
  severity: 'red',
  since: '2018-06-01',
  anchor: 'stall:financing',
  evidence: ['64d975ca-6954-5558-854c-2cd3a3ca1661'],
  reason: 'Declared stalled for 40 days.',
  clears: 'An entry that works resumed.',
  opening: 1,
  raisedOn: '2018-07-10',
  raisedAt: recordedAt,
  toldOn: '2018-07-10',
  reminders: 0,
  deadline: { duty: { role: 'leader', words: 'the leader holds an interview' }, dueOn: '2018-07-17' },
  position: 82,
};
const silenced: AlertShown = {
  ...stalled,
  alert: 'd85ac38f-bc7e-55ef-8483-d2e56a82d59a',
  project: 'tengjun',
  rule: 'forecast-slip',
  subject: { kind: 'target', id: 'production' },
  cause: 'schedule',
  severity: 'yellow',
  since: '2018-06-30',
  mutedBy: stalled.alert,
  acknowledged: {
    alert: 'd85ac38f-bc7e-55ef-8483-d2e56a82d59a',
    name: 'Wang Gong',
    dueOn: '2018-07-20',
    note: 'bank meets on the 18th',
    by: 'wang.gong',
    at: recordedAt,
    entry: '01a20ba5-0f68-7531-88df-9b96b86bd1f8',
  },
  silenced: {
    alert: 'd85ac38f-bc7e-55ef-8483-d2e56a82d59a',
    until: '2018-07-10',
    reason: 'known',
    by: 'wang.gong',
    at: recordedAt,
    entry: '01a20ba5-1258-743c-bc9d-74c946e2b6fd',
  },
};
const cleared: AlertShown = {
  ...stalled,
  status: 'cleared',
  clears: null,
  cleared: {
    because: 'fact',
    evidence: ['01a20ba5-1a50-748a-8534-d623bc61baaa'],
    reason: 'The stall was reported over.',
    on: '2018-07-10',
    at: recordedAt,
  },
};
const flood = {
  where: { project: 'tengjun' },
  from: '2018-07-01',
  to: '2018-07-31',
  reason: 'flood',
};
const on = { today: '2018-07-10', rules: { ...defaultRules, exemptions: [flood] } };
const plainly = { coloured: (_: string, text: string) => text };
const marked = { coloured: (colour: string, text: string) => `<${colour}>${text}</>` };

test('each alert is one line, with the deadline, who acknowledged it, and why it is silent', () => {
  expect(alertTable([stalled, silenced], on, plainly, 'en').split('\n')).toEqual([
    'Severity  Since       Days  Project  What                        Deadline            Taken on               Not sent                                             Id',
    expect.stringMatching(/^─+$/),
    'red       2018-06-01    40  huaao-2  stalled (financing)         2018-07-17, leader                                                                              7c1c0f2f',
    'yellow    2018-06-30    10  tengjun  forecast slip (production)  2018-07-17, leader  Wang Gong, 2018-07-20  muted, silenced to 2018-07-10, exempt to 2018-07-31  d85ac38f',
  ]);
});

test('an expired silence and exemption are not shown', () => {
  const later = { ...on, today: '2018-08-01' };
  expect(alertTable([{ ...silenced, mutedBy: undefined }], later, plainly, 'en').split('\n')[2]).toBe(
    'yellow    2018-06-30    32  tengjun  forecast slip (production)  2018-07-17, leader  Wang Gong, 2018-07-20            d85ac38f',
  );
});

test('only the severity is in colour', () => {
  const lines = alertTable([stalled], on, marked, 'zh').split('\n');
  expect(lines[2]).toMatch(/^<red>红<\/> +2018-06-01 +40 +huaao-2 +停工\/受阻（融资） +2018-07-17, leader/);
});

test('alerts are counted by severity', () => {
  expect(countLine([stalled, silenced, silenced], 'en')).toBe('3 alerts: 1 red, 2 yellow.');
  expect(countLine([stalled], 'zh')).toBe('共 1 条预警：红色 1 条。');
});

test('a cleared alert counts its days up to its clearing, and has no deadline', () => {
  const later = { ...on, today: '2019-07-10' };
  expect(alertTable([cleared], later, plainly, 'en', true).split('\n')[2]).toMatch(
    /^cleared +red +2018-06-01 +40 +huaao-2 +stalled \(financing\) +7c1c0f2f$/,
  );
});

const told = (type: Told['type'], alert: AlertShown): Told => ({
  position: alert.position,
  recordedAt,
  type,
  event: '01a20ba5-0f68-7531-88df-9b96b86bd1f8',
  alert,
});

test.each([
  [
    'AlertRaised',
    stalled,
    'red     Raised: Huaao II (huaao-2), stalled (financing). Declared stalled for 40 days. By 2018-07-17 the leader holds an interview. [7c1c0f2f]',
  ],
  [
    'AlertRaised',
    { ...stalled, opening: 2, mutedBy: 'x' },
    'red     Opened again, muted by a declared stall: Huaao II (huaao-2), stalled (financing). Declared stalled for 40 days. By 2018-07-17 the leader holds an interview. [7c1c0f2f]',
  ],
  [
    'AlertEscalated',
    { ...stalled, isByDeadline: true as const },
    'red     More serious, because nobody answered: Huaao II (huaao-2), stalled (financing). Declared stalled for 40 days. By 2018-07-17 the leader holds an interview. [7c1c0f2f]',
  ],
  [
    'AlertAcknowledged',
    silenced,
    'yellow  Taken on by Wang Gong, to be answered by 2018-07-20: Huaao II (tengjun), forecast slip (production). bank meets on the 18th [d85ac38f]',
  ],
  [
    'AlertSilenced',
    silenced,
    'yellow  Silenced until 2018-07-10 (inclusive): Huaao II (tengjun), forecast slip (production). known [d85ac38f]',
  ],
  [
    'AlertMuted',
    silenced,
    'yellow  Muted by a declared stall: Huaao II (tengjun), forecast slip (production). [d85ac38f]',
  ],
  [
    'AlertCleared',
    cleared,
    'red     Cleared: Huaao II (huaao-2), stalled (financing). The stall was reported over. [7c1c0f2f]',
  ],
] as const)('%s is one line', (type, alert, line) => {
  expect(happeningLine(told(type, alert), plainly, 'en')).toBe(`2018-07-10 01:02:03Z  ${line}`);
});

test('an event is shown in Chinese, and cannot control the terminal', () => {
  const odd = { ...cleared, of: { ...stalled.of, name: '华奥\u001b[2J' } };
  expect(happeningLine(told('AlertCleared', odd), marked, 'zh')).toBe(
    '2018-07-10 01:02:03Z  <red>红</>  解除：华奥\ufffd[2J（huaao-2），停工/受阻（融资）。The stall was reported over.[7c1c0f2f]',
  );
});

test("notices show the name of the subscription and the receiver's answer", () => {
  const attempt = {
    notice: '019a4c1e-0000-5000-8000-0000000000b1',
    subscription: '019a4c1e-0000-7000-8000-0000000000f1',
    channel: 'webhook' as const,
    at: recordedAt,
    events: [],
  };
  const items = [
    {
      ...attempt,
      outcome: 'retry' as const,
      attempt: 1,
      position: 90,
      status: 503,
      why: 'busy',
      nextAt: '2018-07-10T01:02:08.000Z',
    },
    { ...attempt, outcome: 'accepted' as const, attempt: 2, position: 91, status: 200 },
  ];
  const names = new Map([[attempt.subscription, 'office']]);
  const answer = { knownAt: { position: 91 }, alert: stalled.alert, items };
  expect(noticeTable(answer, names, 'en').split('\n').slice(2)).toEqual([
    '2018-07-10 01:02:03Z  office (019a4c1e)  webhook        1  tried again  503 busy  2018-07-10 01:02:08Z',
    '2018-07-10 01:02:03Z  office (019a4c1e)  webhook        2  accepted     200',
  ]);
  expect(noticeTable({ ...answer, items: [] }, names, 'en')).toBe('Nobody was notified by a subscription.');
});
