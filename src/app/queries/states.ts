import { defaultLexicon } from '../../../domain/governance/lexicons.js';
import type { AdoptedRules } from '../../../domain/governance/rules.js';
import { ofProjects } from '../../../domain/log/any-event.js';
import { projectOf, type RecordedEvent } from '../../../domain/project/events.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { ProjectDays } from '../../../projections/alerts/project-on-day.js';
import { sightingCount } from '../../../projections/facts/identity.js';
import { finished, inParts, type Steps } from '../../../projections/facts/steps.js';
import { asRecorded, readBy } from '../../../projections/lexicon/reading.js';
import { rowInSteps, type Shown, shownInSteps } from '../../../projections/portfolio/row.js';
import {
  existsOn,
  foldInSteps,
  type ProjectRow,
  type ProjectState,
  withEntries,
} from '../../../projections/project/project.js';
import { usualCacheLimits } from '../cache-limits.js';
import { KeptProjects } from '../commands/kept-projects.js';
import type { RulesAt } from '../governance/rules-at.js';
import { oneTurn, type Turns } from '../turns.js';
import type { Views } from '../views/views.js';
import type { Moment } from './asked.js';

/** A project folded up to its last entry in the views. */
export interface Folded {
  state: ProjectState;
  /** The fold of its live facts by days, unless something is being computed with it. */
  days?: ProjectDays;
  /** The lexicon by which its entries were read. */
  lexicon: number;
  revision: number;
  position: number;
  /**
   * Newer entries in the views, oldest first: many may come without a query, and each fold step costs a copy of the
   * lists.
   */
  news: RecordedEvent[];
  /** The last requested row; lists of one day are requested repeatedly. */
  row?: { asOf: Day; rulesVersion: number; row: ProjectRow };
  /** What was shown last; a page of a project is requested repeatedly. */
  shown?: { asOf: Day; rulesVersion: number; shown: Shown };
}

/** The last listed row of a project, until something new is known of it. */
interface ListedRow {
  asOf: Day;
  rulesVersion: number;
  lexicon: number;
  /** Of the last entry in the row. */
  position: number;
  row: ProjectRow;
  /** Each counts as one, however many entries its project has. */
  revision: 0;
}

/** The entries of a project up to a position of the log. */
interface ReadEntries {
  entries: readonly RecordedEvent[];
  revision: number;
  upTo: number;
}

/** Projects of fewer entries are folded again sooner than what is kept of them pays. */
const daysKeptFrom = 50;

/** Entries waiting to be added to a folded project; beyond them it is folded again on demand. */
const newsKept = 1_000;
/** New entries added per step. */
const newsAtOnce = 50;

/**
 * Folded projects. One is cached, and follows the log, if nothing of it lies after the position for which it was requested; others are
 * folded on demand.
 */
export class States {
  private readonly kept: KeptProjects<Folded>;
  /** A replay requests consecutive moments of one project. */
  private readonly read: KeptProjects<ReadEntries>;
  /** A page lists all projects of a district, which are more than are cached folded. */
  private readonly listed: KeptProjects<ListedRow>;

  /** How often the views were replaced. */
  private swaps = 0;

  /** @param lexicons without it every entry is read by the lexicon that comes with Topout */
  constructor(
    private readonly views: Views,
    private readonly turns: Turns = oneTurn,
    private readonly lexicons: Pick<RulesAt, 'lexiconAt'> = shipped,
    { folded, read, listed } = usualCacheLimits.states,
  ) {
    this.kept = new KeptProjects(folded);
    this.read = new KeptProjects(read);
    this.listed = new KeptProjects(listed);
    views.events$.subscribe((events) => {
      for (const event of ofProjects(events)) this.follow(event);
    });
    views.swaps$.subscribe(() => {
      this.swaps += 1;
      this.kept.forgetAll();
      this.read.forgetAll();
      this.listed.forgetAll();
    });
  }

  /** A project as known at a position, or undefined if it was not; within one turn. */
  at(project: string, position: number): Folded | undefined {
    return finished(this.inSteps(project, position));
  }

  /** A project as known at a position, or undefined if it was not; in turns for long histories. */
  inTurns(project: string, position: number): Promise<Folded | undefined> {
    return this.turns.through(this.inSteps(project, position));
  }

  /** A project as a row, or undefined if nothing was known of it then. */
  async rowAt(project: string, moment: Moment, rules: AdoptedRules): Promise<ProjectRow | undefined> {
    const { asOf, knownAt } = moment;
    const listed = this.listed.get(project);
    if (
      listed &&
      listed.position <= knownAt.position &&
      listed.asOf === asOf &&
      listed.rulesVersion === rules.version &&
      listed.lexicon === this.lexicons.lexiconAt(knownAt.position).version
    )
      return listed.row;
    const folded = await this.inTurns(project, knownAt.position);
    const row = folded && (await this.rowOf(folded, asOf, rules));
    // Only what is still cached is known to be up to date.
    if (row && this.kept.get(project) === folded && folded.news.length === 0) {
      const { lexicon, position } = folded;
      const { version: rulesVersion } = rules;
      this.listed.keep(project, { asOf, rulesVersion, lexicon, position, row, revision: 0 });
    }
    return row;
  }

  /** A folded project as a row, or undefined before its first day. */
  async rowOf(folded: Folded, asOf: Day, rules: AdoptedRules): Promise<ProjectRow | undefined> {
    if (!existsOn(folded.state, asOf)) return undefined;
    const { version } = rules;
    if (folded.row?.asOf === asOf && folded.row.rulesVersion === version) return folded.row.row;
    const row = await this.turns.through(
      this.onDays(folded, asOf, (days) => rowInSteps(folded.state, rules, asOf, days)),
    );
    folded.row = { asOf, rulesVersion: version, row };
    return row;
  }

