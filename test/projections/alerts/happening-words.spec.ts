import { describe, expect, test } from '@jest/globals';
import type { Alert } from '../../../domain/alerts/alert.js';
import {
  type AlertSaid,
  happeningWords,
  headlineWords,
  subjectWords,
} from '../../../projections/alerts/happening-words.js';

const reason = { en: 'Stalled for 39 days.', zh: '停滞已 39 天。' };
const clears = { en: 'works go on', zh: '恢复施工' };
const of = { name: { en: 'Huaao Auto II', zh: '华奥汽车二期' } };
const interview = {
  duty: { role: 'leader', words: { en: 'the responsible leader holds an interview', zh: '分管领导约谈' } },
  dueOn: '2018-07-17',
};

const stall: Alert = {
  alert: 'a-1',
  project: 'huaao-2',
  of,
  rule: 'declared-stall',
  rulesVersion: 1,
  subject: { kind: 'stall', id: 'financing' },
  cause: 'financing',
  status: 'open',
  severity: 'red',
  since: '2018-06-01',
  anchor: 'x-1',
  evidence: ['x-1'],
  reason,
  clears,
  opening: 1,
  raisedOn: '2018-07-10',
  raisedAt: '2018-07-10T01:02:03.004Z',
  toldOn: '2018-07-10',
  reminders: 0,
  position: 41,
};
const names = (item: string) => (item === 'roof' ? { en: 'Roof', zh: '屋面' } : undefined);
const facts = { since: '2018-06-01', anchor: 'x-1', evidence: ['x-1'], reason, clears };
const raised = { alert: 'a-1', rule: 'declared-stall', rulesVersion: 1, subject: stall.subject, of } as const;
const notice = { notice: 'n-1', subscription: 's-1', alerts: ['a-1'], events: ['e-1'], attempt: 2 };

