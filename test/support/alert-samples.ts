import type { AlertEventData } from '../../domain/alerts/events.js';
import type { Subscription } from '../../domain/governance/events.js';
import { defaultRules } from '../../domain/governance/rules.js';
import type { AnyEvent, AnyEventData, AnyEventType } from '../../domain/log/any-event.js';
import type { EntryMetadata } from '../../domain/project/events.js';

const judged: EntryMetadata = {
  asOf: '2018-07-10',
  precision: 'day',
  source: { kind: 'system' },
  correlationId: '019a4c1e-0000-5000-8000-0000000000c1',
  causationId: '019a4c1e-0000-7000-8000-0000000000ca',
};
const decided: EntryMetadata = { asOf: '2018-07-10', precision: 'day', source: { kind: 'system' } };

const alert = '019a4c1e-0000-5000-8000-0000000000a1';
const other = '019a4c1e-0000-5000-8000-0000000000a2';
const entry = '019a4c1e-0000-7000-8000-000000000001';
const subscription = '019a4c1e-0000-7000-8000-0000000000f1';
const notice = '019a4c1e-0000-5000-8000-0000000000b1';

const deadline: AlertEventData['AlertRaised']['deadline'] = {
  duty: { role: 'leader', words: { en: 'the leader holds an interview', zh: '分管领导约谈' } },
  dueOn: '2018-07-17',
};
const reason = { en: 'Works stand still since 2018-06-01.', zh: '自2018-06-01起停工。' };
const clears = { en: 'an entry that works resumed', zh: '记录复工' };

const said = <T extends AnyEventType>(type: T, data: AnyEventData[T], metadata = judged): AnyEvent =>
  ({ type, data, entry: metadata }) as unknown as AnyEvent;

const subscribed: Subscription = {
  subscription,
  name: '值班室 duty office',
  channel: { kind: 'webhook', url: { sealed: 'd2hlcmU' }, secret: { sealed: 'c2VhbGVk' } },
  choice: {},
  timing: { kind: 'at-once' },
  language: 'zh',
  timeZone: 'Asia/Shanghai',
};

