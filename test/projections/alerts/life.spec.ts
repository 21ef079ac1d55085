import { describe, expect, test } from '@jest/globals';
import { applyToLife, emptyLife } from '../../../domain/alerts/alert.js';
import type { AlertEventData } from '../../../domain/alerts/events.js';
import { answerDueOn } from '../../../projections/alerts/life/deadlines.js';
import { context, district, huaao, lifeAfter, recorded } from './life-told.js';

const july10 = '2018-07-10';
const july11 = '2018-07-11';
const july24 = '2018-07-24';
const july25 = '2018-07-25';

const supervisor = { role: 'supervisor', words: { en: 'the office asks', zh: '督办单位要求' } };
const leader = { role: 'leader', words: { en: 'the leader asks', zh: '分管领导约谈' } };

const raised: AlertEventData['AlertRaised'] = {
  alert: 'a1',
  rule: 'silent-stall',
  rulesVersion: 1,
  subject: { kind: 'project' },
  severity: 'yellow',
  cause: 'silence',
  silence: 'no-change',
  since: '2018-05-01',
  anchor: 'rise-1',
  evidence: ['rise-1'],
  reason: { en: 'Nothing rose', zh: '无进展' },
  clears: { en: 'A rise', zh: '任一进展' },
  opening: 1,
  of: district,
  deadline: { duty: supervisor, dueOn: july24 },
};
const facts = {
  rulesVersion: 2,
  since: '2018-06-01',
  anchor: 'rise-2',
  evidence: ['rise-2'],
  reason: { en: 'Nothing rose since', zh: '此后无进展' },
  clears: { en: 'Another rise', zh: '再有进展' },
};
const answered = { alert: 'a1', name: 'Li Wei', dueOn: '2018-08-01', note: 'cranes are ordered' };
const hushed = { alert: 'a1', until: '2018-08-31', reason: 'audit' };

const open = {
  ...raised,
  project: huaao,
  status: 'open',
  raisedOn: july10,
  raisedAt: '2018-07-10T08:00:00.000Z',
  toldOn: july10,
  askedOn: july10,
  reminders: 0,
  position: 100,
};

const alertAfter = (...said: Parameters<typeof lifeAfter>) =>
  lifeAfter([july10, 'AlertRaised', raised], ...said).alerts[0];