describe('an alert event in words', () => {
  const cases: [string, AlertSaid, string, string][] = [
    [
      'raised, with whose duty it is',
      {
        type: 'AlertRaised',
        data: { ...raised, ...facts, severity: 'red', cause: 'financing', opening: 1, deadline: interview },
      },
      'Raised red, stalled (financing): Stalled for 39 days; the responsible leader holds an interview by 2018-07-17.',
      '发出红色预警，停工/受阻（融资）：停滞已 39 天；分管领导约谈，限期 2018年7月17日。',
    ],
    [
      'opened again, muted',
      {
        type: 'AlertRaised',
        data: { ...raised, ...facts, severity: 'yellow', cause: 'financing', opening: 2, mutedBy: 'a-0' },
      },
      'Opened again yellow, muted by a declared stall (opening 2), stalled (financing): Stalled for 39 days.',
      '再次发出黄色预警（因已申报停工而免报）（第 2 次），停工/受阻（融资）：停滞已 39 天。',
    ],
    [
      'escalated by a threshold',
      {
        type: 'AlertEscalated',
        data: { alert: 'a-1', ...facts, rulesVersion: 1, from: 'yellow', to: 'red', because: 'threshold' },
      },
      'From yellow to red, stalled (financing): Stalled for 39 days.',
      '由黄色升级为红色预警，停工/受阻（融资）：停滞已 39 天。',
    ],
    [
      'escalated by a deadline',
      {
        type: 'AlertEscalated',
        data: {
          alert: 'a-1',
          ...facts,
          rulesVersion: 1,
          from: 'blue',
          to: 'yellow',
          because: 'deadline',
        },
      },
      'From blue to yellow because nobody answered by the deadline, stalled (financing): Stalled for 39 days.',
      '由蓝色升级为黄色预警（逾期未答复），停工/受阻（融资）：停滞已 39 天。',
    ],
    [
      'revised',
      { type: 'AlertRevised', data: { alert: 'a-1', ...facts, rulesVersion: 1, severity: 'yellow' } },
      'Goes on yellow for other facts, stalled (financing): Stalled for 39 days.',
      '依据已变化，仍为黄色预警，停工/受阻（融资）：停滞已 39 天。',
    ],
    [
      'reminded',
      { type: 'AlertReminded', data: { alert: 'a-1', number: 3, reason } },
      'Reminder 3, still red, stalled (financing): Stalled for 39 days.',
      '第 3 次提醒，仍为红色预警，停工/受阻（融资）：停滞已 39 天。',
    ],
    [
      'acknowledged',
      {
        type: 'AlertAcknowledged',
        data: { alert: 'a-1', name: '李伟', dueOn: '2018-07-20', note: '银行下周答复' },
      },
      'Taken on by 李伟, to be answered by 2018-07-20: 银行下周答复.',
      '李伟已认领，承诺 2018年7月20日前答复（含当日）：银行下周答复。',
    ],
    [
      'silenced',
      { type: 'AlertSilenced', data: { alert: 'a-1', until: '2018-07-20', reason: 'Site visit is set.' } },
      'Silenced until 2018-07-20 (inclusive): Site visit is set.',
      '至 2018年7月20日（含当日）不再通知：Site visit is set.',
    ],
    [
      'muted',
      { type: 'AlertMuted', data: { alert: 'a-1', mutedBy: 'a-0' } },
      'Muted: a declared stall explains it; it is kept and not told.',
      '已免报：由已申报的停工解释；保留但不通知。',
    ],
    [
      'no longer muted',
      { type: 'AlertMuted', data: { alert: 'a-1', mutedBy: null } },
      'No longer muted: it is told again.',
      '不再免报：恢复通知。',
    ],
    [
      'cleared by a fact',
      { type: 'AlertCleared', data: { alert: 'a-1', because: 'fact', evidence: ['x-2'], reason } },
      'Cleared, stalled (financing): Stalled for 39 days.',
      '已解除，停工/受阻（融资）：停滞已 39 天。',
    ],
    [
      'cleared by a correction',
      { type: 'AlertCleared', data: { alert: 'a-1', because: 'correction', evidence: ['x-2'], reason } },
      'Cleared by a correction, stalled (financing): Stalled for 39 days.',
      '已解除（更正），停工/受阻（融资）：停滞已 39 天。',
    ],
    [
      'told',
      { type: 'NoticeSent', data: { ...notice, channel: 'email' } },
      'Sent by e-mail at attempt 2.',
      '已通过邮件通知（第 2 次尝试）。',
    ],
    [
      'not delivered yet',
      {
        type: 'NoticeFailed',
        data: {
          ...notice,
          channel: 'webhook',
          outcome: 'retry',
          why: 'the receiver answered 503',
          nextAt: '2018-07-10T01:30:00.000Z',
        },
      },
      'Not delivered by webhook at attempt 2: the receiver answered 503; again at 2018-07-10T01:30:00.000Z.',
      '通过 Webhook 通知未送达（第 2 次尝试）：the receiver answered 503；2018-07-10T01:30:00.000Z 再试。',
    ],
    [
      'given up',
      {
        type: 'NoticeFailed',
        data: { ...notice, channel: 'email', outcome: 'given-up', why: 'no such mailbox' },
      },
      'Given up by e-mail after attempt 2: no such mailbox.',
      '通过邮件通知已放弃（第 2 次尝试后）：no such mailbox。',
    ],
  ];
  test.each(cases)('%s', (_title, event, en, zh) => {
    expect(happeningWords(event, stall, names)).toEqual({ en, zh });
  });
});

test('an alert about a work item has the name of the item, or its id while no plan names it', () => {
  const item = { ...stall, rule: 'item-overdue', cause: 'schedule' } as const;
  expect(headlineWords({ ...item, subject: { kind: 'item', id: 'roof' } }, names)).toEqual({
    en: 'work item overdue (Roof)',
    zh: '工程部位逾期（屋面）',
  });
  expect(headlineWords({ ...item, subject: { kind: 'item', id: 'constructor' } }, names)).toEqual({
    en: 'work item overdue (constructor)',
    zh: '工程部位逾期（constructor）',
  });
});

test('the three silences have different names', () => {
  const silent = { rule: 'silent-stall', cause: 'silence', subject: { kind: 'project' } } as const;
  const called = (['unreported', 'no-change', 'zero', 'nothing-rose'] as const).map(
    (silence) => headlineWords({ ...silent, silence }, names).en,
  );
  expect(called).toEqual([
    'no progress (nobody reported)',
    'no progress (reported: no change)',
    'no progress (reported: zero)',
    'no progress',
  ]);
});

test('the subject of an alert has a name in both languages', () => {
  expect(subjectWords({ kind: 'project' }, names)).toEqual({ en: 'the whole project', zh: '整个项目' });
  expect(subjectWords({ kind: 'target', id: 'trial-production' }, names)).toEqual({
    en: 'trial production',
    zh: '试生产',
  });
  expect(subjectWords({ kind: 'target', id: 'roof' }, names)).toEqual({ en: 'Roof', zh: '屋面' });
});