  /** Every figure of a folded project on a day, its alerts and its contradictions; in turns. */
  async shown(folded: Folded, rules: AdoptedRules, asOf: Day): Promise<Shown> {
    const { version } = rules;
    const { shown: last } = folded;
    if (last?.asOf === asOf && last.rulesVersion === version) return last.shown;
    const shown = await this.turns.through(
      this.onDays(folded, asOf, (days) => shownInSteps(folded.state, rules, asOf, days)),
    );
    if (isLong(folded)) folded.shown = { asOf, rulesVersion: version, shown };
    return shown;
  }

  /**
   * Computes something with the days of a folded project. At its end they are kept, so that further entries and requests
   * continue from there; what is computed meanwhile folds for itself.
   */
  *onDays<Result>(folded: Folded, day: Day, compute: (days: ProjectDays) => Steps<Result>): Steps<Result> {
    const { days } = folded;
    if (days && !days.isUpTo(day)) return yield* compute(new ProjectDays(folded.state));
    folded.days = undefined;
    const used = days ?? new ProjectDays(folded.state);
    const result = yield* compute(used);
    if (isLong(folded)) folded.days = used;
    return result;
  }

  private *inSteps(project: string, position: number): Steps<Folded | undefined> {
    const kept = this.kept.get(project);
    const { version: lexicon } = this.lexicons.lexiconAt(position);
    if (kept && kept.position <= position && kept.lexicon === lexicon)
      return yield* this.caughtUp(project, kept, position);
    const begun = this.swaps;
    const isReadAsNow = lexicon === this.lexicons.lexiconAt(this.views.position).version;
    if (isReadAsNow && kept && kept.lexicon !== lexicon) this.kept.forget(project);
    const { entries, isAll } = yield* this.entries(project, position);
    const last = entries.at(-1);
    if (!last) return undefined;
    const state = yield* foldInSteps(readAs(entries, this.lexicons.lexiconAt(position)));
    const folded: Folded = { state, lexicon, revision: last.revision, position: last.position, news: [] };
    // Of a position that only other projects have passed it is the present one all the same.
    if (!isAll || !isReadAsNow || this.swaps !== begun || this.kept.get(project)) return folded;
    // Entries that came meanwhile were not delivered to the cache of this project.
    folded.news = this.views.entries(project, this.views.position, last.revision + 1);
    if (folded.news.length <= newsKept) this.kept.keep(project, folded);
    return folded;
  }

  /** The entries of a project up to a position, oldest first, as the lexicon in force there, or at another one, reads them. */
  *entriesOf(project: string, position: number, readAt = position): Steps<readonly RecordedEvent[]> {
    const { entries } = yield* this.entries(project, position);
    return readAs(entries, this.lexicons.lexiconAt(readAt));
  }

  /** The entries of a project up to a position as they were recorded, and whether the views have no later one. */
  private *entries(
    project: string,
    position: number,
  ): Steps<{ entries: readonly RecordedEvent[]; isAll: boolean }> {
    let known = this.read.get(project) ?? { entries: [], revision: -1, upTo: -1 };
    if (known.upTo < position) {
      const begun = this.swaps;
      const upTo = this.views.position;
      const more = yield* this.views.entriesInSteps(project, upTo, known.revision + 1);
      const entries = more.length === 0 ? known.entries : [...known.entries, ...more];
      known = { entries, revision: entries.length - 1, upTo };
      if (this.swaps === begun) this.read.keep(project, known);
    } else this.read.keep(project, known);
    const entries = upToPosition(known.entries, position);
    return { entries, isAll: entries === known.entries };
  }

  private follow(event: RecordedEvent): void {
    const project = projectOf(event.stream);
    this.listed.forget(project);
    const kept = this.kept.get(project);
    if (!kept || event.position <= (kept.news.at(-1) ?? kept).position) return;
    if (kept.news.length < newsKept) kept.news.push(event);
    else this.kept.forget(project);
  }

  /** A cached project with its new entries up to a position. */
  private *caughtUp(project: string, kept: Folded, position: number): Steps<Folded> {
    const known = kept.news.findLastIndex((entry) => entry.position <= position) + 1;
    const last = kept.news[known - 1];
    if (!last) return kept;
    let { state } = kept;
    try {
      const read = readBy(this.lexicons.lexiconAt(position));
      for (const some of inParts(kept.news.slice(0, known), newsAtOnce))
        state = yield* withEntries(state, some.map(read));
    } catch (error) {
      // A fold that throws is not cached: every caller gets the error.
      this.kept.forget(project);
      throw error;
    }
    const { revision } = last;
    const { lexicon } = kept;
    const folded: Folded = {
      state,
      lexicon,
      revision,
      position: last.position,
      news: kept.news.slice(known),
    };
    if (kept.days) folded.days = kept.days.after(state);
    // It may have been updated, or evicted, meanwhile.
    if (this.kept.get(project) === kept) this.kept.keep(project, folded);
    return folded;
  }
}

function isLong({ state }: Folded): boolean {
  return sightingCount(state.identity) >= daysKeptFrom;
}

/** Entries as a lexicon reads them. */
function readAs(
  entries: readonly RecordedEvent[],
  lexicon: ReturnType<RulesAt['lexiconAt']>,
): readonly RecordedEvent[] {
  const read = readBy(lexicon);
  return read === asRecorded ? entries : entries.map((entry) => read(entry));
}

function upToPosition(entries: readonly RecordedEvent[], position: number): readonly RecordedEvent[] {
  const end = entries.findLastIndex((entry) => entry.position <= position) + 1;
  return end === entries.length ? entries : entries.slice(0, end);
}

const shipped: Pick<RulesAt, 'lexiconAt'> = { lexiconAt: () => defaultLexicon };
