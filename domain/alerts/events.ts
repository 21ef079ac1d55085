import type { Duty, RuleKind, Severity } from '../governance/rules.js';
import type { EntryMetadata, EpisodeCause, Names, Recorded } from '../project/events.js';
import type { ByLanguage } from '../values/by-language.js';
import type { Exactness } from '../values/day-marks.js';
import type { Day, Instant } from '../values/days/calendar.js';
import type { Uuid } from '../values/uuid.js';

/** The subject of an alert within its project. */
export type Subject =
  | { kind: 'project' }
  | { kind: 'item'; id: string }
  | { kind: 'stall'; id: string }
  /** Of a forecast or a stage: `completion`, `production`, a stage or an item. */
  | { kind: 'target'; id: string };

/** Alerts of one project and one cause share a notice. */
export type AlertCause = EpisodeCause | 'silence' | 'schedule' | 'money';

/** The kinds of silence: no report at all; reports of no change; reports of zero; or reports of other things. */
export type Silence = 'unreported' | 'no-change' | 'zero' | 'nothing-rose';

/** The duty for an alert, and the last day to answer it. */
export interface Deadline {
  duty: Duty;
  dueOn: Day;
}

type Sentence = Required<Names>;

/** The stored contract of the streams `alerts-{projectId}`; every day in it is a business day. */
export interface AlertEventData {
  /** Recorded by the system when a rule is met; once per opening. */
  AlertRaised: {
    /** UUID derived from project, rule, subject and the number of the episode. */
    alert: string;
    rule: RuleKind;
    rulesVersion: number;
    subject: Subject;
    severity: Severity;
    cause: AlertCause;
    silence?: Silence;
    /** A declared stall that stops the works: it mutes what it explains. */
    stopsWorks?: true;
    /** The day on which the condition began. */
    since: Day;
    /** How exactly that day is known; absent if it was stated, and in events of earlier versions. */
    sinceExactness?: Exactness;
    /** Identifies the facts behind it: it ends only when others replace them. */
    anchor: string;
    /** Ids of the entries behind it. */
    evidence: string[];
    /** The arithmetic in one sentence. */
    reason: Sentence;
    /** What would clear it. */
    clears: Sentence;
    /** 1, incremented each time the same episode reopens. */
    opening: number;
    /** The project at that time, so that a notice can be written and addressed from this event alone. */
    of: { name: Sentence; district?: ByLanguage; sector?: ByLanguage };
    /** The alert of a declared stall that explains it; it is kept, shown as muted, and not notified. */
    mutedBy?: string;
    deadline?: Deadline;
  };
  /** Recorded by the system when an open alert becomes more severe: a higher threshold, or a missed deadline. */
  AlertEscalated: {
    alert: string;
    from: Severity;
    to: Severity;
    because: 'threshold' | 'deadline';
    rulesVersion: number;
    since: Day;
    sinceExactness?: Exactness;
    anchor: string;
    evidence: string[];
    reason: Sentence;
    clears: Sentence;
    /** Set when a correction of the stall named another one. */
    cause?: AlertCause;
    deadline?: Deadline;
  };
  /** Recorded by the system when an open alert has other facts than before, or facts with a lower severity; not notified. */
  AlertRevised: {
    alert: string;
    rulesVersion: number;
    severity: Severity;
    since: Day;
    sinceExactness?: Exactness;
    anchor: string;
    evidence: string[];
    reason: Sentence;
    clears: Sentence;
    /** Set when a correction of the stall named another one. */
    cause?: AlertCause;
  };
  /** Recorded by the system while an alert is open: a reminder is due, or a top-level one missed its deadline. */
  AlertReminded: { alert: string; number: number; reason: Sentence; deadline?: Deadline };
  /** Recorded by a person who acknowledges it; the ladder waits until the day they name. */
  AlertAcknowledged: { alert: Uuid; name: string; dueOn: Day; note?: string };
  /** Recorded by a person: silent until the end of a day; a later one replaces an earlier one. */
  AlertSilenced: { alert: Uuid; until: Day; reason: string };
  /** Recorded by the system when an open alert starts or stops being explained by a declared stall. */
  AlertMuted: { alert: string; mutedBy: string | null };
  /** Recorded by the system on a positive fact, never on missing data. */
  AlertCleared: {
    alert: string;
    because: 'fact' | 'correction' | 'rules' | 'lexicon';
    /** The entries (or the event that adopted the rules or the lexicon) that cleared it. */
    evidence: Uuid[];
    reason: Sentence;
  };
  /** Recorded by the system: a receiver accepted a notice. */
  NoticeSent: {
    /** UUID, the same for every attempt: `webhook-id`, and the local part of the `Message-ID`. */
    notice: string;
    subscription: string;
    channel: 'webhook' | 'email';
    /** Alerts of this stream in the notice, and the ids of their events in it. */
    alerts: string[];
    events: string[];
    attempt: number;
    status?: number;
  };
  /** Recorded by the system: an attempt failed, or none was needed. */
  NoticeFailed: {
    notice: string;
    subscription: string;
    channel: 'webhook' | 'email';
    alerts: string[];
    events: string[];
    attempt: number;
    /**
     * `retry`: again at `nextAt`; `given-up`: never again, and shown as failed; `left-out`: never tried (attempt 0),
     * because the alert ended within the settling time; `not-permitted`: not sent, because the roles of the subscriber did
     * not include the project any more.
     */
    outcome: 'retry' | 'given-up' | 'left-out' | 'not-permitted';
    why: string;
    status?: number;
    nextAt?: Instant;
  };
}

export type AlertEventType = keyof AlertEventData;

/** An event of the stream of a project's alerts as a store returns it. */
export type AlertEvent<T extends AlertEventType = AlertEventType> = {
  [K in T]: { type: K; data: AlertEventData[K]; entry: EntryMetadata };
}[T] &
  Recorded;

const prefix = 'alerts-';
export const alertsStreamOf = (projectId: string): string => prefix + projectId;
export const isAlertsStream = (stream: string): boolean => stream.startsWith(prefix);
export const projectOfAlerts = ({ stream }: { stream: string }): string => stream.slice(prefix.length);
