import type { AlertEventData, Subject } from '../../../domain/alerts/events.js';
import { ruleKinds, severities } from '../../../domain/governance/rules.js';
import type { Alert } from '../../../projections/alerts/life/alert.js';
import type {
  AlertCount,
  AlertReceipt,
  NoticeOfSubscription,
  NoticeRecord,
} from '../../app/alerts/alerts.js';
import type { PageOf } from '../../app/queries/asked.js';
import { entries, moment, name } from './common.js';
import type { Localised } from './language.js';
import {
  absent,
  boolean,
  day,
  instant,
  integer,
  list,
  object,
  orNull,
  ref,
  type Schema,
  string,
  uuid,
  words,
} from './schema.js';

export const severity: Schema = { type: 'string', enum: severities };
export const rule: Schema = { type: 'string', enum: ruleKinds };
const ofOne = (kind: string): Schema =>
  object<{ kind: string; id: string }>({ kind: { type: 'string', const: kind }, id: string });

export const subject: Schema = {
  oneOf: [
    object<Extract<Subject, { kind: 'project' }>>({ kind: { type: 'string', const: 'project' } }),
    ofOne('item'),
    ofOne('stall'),
    ofOne('target'),
  ],
};
const cause: Schema = {
  ...string,
  description:
    'The cause of a declared stall, or silence, schedule or money; alerts of one cause are told together.',
};
const sentence = { ...string, description: 'In the language that was asked for.' };

type Shown = Localised<Alert>;
type Known = { knownAt: { position: number } };

const alertMembers = {
  alert: uuid,
  project: string,
  of: object<Shown['of']>({ name, names: ref('Names'), district: absent(string), sector: absent(string) }),
  rule,
  rulesVersion: integer,
  subject,
  cause,
  silence: absent(
    words<NonNullable<Alert['silence']>>({
      unreported: true,
      'no-change': true,
      zero: true,
      'nothing-rose': true,
    }),
  ),
  status: words<Alert['status']>({ open: true, cleared: true }),
  severity,
  since: { ...day, description: 'The day on which what it is about began.' },
  anchor: { ...string, description: 'Names the facts that it rests on.' },
  evidence: entries,
  reason: { ...sentence, description: 'The arithmetic in one sentence.' },
  clears: { ...orNull(string), description: 'What would clear it; null once it is cleared.' },
  opening: { ...integer, description: 'One more each time the same episode opens again.' },
  raisedOn: day,
  raisedAt: instant,
  toldOn: day,
  askedOn: absent(day),
  revisedOn: absent(day),
  reminders: integer,
  deadline: absent(ref('AlertDeadline')),
  isByDeadline: absent(boolean),
  stopsWorks: absent(boolean),
  mutedBy: absent({ ...uuid, description: 'The alert of the declared stall that explains it.' }),
  unmutedOn: absent(day),
  easedOn: absent(day),
  acknowledged: absent(
    object<NonNullable<Alert['acknowledged']>>({
      alert: uuid,
      name: string,
      dueOn: day,
      note: absent(string),
      by: string,
      at: instant,
      entry: uuid,
    }),
  ),
  silenced: absent(
    object<NonNullable<Alert['silenced']>>({
      alert: uuid,
      until: day,
      reason: string,
      by: string,
      at: instant,
      entry: uuid,
    }),
  ),
  cleared: absent(
    object<NonNullable<Shown['cleared']>>({
      because: words<AlertEventData['AlertCleared']['because']>({
        fact: true,
        correction: true,
        rules: true,
      }),
      evidence: entries,
      reason: sentence,
      on: day,
      at: instant,
    }),
  ),
  position: { ...integer, description: 'Of the last thing that happened to it, notices left out.' },
};

const notice = {
  notice: {
    ...uuid,
    description: 'The same for every attempt: webhook-id, or the local part of Message-ID.',
  },
  subscription: uuid,
  channel: words<NoticeRecord['channel']>({ webhook: true, email: true }),
  outcome: words<NoticeRecord['outcome']>({
    accepted: true,
    retry: true,
    'given-up': true,
    'left-out': true,
  }),
  attempt: integer,
  at: instant,
  position: integer,
  status: absent(integer),
  why: absent(string),
  nextAt: absent(instant),
  events: { ...list(uuid), description: 'Ids of the events that it told.' },
};

export const alerts = {
  AlertDeadline: object<NonNullable<Shown['deadline']>>({
    duty: object<NonNullable<Shown['deadline']>['duty']>({ role: string, words: sentence }),
    dueOn: day,
  }),
  Alert: object<Shown>(alertMembers),
  AlertKnown: object<Known & Shown>({ knownAt: moment.knownAt, ...alertMembers }),
  Alerts: object<Known & PageOf<Shown>>({
    knownAt: moment.knownAt,
    items: list(ref('Alert')),
    next: absent(string),
  }),
  Notice: object<NoticeRecord>(notice),
  AlertCount: object<AlertCount>({
    knownAt: moment.knownAt,
    count: integer,
    bySeverity: object<AlertCount['bySeverity']>({ blue: integer, yellow: integer, red: integer }),
  }),
  NoticesOfSubscription: object<PageOf<NoticeOfSubscription>>({
    items: list(
      object<NoticeOfSubscription>({
        ...notice,
        project: string,
        alerts: { ...list(uuid), description: 'Ids of the alerts of the project that it told of.' },
      }),
    ),
    next: absent(string),
  }),
  Notices: object<Known & { alert: string; items: NoticeRecord[] }>({
    knownAt: moment.knownAt,
    alert: uuid,
    items: list(ref('Notice')),
  }),
  AlertReceipt: object<AlertReceipt>({
    alert: uuid,
    id: uuid,
    revision: integer,
    position: integer,
    recordedAt: instant,
    outcome: { type: 'string', const: 'recorded' },
  }),
  VerifyingKey: object<{ publicKey: string }>({
    publicKey: { ...string, description: 'whpk_ and the base64 of an Ed25519 key, for v1a signatures.' },
  }),
};
