import type { Instant } from '../values/days/calendar.js';
import type { WorkCalendar } from '../values/days/working-days.js';
import type { GovernanceEvent, Sealed, Subscription } from './events.js';
import { type AdoptedLexicon, defaultLexicon } from './lexicons.js';
import { type AdoptedRules, defaultRules } from './rules.js';

/** An unconfirmed address. */
interface Confirmation {
  /** Id of the event with the newest link. */
  asked: string;
  askedAt: Instant;
  confirmBy: Instant;
  /** True while the subscription has not started. */
  isFirst: boolean;
}

/** A subscription with its state. */
export interface Subscribed extends Subscription {
  /** `unconfirmed`: no notices until the owner of its address has confirmed it. */
  status: 'active' | 'unconfirmed' | 'paused' | 'ended';
  /** The pending confirmation of its address. */
  confirmation?: Confirmation;
  /** Id of the event with the link by which its owner confirmed. */
  confirmed?: string;
  /** Secrets in force, newest first; of a webhook only. The instant is when an older one ends. */
  secrets: { secret: Sealed; until?: Instant }[];
  /** URLs of this webhook that an earlier version recorded unsealed; absent if there is none. */
  exposed?: string[];
  /** Why it is paused or ended, and since when. */
  because?: { why: string; at: Instant };
  by: string;
  addedAt: Instant;
  /** Position of the event that added it. */
  addedPosition: number;
  /** Position from which it is notified: of the event that added it, or that confirmed its first address. */
  since: number;
}

/** The event that adopted something; all null for what comes with Topout. */
interface Adoption {
  entry: string | null;
  /** From there on it is in force. */
  position: number | null;
  recordedAt: Instant | null;
  by: string | null;
}

/** One version of the rules; the default ones have no event until their first use. */
export interface RulesInTime extends Adoption {
  rules: AdoptedRules;
}

/** One version of the lexicon. */
export interface LexiconInTime extends Adoption {
  lexicon: AdoptedLexicon;
}

/** Rules, lexicons, calendars and subscriptions; plain JSON. */
export interface GovernanceState {
  /** Of the stream; -1 before its first event. */
  revision: number;
  /** Of the last event; 0 before the first. */
  position: number;
  /** Oldest first; the last ones are in force. */
  rules: RulesInTime[];
  /** Oldest first; the last one is in force. */
  lexicons: LexiconInTime[];
  /** Adopted ones, in the order of the first adoption of their names. */
  calendars: WorkCalendar[];
  /** All ever added, oldest first. */
  subscriptions: Subscribed[];
}