/** Every type of event of alerts, governance and lease, in their different shapes; a golden file holds the bytes of each. */
export const alertSamples: readonly AnyEvent[] = [
  said('AlertRaised', {
    alert,
    rule: 'declared-stall',
    rulesVersion: 1,
    subject: { kind: 'stall', id: 'june' },
    severity: 'red',
    cause: 'financing',
    stopsWorks: true,
    since: '2018-06-01',
    anchor: `stall june ${entry}`,
    evidence: [entry],
    reason,
    clears,
    opening: 1,
    of: { name: { en: 'East Road', zh: '东路' }, district: { zh: '港区' }, sector: { en: 'roads' } },
    deadline,
  }),
  said('AlertRaised', {
    alert: other,
    rule: 'silent-stall',
    rulesVersion: 3,
    subject: { kind: 'project' },
    severity: 'blue',
    cause: 'silence',
    silence: 'no-change',
    since: '2018-05-01',
    anchor: 'rise none',
    evidence: [],
    reason,
    clears,
    opening: 2,
    of: { name: { en: 'East Road', zh: '东路' } },
    mutedBy: alert,
  }),
  said('AlertEscalated', {
    alert,
    from: 'yellow',
    to: 'red',
    because: 'threshold',
    rulesVersion: 1,
    since: '2018-06-01',
    anchor: 'slip 90',
    evidence: [entry],
    reason,
    clears,
    deadline,
  }),
  said('AlertEscalated', {
    alert,
    from: 'blue',
    to: 'yellow',
    because: 'deadline',
    rulesVersion: 1,
    since: '2018-06-01',
    anchor: 'slip 90',
    evidence: [],
    reason,
    clears,
  }),
  said('AlertRevised', {
    alert,
    rulesVersion: 2,
    severity: 'yellow',
    since: '2018-06-02',
    anchor: 'percent 4990',
    evidence: [entry],
    reason,
    clears,
  }),
  said('AlertRevised', {
    alert,
    rulesVersion: 1,
    severity: 'red',
    since: '2018-06-01',
    anchor: 'stall:corrected',
    evidence: [entry],
    reason,
    clears,
    cause: 'licence',
  }),
  said('AlertEscalated', {
    alert,
    from: 'yellow',
    to: 'red',
    because: 'threshold',
    rulesVersion: 1,
    since: '2018-06-01',
    anchor: 'stall:corrected',
    evidence: [entry],
    reason,
    clears,
    cause: 'financing',
    deadline,
  }),
  said('AlertReminded', { alert, number: 1, reason }),
  said('AlertReminded', { alert, number: 2, reason, deadline }),
  said(
    'AlertAcknowledged',
    { alert, name: 'Li Wei', dueOn: '2018-07-31', note: '融资协议\n本月签订' },
    decided,
  ),
  said('AlertAcknowledged', { alert, name: '李伟', dueOn: '2018-07-10' }, decided),
  said('AlertSilenced', { alert, until: '2018-08-31', reason: 'site closed for the flood season' }, decided),
  said('AlertMuted', { alert: other, mutedBy: alert }),
  said('AlertMuted', { alert: other, mutedBy: null }),
  said('AlertCleared', { alert, because: 'fact', evidence: [entry], reason }),
  said('AlertCleared', { alert, because: 'rules', evidence: [], reason }),
  said('NoticeSent', {
    notice,
    subscription,
    channel: 'webhook',
    alerts: [alert, other],
    events: [entry],
    attempt: 1,
    status: 204,
  }),
  said('NoticeSent', {
    notice,
    subscription,
    channel: 'email',
    alerts: [alert],
    events: [entry],
    attempt: 3,
  }),
  said('NoticeFailed', {
    notice,
    subscription,
    channel: 'webhook',
    alerts: [alert],
    events: [entry],
    attempt: 2,
    outcome: 'retry',
    why: 'answered 503: "later"',
    status: 503,
    nextAt: '2018-07-10T01:07:03.004Z',
  }),
  said('NoticeFailed', {
    notice,
    subscription,
    channel: 'email',
    alerts: [alert],
    events: [entry],
    attempt: 9,
    outcome: 'given-up',
    why: 'too large',
  }),
  said('NoticeFailed', {
    notice,
    subscription,
    channel: 'webhook',
    alerts: [alert],
    events: [entry],
    attempt: 0,
    outcome: 'left-out',
    why: 'It was over before the settling time had passed.',
  }),
  said('RulesAdopted', defaultRules, decided),
  said(
    'RulesAdopted',
    {
      version: 2,
      basis: '区督查室 2018-15',
      rules: [
        { rule: 'unreported', where: { project: 'huaao-2' }, isOff: true },
        {
          rule: 'unreported',
          where: { district: '港区', sector: 'roads' },
          blue: { days: 20 },
          red: { days: 60 },
        },
        { rule: 'not-started', yellow: { months: 1 } },
      ],
      ladder: [],
      reopenWithinDays: 0,
      calendar: 'every-day',
      exemptions: [
        { where: { district: '港区' }, from: '2018-06-01', to: '2018-06-15', reason: 'flood' },
        { where: {}, rules: ['unreported'], from: '2018-02-15', to: '2018-02-21', reason: '春节' },
      ],
    },
    decided,
  ),
  said(
    'LexiconAdopted',
    {
      version: 3,
      basis: '区督查室 2018-15',
      words: [
        {
          word: 'not-started',
          range: { low: 0, point: 0, high: 0 },
          name: { en: 'not started', zh: '未开始' },
          said: ['未开工', '尚未動工', 'Not started'],
        },
        {
          word: 'topped-out',
          range: { low: 4500, point: 5000, high: 10000 },
          state: 'structure-done',
          name: { en: 'topped out', zh: '封顶' },
          said: ['封顶'],
        },
        {
          word: 'done',
          range: { low: 10000, point: 10000, high: 10000 },
          name: { en: 'done', zh: '完成' },
          said: [],
        },
      ],
    },
    decided,
  ),
  said(
    'CalendarAdopted',
    { name: 'site', freeWeekdays: [0], holidays: ['2018-06-18'], workdays: ['2018-06-17'] },
    decided,
  ),
  said('SubscriptionAdded', subscribed, decided),
  said(
    'SubscriptionAdded',
    {
      ...subscribed,
      channel: { kind: 'email', address: { sealed: 'YWRkcmVzcw' } },
      choice: {
        projects: ['huaao-2'],
        districts: ['港区'],
        sectors: ['roads'],
        rules: ['declared-stall', 'silent-stall'],
        atLeast: 'yellow',
        roles: ['leader'],
      },
      timing: { kind: 'weekly', weekday: 1, at: '08:30' },
      hours: { from: '08:00', to: '18:00', calendar: 'china' },
      language: 'en',
      timeZone: 'Europe/Berlin',
    },
    decided,
  ),
  said(
    'SubscriptionAdded',
    {
      ...subscribed,
      channel: { kind: 'email', address: { sealed: 'YWRkcmVzcw' } },
      confirmBy: '2018-07-17T01:02:03.004Z',
    },
    decided,
  ),
  said('SubscriptionChanged', { ...subscribed, timing: { kind: 'daily', at: '07:00' } }, decided),
  said(
    'SecretRotated',
    { subscription, secret: { sealed: 'bmV3' }, oldUntil: '2018-07-11T01:02:03.004Z' },
    decided,
  ),
  said('SubscriptionPaused', { subscription, because: 'failing', reason: 'no answer for 5 days' }, decided),
  said('SubscriptionPaused', { subscription, because: 'gone', reason: 'answered 410' }, decided),
  said('ConfirmationAsked', { subscription, confirmBy: '2018-07-17T01:02:03.004Z' }, decided),
  said('AddressConfirmed', { subscription }, decided),
  said('SubscriptionResumed', { subscription }, decided),
  said('SubscriptionEnded', { subscription, because: 'unsubscribed' }, decided),
  said('DeliveriesTaken', { replica: 'east-1', until: '2018-07-10T01:02:18.004Z' }, decided),
  said('SubscriptionPaused', { subscription, because: 'asked', reason: 'asked' }, decided),
];
