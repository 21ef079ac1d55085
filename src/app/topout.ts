import type { Command } from '../../domain/project/commands.js';
import type { FactTable } from '../../domain/project/facts/fact.js';
import type { Day, Instant } from '../../domain/values/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { AlertsAt } from '../../projections/alerts/alerts-at.js';
import type { AlertLine } from '../../projections/alerts/journal-lines.js';
import type { Changes } from '../../projections/changes/changes.js';
import type { SeriesPoint } from '../../projections/changes/series.js';
import type { GroupBy, Portfolio } from '../../projections/portfolio/portfolio.js';
import type { JournalEntry } from '../../projections/project/journal.js';
import type { ProjectFigures, ProjectRow } from '../../projections/project/project.js';
import type { StoreStatus } from '../event-store/event-store.js';
import type { Alerts } from './alerts/alerts.js';
import type { LeadershipState } from './alerts/leadership.js';
import type { Governance } from './governance/governance.js';
import type { Moment, MomentAsked, Page, PageOf, WriteRequest } from './queries/asked.js';
import type { LogAsked, LogPage } from './queries/log-page.js';
import type { RegisterPage } from './queries/register-page.js';
import type { ViewsState } from './views/views.js';

/** What a write answers. */
export interface Receipt {
  project: string;
  /** The entry that now says so: the new one, or the one that said it already. */
  id: Uuid;
  revision: number;
  /** Order in the whole log; `after` and `knownAt` take it. */
  position: number;
  recordedAt: Instant;
  /** `recorded`: new; `replayed`: the same id came before; `already-said`: another entry says the same. */
  outcome: 'recorded' | 'replayed' | 'already-said';
  /** The further entries of the same commit, such as the replacement of a withdrawn one. */
  also: { id: Uuid; revision: number; position: number }[];
  /** The day that had not begun in the time zone of the project when it was recorded; the entry counts from it on. */
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
  };

/**
 * What the system can do.
 *
 * Errors are refusals (`refusals.ts`): of the domain, of the store, or of the application.
 */
export interface Topout {
  /** Every fact that it knows. */
  readonly facts: FactTable;
  /** The business day: the real one of the installation's time zone, or the one that was set. */
  today(): { on: Day; isSet: boolean };
  /** The same day for one project, in the time zone that is given, else its own. */
  todayOf(project: string, timeZone?: string): Promise<Day>;
  execute(project: string, command: Command, request: WriteRequest): Promise<Receipt>;
  project(project: string, asked: MomentAsked): Promise<ProjectAnswer>;
  projects(asked: MomentAsked, filter: ProjectFilter, page: Page): Promise<Moment & PageOf<ProjectRow>>;
  /** Entries of a project that cannot all be true: the open ones before the settled ones, the latest first. */
  contradictions(project: string, asked: MomentAsked, page: Page): Promise<Moment & RegisterPage>;
  /** Entries, the latest recorded first when `newestFirst`; with `withAlerts` what happened to alerts between them. */
  journal(
    project: string,
    asked: MomentAsked,
    page: Page & { newestFirst: boolean; withAlerts?: boolean },
  ): Promise<Moment & PageOf<JournalEntry | AlertLine>>;
  /** Entries of all projects after a position, in log order. */
  log(asked: LogAsked): Promise<LogPage>;
  series(
    project: string,
    asked: MomentAsked & { from?: Day },
  ): Promise<Moment & { project: string; items: SeriesPoint[] }>;
  /** What differs between two points: of `asOf` with one `knownAt`, or of `knownAt` with one `asOf`. */
  changes(
    project: string,
    from: MomentAsked,
    to: MomentAsked,
  ): Promise<{ project: string; from: Moment; to: Moment } & Changes>;
  portfolio(
    asked: MomentAsked,
    groupBy: GroupBy | undefined,
    filter: ProjectFilter,
  ): Promise<Moment & Portfolio>;
  readonly alerts: Alerts;
  readonly governance: Governance;
  /** The position of the last event in the store; undefined when it cannot tell now. */
  head(): Promise<number | undefined>;
  /** Whether there are views to answer from, and for how many seconds they may not have held everything. */
  standing(): { isMade: boolean; ageSeconds?: number };
  /** How the service stands, without asking the store. */
  health(): Health;
  /** What the store and the views count, for a monitor. */
  figures(): Figures;
}

/** What a monitor reads: counts since the process began, and how things stand. */
export interface Figures extends Health {
  /** How often the log was followed anew; of an embedded store never. */
  restarts: { failed: number; slow: number };
  projects: number;
}

export interface Health {
  /** `why` is there when it is not up, `inStepAt` for a cluster, `spoilt` when somebody has cut streams short there. */
  store: Pick<StoreStatus, 'state' | 'head' | 'why' | 'inStepAt' | 'notWriting'> & {
    spoilt?: StoreStatus['spoilt'];
  };
  views: {
    name: string;
    version: number;
    position: number;
    lag: number;
    state: ViewsState;
  }[];
  /** Who judges and delivers, of several replicas. */
  deliveries?: LeadershipState;
  /** How many seconds ago the views last held everything; absent while they do. */
  ageSeconds?: number;
  /** What else the service waits for before it is ready, a sentence each. */
  heldBack?: string[];
  /** Whether reads are answered, be it from views of some age. */
  isReadable: boolean;
  isReady: boolean;
}
