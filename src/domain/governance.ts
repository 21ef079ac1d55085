import type { AnyRecordedEvent, GovernanceEventType } from './any-event.js';
import type { Instant } from './calendar.js';
import type { Sealed, Subscription, WorkCalendar } from './governance-events.js';
import { type AdoptedRules, defaultRules } from './rules.js';

/** An event of the stream `governance` as a store gives it back. */
export type GovernanceEvent = AnyRecordedEvent<GovernanceEventType>;

/** A subscription with what became of it. */
export interface Subscribed extends Subscription {
  status: 'active' | 'paused' | 'ended';
  /** Secrets in force, the newest first; of a webhook only. The instant is when an older one ends. */
  secrets: { secret: Sealed; until?: Instant }[];
  /** Why it is paused or ended, and since when. */
  because?: { why: string; at: Instant };
  by: string;
  addedAt: Instant;
  /** Position of the event that added it. */
  since: number;
}

/** One set of rules with the event that adopted it; nothing adopted the default ones until something was judged by them. */
export interface RulesInTime {
  rules: AdoptedRules;
  entry: string | null;
  /** Of that event: from there on they are in force. */
  position: number | null;
  recordedAt: Instant | null;
  by: string | null;
}

/** Rules, calendars and subscriptions; plain JSON. */
export interface GovernanceState {
  /** Of the stream; -1 before its first event. */
  revision: number;
  /** Of the last event; 0 before the first. */
  position: number;
  /** Oldest first; the last ones are in force. */
  rules: RulesInTime[];
  /** Adopted ones, in the order in which their names came up. */
  calendars: WorkCalendar[];
  /** All that were ever added, oldest first. */
  subscriptions: Subscribed[];
}

/** The governance before its first event: the default rules and nothing else. */
export function emptyGovernance(): GovernanceState {
  const unsaid = { entry: null, position: null, recordedAt: null, by: null };
  return {
    revision: -1,
    position: 0,
    rules: [{ rules: defaultRules, ...unsaid }],
    calendars: [],
    subscriptions: [],
  };
}

/** The rules in force, with the event that adopted them. */
export function rulesInForce(state: GovernanceState): RulesInTime {
  const last = state.rules.at(-1);
  if (!last) throw new Error('There are always rules in force.');
  return last;
}

/** The governance after one more event of its stream; the given one stays as it is. */
export function applyToGovernance(state: GovernanceState, event: GovernanceEvent): GovernanceState {
  return { ...changed(state, event), revision: event.revision, position: event.position };
}

function changed(state: GovernanceState, event: GovernanceEvent): GovernanceState {
  const { recordedAt: at, by, position } = event;
  switch (event.type) {
    case 'RulesAdopted': {
      const adopted = { rules: event.data, entry: event.id, position, recordedAt: at, by };
      const others = state.rules.filter(({ rules }) => rules.version !== event.data.version);
      return {
        ...state,
        rules: [...others, adopted].sort((a, b) => a.rules.version - b.rules.version),
      };
    }
    case 'CalendarAdopted':
      return { ...state, calendars: withCalendar(state.calendars, event.data) };
    case 'SubscriptionAdded': {
      const { channel } = event.data;
      const secrets = channel.kind === 'webhook' ? [{ secret: channel.secret }] : [];
      const added = { ...event.data, status: 'active' as const, secrets, by, addedAt: at, since: position };
      return { ...state, subscriptions: [...state.subscriptions, added] };
    }
    case 'SubscriptionChanged':
      return withSubscription(state, event.data.subscription, ({ hours: _, ...kept }) => ({
        ...kept,
        ...event.data,
      }));
    case 'SecretRotated':
      return withSubscription(state, event.data.subscription, (kept) => rotated(kept, event.data, at));
    case 'SubscriptionPaused': {
      const because = { why: event.data.reason, at };
      return withSubscription(state, event.data.subscription, (kept) =>
        kept.status === 'ended' ? kept : { ...kept, status: 'paused', because },
      );
    }
    case 'SubscriptionResumed':
      return withSubscription(state, event.data.subscription, ({ because: _, ...kept }) => ({
        ...kept,
        status: 'active',
      }));
    case 'SubscriptionEnded': {
      const because = { why: event.data.because, at };
      return withSubscription(state, event.data.subscription, (kept) => ({
        ...kept,
        status: 'ended',
        because,
      }));
    }
  }
}

function withCalendar(calendars: readonly WorkCalendar[], adopted: WorkCalendar): WorkCalendar[] {
  const isKnown = calendars.some(({ name }) => name === adopted.name);
  return isKnown
    ? calendars.map((calendar) => (calendar.name === adopted.name ? adopted : calendar))
    : [...calendars, adopted];
}

function withSubscription(
  state: GovernanceState,
  id: string,
  change: (kept: Subscribed) => Subscribed,
): GovernanceState {
  const subscriptions = state.subscriptions.map((kept) => (kept.subscription === id ? change(kept) : kept));
  return { ...state, subscriptions };
}

/** The new secret first; the one before it ends at the instant said, and those that have ended are left out. */
function rotated(
  kept: Subscribed,
  { secret, oldUntil }: { secret: Sealed; oldUntil: Instant },
  at: Instant,
): Subscribed {
  const older = kept.secrets
    .map((old) => ({ ...old, until: old.until ?? oldUntil }))
    .filter(({ until }) => until > at);
  const channel = kept.channel.kind === 'webhook' ? { ...kept.channel, secret } : kept.channel;
  return { ...kept, channel, secrets: [{ secret }, ...older] };
}