/** The governance before its first event: the default rules and the lexicon that comes with Topout. */
export function emptyGovernance(): GovernanceState {
  const unsaid = { entry: null, position: null, recordedAt: null, by: null };
  return {
    revision: -1,
    position: 0,
    rules: [{ rules: defaultRules, ...unsaid }],
    lexicons: [{ lexicon: defaultLexicon, ...unsaid }],
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

/** The lexicon in force, with the event that adopted it. */
export function lexiconInForce(state: GovernanceState): LexiconInTime {
  const last = state.lexicons.at(-1);
  if (!last) throw new Error('There is always a lexicon in force.');
  return last;
}

/** The governance after one more event of its stream; the given one is not changed. */
export function applyToGovernance(state: GovernanceState, event: GovernanceEvent): GovernanceState {
  return replayGovernance(state, [event]);
}

/**
 * The governance after further events of its stream; the given one is not changed. Existing data are copied once, so
 * that the time is linear in the number of events.
 */
export function replayGovernance(
  state: GovernanceState,
  events: readonly GovernanceEvent[],
): GovernanceState {
  const last = events.at(-1);
  if (!last) return state;
  const draft = { ...state, subscriptions: [...state.subscriptions] };
  const places = placesIn(draft.subscriptions);
  for (const event of events) apply(draft, event, places);
  return { ...draft, revision: last.revision, position: last.position };
}

/** The index of each subscription in a list that grows at its end; built on first use. */
function placesIn(subscriptions: readonly Subscribed[]): (id: string) => number | undefined {
  const places = new Map<string, number>();
  let known = 0;
  return (id) => {
    for (; known < subscriptions.length; known++) {
      const one = subscriptions[known];
      if (one) places.set(one.subscription, known);
    }
    return places.get(id);
  };
}

function apply(
  state: GovernanceState,
  event: GovernanceEvent,
  placeOf: (id: string) => number | undefined,
): void {
  const { recordedAt: at, by, position } = event;
  const change = (id: string, changed: (kept: Subscribed) => Subscribed) => {
    const place = placeOf(id);
    const kept = place === undefined ? undefined : state.subscriptions[place];
    if (place !== undefined && kept) state.subscriptions[place] = changed(kept);
  };
  switch (event.type) {
    case 'RulesAdopted': {
      const adopted = { rules: event.data, entry: event.id, position, recordedAt: at, by };
      const others = state.rules.filter(({ rules }) => rules.version !== event.data.version);
      state.rules = [...others, adopted].sort((a, b) => a.rules.version - b.rules.version);
      break;
    }
    case 'LexiconAdopted':
      state.lexicons = [
        ...state.lexicons,
        { lexicon: event.data, entry: event.id, position, recordedAt: at, by },
      ];
      break;
    case 'CalendarAdopted':
      state.calendars = withCalendar(state.calendars, event.data);
      break;
    case 'SubscriptionAdded': {
      const { confirmBy, ...data } = event.data;
      const { channel } = data;
      const secrets = channel.kind === 'webhook' ? [{ secret: channel.secret }] : [];
      state.subscriptions.push({
        ...data,
        ...exposedBy(data),
        status: confirmBy === undefined ? 'active' : 'unconfirmed',
        ...(confirmBy === undefined ? {} : { confirmation: awaited(event, confirmBy, true) }),
        addedPosition: position,
        secrets,
        by,
        addedAt: at,
        since: position,
      });
      break;
    }
    case 'SubscriptionChanged': {
      const { confirmBy, ...data } = event.data;
      change(data.subscription, ({ hours: _, ...kept }) => {
        const moved = { ...kept, ...data, ...exposedBy(data, kept) };
        if (confirmBy === undefined) return moved;
        const confirmation = awaited(event, confirmBy, kept.confirmation?.isFirst ?? false);
        return { ...moved, confirmation, status: kept.status === 'active' ? 'unconfirmed' : kept.status };
      });
      break;
    }
    case 'ConfirmationAsked': {
      const { confirmBy, subscription } = event.data;
      change(subscription, (kept) =>
        kept.confirmation
          ? { ...kept, confirmation: awaited(event, confirmBy, kept.confirmation.isFirst) }
          : kept,
      );
      break;
    }
    case 'AddressConfirmed':
      change(event.data.subscription, (kept) => confirmed(kept, position));
      break;
    case 'SecretRotated':
      change(event.data.subscription, (kept) => rotated(kept, event.data, at));
      break;
    case 'SubscriptionPaused': {
      const because = { why: event.data.reason, at };
      change(event.data.subscription, (kept) =>
        kept.status === 'ended' ? kept : { ...kept, status: 'paused', because },
      );
      break;
    }
    case 'SubscriptionResumed':
      change(event.data.subscription, ({ because: _, ...kept }) => ({
        ...kept,
        status: kept.confirmation ? 'unconfirmed' : 'active',
      }));
      break;
    case 'SubscriptionEnded': {
      const because = { why: event.data.because, at };
      change(event.data.subscription, (kept) => ({ ...kept, status: 'ended', because }));
      break;
    }
  }
}

function awaited(
  { id, recordedAt }: Pick<GovernanceEvent, 'id' | 'recordedAt'>,
  confirmBy: Instant,
  isFirst: boolean,
): Confirmation {
  return { asked: id, askedAt: recordedAt, confirmBy, isFirst };
}

/** A subscription with a confirmed address; one that had not started is notified from here on. */
function confirmed({ confirmation, ...kept }: Subscribed, position: number): Subscribed {
  if (!confirmation) return kept;
  return {
    ...kept,
    status: kept.status === 'unconfirmed' ? 'active' : kept.status,
    confirmed: confirmation.asked,
    ...(confirmation.isFirst ? { since: position } : {}),
  };
}

/** The unsealed URLs in the log after one more event. */
function exposedBy({ channel }: Subscription, { exposed = [] }: Pick<Subscribed, 'exposed'> = {}) {
  const added = channel.kind === 'webhook' && 'clear' in channel.url ? [channel.url.clear] : [];
  return exposed.length + added.length > 0 ? { exposed: [...new Set([...exposed, ...added])] } : {};
}

function withCalendar(calendars: readonly WorkCalendar[], adopted: WorkCalendar): WorkCalendar[] {
  const isKnown = calendars.some(({ name }) => name === adopted.name);
  return isKnown
    ? calendars.map((calendar) => (calendar.name === adopted.name ? adopted : calendar))
    : [...calendars, adopted];
}

/** The new secret first; the previous one ends at the given instant, and expired ones are left out. */
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