describe('the life of an alert', () => {
  test('it starts with the data of its raising', () => {
    expect(lifeAfter([july10, 'AlertRaised', raised])).toEqual({
      project: huaao,
      revision: 0,
      alerts: [open],
    });
  });

  test('a higher threshold escalates it, with the current reason', () => {
    const step = { alert: 'a1', from: 'yellow', to: 'red', because: 'threshold' } as const;
    const deadline = { duty: leader, dueOn: '2018-07-18' };
    expect(alertAfter([july11, 'AlertEscalated', { ...step, ...facts, deadline }])).toEqual({
      ...open,
      ...facts,
      severity: 'red',
      toldOn: july11,
      askedOn: july11,
      deadline,
      position: 101,
    });
  });

  test('a missed deadline escalates it, and it keeps its subject', () => {
    const step = { alert: 'a1', from: 'yellow', to: 'red', because: 'deadline' } as const;
    const same = { ...facts, reason: { en: 'Nobody answered', zh: '无人答复' } };
    expect(alertAfter([july25, 'AlertEscalated', { ...step, ...same }])).toMatchObject({
      severity: 'red',
      isByDeadline: true,
      reason: raised.reason,
    });
  });

  test('other facts replace its own, without a notice', () => {
    expect(alertAfter([july11, 'AlertRevised', { alert: 'a1', severity: 'blue', ...facts }])).toEqual({
      ...open,
      ...facts,
      severity: 'blue',
      easedOn: july11,
      revisedOn: july11,
      position: 101,
    });
  });

  test('an acknowledgement names a day, and the deadline waits for it', () => {
    const alert = alertAfter([july11, 'AlertAcknowledged', answered]);
    expect(alert).toEqual({
      ...open,
      deadline: { duty: supervisor, dueOn: '2018-08-01' },
      askedOn: july11,
      acknowledged: { ...answered, by: 'topout', at: '2018-07-11T08:00:00.000Z', entry: 'event-1' },
      position: 101,
    });
    expect(alert && answerDueOn(alert, context())).toBe('2018-08-01');
  });

  test('a later silence replaces an earlier one', () => {
    const longer = { ...hushed, until: '2018-12-31' };
    expect(alertAfter([july11, 'AlertSilenced', hushed], [july24, 'AlertSilenced', longer])).toEqual({
      ...open,
      silenced: { ...longer, by: 'topout', at: '2018-07-24T08:00:00.000Z', entry: 'event-2' },
      position: 102,
    });
  });

  test('a reminder is counted, and changes the deadline only if it has one', () => {
    const reason = { en: 'Still yellow', zh: '仍为黄色' };
    const deadline = { duty: supervisor, dueOn: '2018-08-08' };
    const once = alertAfter([july24, 'AlertReminded', { alert: 'a1', number: 1, reason }]);
    expect(once).toEqual({ ...open, reminders: 1, toldOn: july24, position: 101 });
    expect(alertAfter([july24, 'AlertReminded', { alert: 'a1', number: 1, reason, deadline }])).toEqual({
      ...open,
      reminders: 1,
      toldOn: july24,
      askedOn: july24,
      deadline,
      position: 101,
    });
  });

  test('while muted, no deadline runs; once unmuted, the full time to answer starts again', () => {
    const muted = alertAfter([july11, 'AlertMuted', { alert: 'a1', mutedBy: 's1' }]);
    expect(muted).toEqual({ ...open, mutedBy: 's1', position: 101 });
    expect(muted && answerDueOn(muted, context())).toBeNull();
    const again = alertAfter(
      [july11, 'AlertMuted', { alert: 'a1', mutedBy: 's1' }],
      [july25, 'AlertMuted', { alert: 'a1', mutedBy: null }],
    );
    expect(again).toEqual({ ...open, toldOn: july25, unmutedOn: july25, position: 102 });
    expect(again && answerDueOn(again, context())).toBe('2018-08-08');
  });

  test('cleared, it names the cause, and no answer is due', () => {
    const end = { because: 'fact', evidence: ['rise-3'], reason: { en: 'It rose', zh: '已有进展' } } as const;
    const { deadline: _, askedOn: __, ...rest } = open;
    expect(alertAfter([july25, 'AlertCleared', { alert: 'a1', ...end, evidence: ['rise-3'] }])).toEqual({
      ...rest,
      status: 'cleared',
      clears: null,
      cleared: { ...end, on: july25, at: '2018-07-25T08:00:00.000Z' },
      position: 101,
    });
  });

  test('reopened, it keeps its place and its silence, and needs a new answer', () => {
    const end = { because: 'fact' as const, evidence: ['rise-3'], reason: { en: 'It rose', zh: '已有进展' } };
    const life = lifeAfter(
      [july10, 'AlertRaised', raised],
      [july10, 'AlertRaised', { ...raised, alert: 'a2', rule: 'unreported' }],
      [july11, 'AlertAcknowledged', answered],
      [july11, 'AlertSilenced', hushed],
      [july24, 'AlertCleared', { alert: 'a1', ...end }],
      [july25, 'AlertRaised', { ...raised, opening: 2 }],
    );
    expect(life.alerts.map(({ alert }) => alert)).toEqual(['a1', 'a2']);
    expect(life.alerts[0]).toEqual({
      ...open,
      opening: 2,
      raisedOn: july25,
      raisedAt: '2018-07-25T08:00:00.000Z',
      toldOn: july25,
      askedOn: july25,
      silenced: { ...hushed, by: 'topout', at: '2018-07-11T08:00:00.000Z', entry: 'event-3' },
      position: 105,
    });
  });

  test('a sent or failed notice changes no alert', () => {
    const life = lifeAfter([july10, 'AlertRaised', raised]);
    const data: AlertEventData['NoticeSent'] = {
      notice: 'n1',
      subscription: 's1',
      channel: 'email',
      alerts: ['a1'],
      events: ['event-0'],
      attempt: 1,
    };
    const sent = { type: 'NoticeSent', data } as const;
    expect(applyToLife(life, recorded(life, july11, sent))).toEqual({ ...life, revision: 1 });
  });

  test('it is plain JSON, and the earlier state is not changed', () => {
    const before = lifeAfter([july10, 'AlertRaised', raised]);
    const kept = JSON.stringify(before);
    const after = applyToLife(before, recorded(before, july11, { type: 'AlertSilenced', data: hushed }));
    expect(JSON.stringify(before)).toBe(kept);
    expect(JSON.parse(JSON.stringify(after))).toStrictEqual(after);
    expect(emptyLife(huaao)).toStrictEqual({ project: huaao, revision: -1, alerts: [] });
  });
});
