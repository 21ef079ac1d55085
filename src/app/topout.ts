import type { Severity } from '../../domain/governance/rules.js';
import type { Command } from '../../domain/project/commands.js';
import type { FactTable } from '../../domain/project/facts/fact.js';
import type { Day, Instant } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { AlertsAt } from '../../projections/alerts/alerts-at.js';
import type { AlertLine } from '../../projections/alerts/journal-lines.js';
import type { Changes } from '../../projections/changes/changes.js';
import type { SeriesPoint } from '../../projections/changes/series.js';
import type { ExplanationOf } from '../../projections/explanation/explanation.js';
import type { TotalExplanation } from '../../projections/explanation/portfolio.js';
import type { Between } from '../../projections/portfolio/between.js';
import type { GroupBy, Portfolio } from '../../projections/portfolio/portfolio.js';
import type { JournalEntry } from '../../projections/project/journal.js';
import type { ProjectFigures, ProjectRow } from '../../projections/project/project.js';
import type { StoreStatus } from '../event-store/event-store.js';
import type { Access } from './access/access.js';
import type { Reads } from './access/reads.js';
import type { Alerts } from './alerts/alerts.js';
import type { LeadershipState } from './alerts/leadership.js';
import type { Governance } from './governance/governance.js';
import type { LedgerLate, LedgerQueries, LedgerStanding } from './ledger/ledger-answers.js';
import type { Moment, MomentAsked, Page, PageOf, Step, WriteRequest } from './queries/asked.js';
import type { LogAsked, LogPage } from './queries/log-page.js';
import type { RegisterPage } from './queries/register-page.js';
import type { RebuildProgress } from './rebuild-progress.js';
import type { Parked } from './views/parked.js';
import type { ViewsState } from './views/views.js';

/** The answer to a write. */
export interface Receipt {
  project: string;
  /** The entry with the statement: the new one, or the existing one. */
  id: Uuid;
  revision: number;
  /** Order in the whole log; `after` and `knownAt` accept it. */
  position: number;
  recordedAt: Instant;
  /** `recorded`: new; `replayed`: the same id came before; `already-said`: another entry has the same statement. */
  outcome: 'recorded' | 'replayed' | 'already-said';
  /** The further entries of the same commit, such as the replacement of a withdrawn one. */
  also: { id: Uuid; revision: number; position: number }[];
  /** The day, if it had not begun in the project's time zone at the time of recording; the entry counts from it on. */
  notBegun?: {
    /** The day of the entry. */
    asOf: Day;
    timeZone: string;
  };
}

export interface ProjectFilter {
  district?: string;
  sector?: string;
  stage?: string;
  owner?: string;
  phase?: string;
}

/** A project at a moment; `revision` is that of its last entry known then. */
export type ProjectAnswer = Moment & { revision: number } & ProjectFigures & {
    contradictions: RegisterPage;
    alerts: AlertsAt;
    /** The views that lack the latest of this project; absent when there are none. */
    parked?: readonly Parked[];
  };

/** A page of projects as rows. */
export type ProjectsAnswer = Moment & PageOf<ProjectRow> & WithParked;

/** Totals over projects. */
export type PortfolioAnswer = Moment & Portfolio & WithParked;

/** The light of every project, one day a week. */
export interface WeeklyLights {
  /** The days, in order; the last one is `asOf`. */
  days: Day[];
  /**
   * By project: letters, each with the number of days in a row that it stands for, as `g6y19r2`. `r` red, `y` yellow,
   * `b` blue, `g` none, `-` not registered yet.
   */
  lights: Record<string, string>;
  /** By project: completion on the day of comparison, in basis points; absent unless asked for. */
  since?: Record<string, number>;
}

/** The light of every project, one day a week, at a moment. */
export type WeeklyLightsAnswer = Moment & WeeklyLights;

/** A moment of an explanation. */
export interface ExplanationAsked extends MomentAsked {
  /** Entries recorded after `knownAt` are listed up to this position of the log; up to the last one when absent. */
  until?: number;
}

/** An explanation of a figure of a project. */
export type ExplanationAnswerOf<Entry> = Moment & {
  project: string;
  /** The position of the log up to which entries are listed that were recorded after `knownAt`. */
  until: number;
} & ExplanationOf<Entry>;
export type ExplanationAnswer = ExplanationAnswerOf<JournalEntry>;

/** An explanation of a total. */
export type TotalExplanationAnswer = Moment & TotalExplanation & WithParked;

/** The laws in force at a moment. */
interface MomentUnderLaw extends Moment {
  versions: { rules: number; lexicon: number };
}

/** Many projects between two moments. */
export type TotalChangesAnswer = { from: MomentUnderLaw; to: MomentUnderLaw } & Between & WithParked;

interface WithParked {
  /** Projects that are left out, because one of their entries cannot be computed with; absent when there are none. */
  parked?: readonly Parked[];
}

/**
 * What the system can do.
 *
 * Errors are refusals (`refusals.ts`): of the domain, of the store, or of the application.
 */
