import type { Changes } from '../../projections/changes.js';
import type { JournalEntry } from '../../projections/journal.js';
import type { GroupBy, Portfolio } from '../../projections/portfolio.js';
import type { ProjectRow, ProjectView } from '../../projections/project.js';
import type { SeriesPoint } from '../../projections/series.js';
import type { Day, Instant } from '../domain/calendar.js';
import type { Command } from '../domain/commands.js';

/** How a write is asked for. */
export interface WriteRequest {
  /** UUID proposed by the client for the (first) event; a new one when absent. */
  id?: string;
  /** Opaque principal. */
  by: string;
  /** The revision that the writer saw; refused as `revision-stale` when the project has moved on. */
  expectedRevision?: number;
}

/** What a write answers. */
export interface Receipt {
  project: string;
  /** The entry that now says so: the new one, or the one that said it already. */
  id: string;
  revision: number;
  position: number;
  recordedAt: Instant;
  /** `recorded`: new; `replayed`: the same id came before; `already-said`: another entry says the same. */
  outcome: 'recorded' | 'replayed' | 'already-said';
  /** The further entries of the same commit, such as the replacement of a withdrawn one. */
  also: { id: string; revision: number; position: number }[];
}

/** A point on the two clocks as it is asked for. */
export interface MomentAsked {
  /** The day to answer about; the business day when absent. */
  asOf?: Day;
  /** What was known: entries up to a position, or recorded up to an instant (inclusive); everything when absent. */
  knownAt?: { position: number } | { instant: Instant };
  /** Waits up to 2 s until the views hold this position. */
  after?: number;
}

/** A point on the two clocks as it was answered for; asking for it again gives the same bytes. */
export interface Moment {
  asOf: Day;
  knownAt: { position: number };
}

export interface ProjectFilter {
  district?: string;
  sector?: string;
  stage?: string;
  owner?: string;
  phase?: string;
}

export interface Page {
  /** Opaque; from the `next` of the page before. */
  cursor?: string;
  /** 1 to 500. */
  limit: number;
}

export interface PageOf<Item> {
  items: Item[];
  /** Absent on the last page. */
  next?: string;
}

/** A project at a moment; `revision` is that of its last entry known then. */
export type ProjectAnswer = Moment & { revision: number } & ProjectView;

/**
 * What the system can do.
 *
 * Errors are refusals (`refusals.ts`): of the domain, of the store, or of the application.
 */
export interface Topout {
  /** The business day: the real one of the installation's time zone, or the one that was set. */
  today(): { on: Day; isSet: boolean };
  execute(project: string, command: Command, request: WriteRequest): Promise<Receipt>;
  project(project: string, asked: MomentAsked): Promise<ProjectAnswer>;
  projects(asked: MomentAsked, filter: ProjectFilter, page: Page): Promise<Moment & PageOf<ProjectRow>>;
  /** Entries, the latest recorded first when `newestFirst`. */
  journal(
    project: string,
    asked: MomentAsked,
    page: Page & { newestFirst: boolean },
  ): Promise<Moment & PageOf<JournalEntry>>;
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
  health(): Promise<Health>;
}

export interface Health {
  store: { state: 'up' | 'down'; head: number };
  views: {
    name: string;
    version: number;
    position: number;
    lag: number;
    state: 'live' | 'catching-up' | 'rebuilding' | 'failed';
  }[];
  isReady: boolean;
}
