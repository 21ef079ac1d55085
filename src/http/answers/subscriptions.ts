import type { AlertChoice, Timing, WorkingHours } from '../../../domain/governance/events.js';
import type { SubscriptionAnswer } from '../../app/governance/governance.js';
import type { PageOf } from '../../app/queries/asked.js';
import { rule, severity } from './alerts.js';
import {
  absent,
  boolean,
  instant,
  integer,
  list,
  object,
  ref,
  type Schema,
  string,
  uuid,
  words,
} from './schema.js';

type Channel = SubscriptionAnswer['channel'];

const channel: Schema = {
  oneOf: [
    object<Extract<Channel, { kind: 'webhook' }>>({
      kind: { type: 'string', const: 'webhook' },
      url: { ...string, description: 'Only its scheme and its host.' },
      isInClear: absent({
        ...boolean,
        description:
          'An earlier version recorded it as it is: give the receiver a new one, and change it here.',
      }),
    }),
    object<Extract<Channel, { kind: 'email' }>>({
      kind: { type: 'string', const: 'email' },
      address: { ...string, description: 'Only its beginning and its domain.' },
    }),
  ],
};
const timing: Schema = {
  oneOf: [
    object<Extract<Timing, { kind: 'at-once' }>>({ kind: { type: 'string', const: 'at-once' } }),
    object<Extract<Timing, { kind: 'daily' }>>({ kind: { type: 'string', const: 'daily' }, at: string }),
    object<Extract<Timing, { kind: 'weekly' }>>({
      kind: { type: 'string', const: 'weekly' },
      weekday: integer,
      at: string,
    }),
  ],
};

const subscriptionMembers = {
  subscription: uuid,
  name: string,
  channel,
  choice: object<AlertChoice>({
    projects: absent(list(string)),
    districts: absent(list(string)),
    sectors: absent(list(string)),
    rules: absent(list(rule)),
    atLeast: absent(severity),
    roles: absent(list(string)),
  }),
  timing,
  hours: absent(object<WorkingHours>({ from: string, to: string, calendar: string })),
  language: words<SubscriptionAnswer['language']>({ en: true, zh: true }),
  timeZone: string,
  status: words<SubscriptionAnswer['status']>({ active: true, unconfirmed: true, paused: true, ended: true }),
  confirmation: absent(
    object<NonNullable<SubscriptionAnswer['confirmation']>>(
      { askedAt: instant, confirmBy: instant },
      'When the owner of the address was asked last, and until when that link is good.',
    ),
  ),
  because: absent(
    object<NonNullable<SubscriptionAnswer['because']>>(
      { why: string, at: instant },
      'Why it is paused or ended.',
    ),
  ),
  by: string,
  addedAt: instant,
  since: { ...integer, description: 'The position from which on it is told.' },
  waiting: { ...integer, description: 'Notices that wait.' },
  nextAt: absent({
    ...instant,
    description: 'When they are tried again; while one fails the others wait behind it.',
  }),
};

export const subscriptions = {
  Subscription: object<SubscriptionAnswer>(subscriptionMembers),
  SubscriptionAdded: object<SubscriptionAnswer & { secret?: string }>({
    ...subscriptionMembers,
    secret: absent({ ...string, description: 'Of a webhook; answered this once.' }),
  }),
  Subscriptions: object<PageOf<SubscriptionAnswer>>({
    items: list(ref('Subscription')),
    next: absent({ ...string, description: 'The cursor of the next page.' }),
  }),
  SecretRotated: object<{ secret: string; oldUntil: string }>({
    secret: string,
    oldUntil: { ...instant, description: 'Up to then the old secret signs beside the new one.' },
  }),
  TestOutcome: object<{ outcome: string; why?: string; status?: number }>({
    outcome: { ...string, description: 'accepted, failed, refused or gone.' },
    why: absent(string),
    status: absent(integer),
  }),
};