export interface Topout {
  /** Every known fact. */
  readonly facts: FactTable;
  /** The business day: the real one in the installation's time zone, or the configured one. */
  today(): { on: Day; isSet: boolean; timeZone: string };
  /** The same day for one project, in the given time zone, else its own. */
  todayOf(project: string, timeZone?: string): Promise<Day>;
  execute(project: string, command: Command, request: WriteRequest): Promise<Receipt>;
  /** Executes commands in one append: all of them are recorded, or none. */
  executeTogether(
    project: string,
    steps: readonly Step[],
    request: Pick<WriteRequest, 'by' | 'verification'>,
  ): Promise<Receipt[]>;
  project(project: string, asked: MomentAsked): Promise<ProjectAnswer>;
  projects(asked: MomentAsked, filter: ProjectFilter, page: Page): Promise<ProjectsAnswer>;
  /** Contradictory entries of a project: open ones before settled ones, latest first. */
  contradictions(project: string, asked: MomentAsked, page: Page): Promise<Moment & RegisterPage>;
  /** Entries, latest recorded first if `newestFirst`; with `withAlerts` alert events between them; `contains` searches. */
  journal(
    project: string,
    asked: MomentAsked,
    page: Page & { newestFirst: boolean; withAlerts?: boolean; contains?: string },
  ): Promise<Moment & PageOf<JournalEntry | AlertLine>>;
  /** Entries of all projects after a position, in log order. */
  log(asked: LogAsked): Promise<LogPage>;
  series(
    project: string,
    asked: MomentAsked & { from?: Day },
  ): Promise<Moment & { project: string; items: SeriesPoint[] }>;
  /** The differences between two points: two `asOf` with one `knownAt`, or two `knownAt` with one `asOf`. */
  changes(
    project: string,
    from: MomentAsked,
    to: MomentAsked,
  ): Promise<{ project: string; from: Moment; to: Moment } & Changes>;
  /**
   * One figure of a project, every number down to the entries.
   *
   * @throws Refused `figure-unknown`
   */
  explanation(project: string, figure: string, asked: ExplanationAsked): Promise<ExplanationAnswer>;
  /**
   * One total over projects, by their figures.
   *
   * @throws Refused `figure-unknown`
   */
  totalExplanation(
    figure: string,
    asked: MomentAsked,
    filter: ProjectFilter,
  ): Promise<TotalExplanationAnswer>;
  /** The differences of projects that match a filter between two points of both clocks, and of their mean. */
  totalChanges(from: MomentAsked, to: MomentAsked, filter: ProjectFilter): Promise<TotalChangesAnswer>;
  portfolio(
    asked: MomentAsked,
    groupBy: GroupBy | undefined,
    filter: ProjectFilter,
  ): Promise<PortfolioAnswer>;
  /**
   * The light of every project that matches a filter, one day a week up to the day of the moment.
   *
   * @param asked `since` asks for the completion on that day too
   */
  weeklyLights(
    asked: MomentAsked & { weeks: number; since?: Day },
    filter: ProjectFilter,
  ): Promise<WeeklyLightsAnswer>;
  readonly alerts: Alerts;
  readonly governance: Governance;
  readonly access: Access;
  /** Who read what; apart from the events. */
  readonly reads: Reads;
  /** Undefined where no ledger is kept. */
  readonly ledger?: LedgerQueries | undefined;
  /** The position of the last event in the store; undefined if unknown now. */
  head(): Promise<number | undefined>;
  /** Whether there are views to answer from, and for how many seconds they may have been stale. */
  standing(): { isMade: boolean; readonly ageSeconds?: number | undefined };
  /** The state of the service, without a request to the store. */
  health(): Health;
  /** Counts of the store and the views, for a monitor. */
  figures(): Figures;
  /** Tries the parked projects again, by a rebuild of the views beside those in use; returns what stays parked. */
  retryParked(): Promise<readonly Parked[]>;
}

/** Monitoring data: counts since the start of the process, and states. */
export interface Figures extends Health {
  /** How often following the log was restarted; never for an embedded store. */
  restarts: { failed: number; slow: number };
  projects: number;
  /** Open alerts by severity, and the age of the oldest. */
  alerts: { open: Record<Severity, number>; oldestSeconds: number };
  /** Events of alerts that still have to be delivered, and the age of the oldest. */
  outbox: { waiting: number; failing: number; oldestSeconds: number };
  /** Projects to evaluate. */
  evaluations: { urgent: number; due: number; failed: number };
  /** How far the ledger is; absent where none is kept. */
  ledger?: LedgerStanding;
}

export interface Health {
  /** `why` is there when it is not up, `inStepAt` for a cluster, `spoilt` for truncated streams. */
  store: Pick<StoreStatus, 'state' | 'head' | 'why' | 'inStepAt' | 'notWriting'> & {
    spoilt?: StoreStatus['spoilt'];
  };
  views: {
    name: string;
    version: number;
    position: number;
    lag: number;
    state: ViewsState;
    /** How far a rebuild has come, by projects for the rows and by events for other views; absent without one. */
    progress?: RebuildProgress;
  }[];
  /** Projects that a view has parked; absent when there are none. */
  parked?: readonly Parked[];
  /** The leader, of several replicas. */
  deliveries?: LeadershipState;
  /** An entry has waited a minute or longer for a checkpoint of the ledger. */
  ledgerLate?: LedgerLate;
  /** Why names of people cannot be read here, of a replica with other keys. */
  peopleUnreadable?: string;
  /** How many seconds ago the views were last up to date; absent while they are. */
  ageSeconds?: number;
  /** What else the service waits for before it is ready, one sentence each. */
  heldBack?: string[];
  /** Whether reads are answered, possibly from stale views. */
  isReadable: boolean;
  isReady: boolean;
}
