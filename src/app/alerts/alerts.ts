import type { Observable } from 'rxjs';
import type { Alert } from '../../../domain/alerts/alert.js';
import type { AlertEvent } from '../../../domain/alerts/events.js';
import type { RuleKind, Severity } from '../../../domain/governance/rules.js';
import type { Day, Instant } from '../../../domain/values/days/calendar.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { Moment, MomentAsked, Page, PageOf, WriteRequest } from '../queries/asked.js';

/** A filter of alerts; every present member must match. */
export interface AlertFilter {
  status?: 'open' | 'cleared';
  project?: string;
  district?: string;
  sector?: string;
  rule?: RuleKind;
  /** This severity or a higher one. */
  atLeast?: Severity;
}

/** The number of alerts, in total and by severity. */
export interface AlertCount extends Known {
  count: number;
  bySeverity: Record<Severity, number>;
}

/** A project with alerts that ask somebody to act. */
export interface ProjectNeed {
  project: string;
  /** The project when its most urgent alert was raised. */
  of: Alert['of'];
  /** Of its most urgent alert, like `dueOn`. */
  severity: Severity;
  /** The day by which it is to be answered; null without a deadline. */
  dueOn: Day | null;
  /** How many of its alerts ask somebody to act. */
  alerts: number;
  /** Its most urgent alert. */
  first: Alert;
}

/** The projects that are to be answered for by one day. */
export interface DueDay {
  on: Day;
  projects: number;
  /** The highest of their severities. */
  severity: Severity;
}

/** The projects that need action on a day. */
export interface AlertNeeds extends Known {
  today: Day;
  /** The number of projects; the list may be shorter. */
  projects: number;
  /** The most urgent first: by severity, then by deadline. */
  items: ProjectNeed[];
  /** The days by which all of them are to be answered, the earliest first; those without a deadline are in none. */
  due: DueDay[];
}

/** One attempt to notify somebody of an alert. */
export interface NoticeRecord {
  /** Constant over all attempts: `webhook-id`, or the local part of the `Message-ID`. */
  notice: Uuid;
  subscription: Uuid;
  channel: 'webhook' | 'email';
  outcome: 'accepted' | 'retry' | 'given-up' | 'left-out' | 'not-permitted';
  attempt: number;
  at: Instant;
  position: number;
  status?: number;
  why?: string;
  nextAt?: Instant;
  /** Ids of the events in it. */
  events: Uuid[];
}

/** One attempt to notify a subscription, with its content. */
export interface NoticeOfSubscription extends NoticeRecord {
  project: string;
  /** Ids of the project's alerts in it. */
  alerts: Uuid[];
}

/** The answer to a write about an alert. */
export interface AlertReceipt {
  alert: Uuid;
  /** The event with the statement. */
  id: Uuid;
  revision: number;
  position: number;
  recordedAt: Instant;
  outcome: 'recorded' | 'replayed';
}

/** An event of an alert with the alert as it was right after it. */
export interface AlertHappening {
  event: AlertEvent;
  alert: Alert;
}

/** What happened to alerts up to a position, in order; nothing when only the position moved on. */
export interface AlertNews {
  happenings: readonly AlertHappening[];
  position: number;
}

type KnownAsked = Pick<MomentAsked, 'knownAt' | 'after' | 'within'>;
type Known = Pick<Moment, 'knownAt'>;

/** Queries and commands about alerts. Refusals are `Refused` with the reasons of `refusals.ts`. */
export interface Alerts {
  /** Open ones first, then by severity, then latest raised first. */
  list(asked: KnownAsked, filter: AlertFilter, page: Page): Promise<Known & PageOf<Alert>>;
  /** The number of matching alerts. */
  count(asked: KnownAsked, filter: AlertFilter): Promise<AlertCount>;
  /**
   * The projects with an open red or yellow alert that is neither muted nor silenced, and that nobody acknowledged or
   * whose deadline has passed; at most `limit` of them.
   */
  needs(asked: KnownAsked, filter: AlertFilter, limit: number): Promise<AlertNeeds>;
  /** @throws Refused `alert-unknown` */
  alert(id: string, asked: KnownAsked): Promise<Known & Alert>;
  /** The project of an alert; undefined if there is no such alert. */
  projectOf(id: string): string | undefined;
  /** The notices of an alert with recipient, time and result, oldest first. @throws Refused `alert-unknown` */
  notices(id: string, asked: KnownAsked): Promise<Known & { alert: Uuid; items: NoticeRecord[] }>;
  /** @throws Refused `alert-unknown`, `alert-cleared`, `day-passed` */
  acknowledge(
    id: string,
    said: { name: string; dueOn: Day; note?: string },
    request: WriteRequest,
  ): Promise<AlertReceipt>;
  /** @throws Refused `alert-unknown`, `alert-cleared`, `day-passed` */
  silence(id: string, said: { until: Day; reason: string }, request: WriteRequest): Promise<AlertReceipt>;
  /** All alert events after a position (exclusive) and up to another, without notices, oldest first, at most `limit`. */
  happenings(after: number, upTo: number, filter: AlertFilter, limit: number): AlertHappening[];
  /** The position up to which `happenings` can be read. */
  position(): number;
  /** What happens to alerts from the subscription on, in order, once it can be read. */
  readonly news$: Observable<AlertNews>;
}
