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
  /** Exactly this severity. */
  severity?: Severity;
}

/** The number of alerts, in total, by severity and by rule. */
export interface AlertCount extends Known {
  count: number;
  bySeverity: Record<Severity, number>;
  /** Of the rules that have any. */
  byRule: Partial<Record<RuleKind, number>>;
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

/**
 * How far an open alert is answered: by nobody, or not by its day; by an owner until a day; or quiet, that is silenced
 * by a person or muted by another alert.
 */
export const alertStates = ['waiting', 'in-hand', 'quiet'] as const;
export type AlertState = (typeof alertStates)[number];

/** When an open alert is to be answered: in at most 7 days from today, in 8 to 14, and so on. */
export const dueSections = ['overdue', 'in-7-days', 'in-14-days', 'later', 'no-deadline'] as const;
export type DueSection = (typeof dueSections)[number];

/** By what open alerts are chosen, one choice of each. */
export interface AlertsChosen {
  state?: AlertState;
  due?: DueSection;
  severity?: Severity;
  rule?: RuleKind;
  /** Whose duty it is, as the ladder of the rules names them. */
  role?: string;
}
export type AlertFacet = keyof AlertsChosen;

/** A choice, and how many alerts are listed with it. */
export interface FacetCount {
  key: string;
  count: number;
}
/** The choices of each facet, counted within what is chosen in the others. */
export type AlertFacets = Record<AlertFacet, FacetCount[]>;

/** The projects whose earliest deadline is in a section, and all their listed alerts. */
export interface DueSectionCount {
  due: DueSection;
  projects: number;
  alerts: number;
}

/** The listed alerts of a project. */
interface AlertsOfProject {
  project: string;
  /** The project when its most urgent alert was raised. */
  of: Alert['of'];
  due: DueSection;
  /** The earliest deadline; null without one. */
  dueOn: Day | null;
  /** By deadline, then by severity, then latest raised first. */
  alerts: Alert[];
}

/** Open alerts by project, with numbers of all that are listed, whatever the page. */
export interface AlertsByProject extends Known {
  today: Day;
  alerts: number;
  projects: number;
  facets: AlertFacets;
  /** Those with projects, the most urgent first. */
  sections: DueSectionCount[];
  /** By the earliest deadline, then by severity. */
  items: AlertsOfProject[];
  /** The cursor of the next page; absent on the last one. */
  next?: string;
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
  /**
   * The open alerts by project.
   *
   * @param find only those whose project, rule, reason or owner has this in its words, in either language; without
   * regard to capitals
   * @throws Refused `cursor-invalid`
   */
  byProject(
    asked: KnownAsked,
    filter: Omit<AlertFilter, 'status'> & AlertsChosen & { find?: string },
    page: Page,
  ): Promise<AlertsByProject>;
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
