import { isOfProject } from '../../../domain/log/any-event.js';
import { projectOf, type RecordedEvent } from '../../../domain/project/events.js';
import type { Day } from '../../../domain/values/calendar.js';
import { uuidText } from '../../../domain/values/uuid.js';
import { inParts, type Steps } from '../../../projections/facts/steps.js';
import { readBy } from '../../../projections/lexicon/reading.js';
import {
  type GroupBy,
  GroupSums,
  type Portfolio,
  portfolioOf,
} from '../../../projections/portfolio/portfolio.js';
import { IncrementalRow } from '../../../projections/rows/incremental-row.js';
import type { RowStep } from '../../../projections/rows/row-step.js';
import { type Adoption, isAdoption, type RulesAt } from '../governance/rules-at.js';
import type { Moment } from '../queries/asked.js';
import { Refused } from '../refusals.js';
import type { ProjectFilter } from '../topout.js';
import { Turns } from '../turns.js';
import type { Views } from '../views/views.js';
import type { ViewsEnd } from '../views/views-file.js';
import { IncrementalRows } from './incremental-rows.js';
import { rowAtCursor } from './row-at-cursor.js';
import { Cursor, RowTable, type TableRow } from './row-table.js';
import { type Followed, RowsFile, version } from './rows-file.js';
import { firstRowOf, numberOfDay, putSteps } from './rows-of.js';
import { type Place, RowTerms } from './terms.js';

/** Maximum duration of a slice of work, in milliseconds. */
const stretchMs = 8;
/** Pause after each slice while others write and nobody waits for the rows, in milliseconds. */
const restMs = 72;
/** How long new entries are collected before they are processed in the background, in milliseconds. */
const gatheringMs = 50;
/** Projects whose new entries take no more than a moment. */
const closelyBehind = 1_000;
/** How long totals wait for missing rows, in milliseconds. */
const patienceMs = 2_000;
/** Projects processed between two looks at the clock. */
const inARow = 8;
/** What the table holds of a project with a long history (docs/decisions/0045). */
export interface TableLimits {
  /** Record limit: beyond it only the present state of each day is kept, and earlier knowledge is folded on demand. */
  mostRecords: number;
  /** From this number of records on, late entries are processed together. */
  longFrom: number;
}

const usualLimits: TableLimits = { mostRecords: 16_384, longFrom: 1_000 };

/** The ports of portfolio rows. */
export interface PortfolioRowsPorts {
  /** A monotonic clock in milliseconds. */
  elapsedMs(): number;
  nextTurn(call: () => void): void;
  after(ms: number, call: () => void): () => void;
  /** Called once if the file cannot be written; the rows in memory continue. */
  onFailure?(error: Error): void;
}

/**
 * Every project as a row for any point of both clocks, kept beside the views: totals over many projects are one pass
 * over numbers in memory.
 *
 * New entries are processed on demand, else a little later in short slices, so that writes are not delayed.
 */
export class PortfolioRows {
  private readonly terms = new RowTerms();
  private table = new RowTable();
  private readonly numbers = new Map<string, number>();
  private readonly followed: Followed[] = [];
  private readonly walks = new IncrementalRows();
  /** Numbers of projects without records from before some position. */
  private readonly cut = new Set<number>();
  /** The project being followed, and its first entry that came meanwhile. */
  private underWay: { project: string; news?: number } | undefined;
  private readonly turns: Turns;
  /** Projects with unprocessed entries, with the position of the first of them. */
  private readonly behindByProject = new Map<string, number>();
  /** Projects whose entries cannot be folded; each query gets the error. */
  private readonly failed = new Map<string, Error>();
  /** By number: the rank from which the records are not in the file. */
  private readonly unsaved = new Map<number, number>();
  private file: RowsFile;
  /** Remaining work: how many projects are as in the file, and which changed after a position. */
  private opening: { after: number; pages: Generator<void, undefined> } | undefined;
  private working: Promise<void> | undefined;
  private stop: () => void = () => undefined;
  private endRest: () => void = () => undefined;
  /** The number of waiters for the rows. */
  private asking = 0;
  private isClosed = false;
  private hasFailed = false;

  private constructor(
    private readonly views: Views,
    private readonly rules: RulesAt,
    private readonly ports: PortfolioRowsPorts,
    private readonly options: { path: string; storeName: string; limits?: TableLimits },
  ) {
    this.turns = new Turns(ports);
    this.file = RowsFile.open(options.path, options.storeName, this.terms);
    const end = this.file.endsWith;
    const isOfThisLog = !end || views.stream(end.stream, end.position, end.revision)[0]?.id === end.id;
    if (!isOfThisLog) this.file.clear();
    this.openFrom(isOfThisLog ? (end?.position ?? 0) : 0);
    views.events$.subscribe((events) => {
      for (const event of events) {
        if (isOfProject(event)) this.fall(projectOf(event.stream), event.position);
        else if (isAdoption(event)) this.lookAtRules();
      }
      if (this.isBusy) this.schedule();
    });
    views.swaps$.subscribe(({ hasGap }) => {
      if (hasGap) this.begin();
      this.schedule();
    });
  }

  /** Opens the rows of some views; missing ones are built in the background. */
  static open(
    views: Views,
    rules: RulesAt,
    ports: PortfolioRowsPorts = onDemand,
    options: { path: string; storeName: string; limits?: TableLimits } = { path: ':memory:', storeName: '' },
  ): PortfolioRows {
    const lines = new PortfolioRows(views, rules, ports, options);
    if (lines.isBusy) lines.schedule();
    return lines;
  }

  /** The number of projects known to have unprocessed entries. */
  get behind(): number {
    return this.behindByProject.size;
  }

  /** The position up to which the rows are complete. */
  get position(): number {
    let first = (this.opening?.after ?? this.views.position) + 1;
    for (const position of this.behindByProject.values()) if (position < first) first = position;
    return first - 1;
  }

  /** Their name, version and complete position, and whether they are up to date. */
  get status(): { name: string; version: number; position: number; state: 'live' | 'catching-up' } {
    const state = this.opening || this.behindByProject.size > closelyBehind ? 'catching-up' : 'live';
    return { name: 'lines', version, position: this.position, state };
  }

  /** Resolves when everything up to a position is summed. @throws Refused `view-behind` if it is not within 2 s */
  caughtUp(position: number): Promise<void> {
    return this.catchUp(position);
  }

  /** Totals over the projects known at a moment that match a filter. */
  async portfolio(moment: Moment, groupBy: GroupBy | undefined, filter: ProjectFilter): Promise<Portfolio> {
    await this.catchUp(moment.knownAt.position);
    const day = numberOfDay(moment.asOf);
    const cursor = new Cursor();
    const find = await this.finderAt(moment, cursor);
    const line = rowAtCursor(cursor, this.terms, day);
    const isMeant = this.chosenBy(filter);
    const { groups, groupOf } = this.sumsBy(groupBy);
    for (let number = 0; number < this.table.projects; number++) {
      if (!find(number) || !isMeant(cursor)) continue;
      line.number = number;
      groupOf(cursor).add(line);
    }
    return portfolioOf(groups, groupBy !== undefined, {
      project: (number) => this.followed[number]?.project ?? '',
      entry: (number) => {
        find(number);
        return uuidText(Buffer.from(cursor.entry).toString('hex'));
      },
    });
  }

  /** Filters some projects to those known at a moment that match a filter, in order. */
  async chosen(projects: readonly string[], moment: Moment, filter: ProjectFilter): Promise<string[]> {
    await this.catchUp(moment.knownAt.position);
    const cursor = new Cursor();
    const numbers = new Map(projects.map((project) => [project, this.numbers.get(project) ?? -1]));
    const find = await this.finderAt(moment, cursor, [...numbers.values()]);
    const isMeant = this.chosenBy(filter);
    return projects.filter((project) => find(numbers.get(project) ?? -1) && isMeant(cursor));
  }

  /** Sets a cursor on a project's record at a moment; false if there is none. */
  private async finderAt(
    { asOf, knownAt: { position } }: Moment,
    cursor: Cursor,
    numbers: Iterable<number> = this.cut,
  ): Promise<(number: number) => boolean> {
    const day = numberOfDay(asOf);
    const early = new Map<number, RowTable>();
    for (const number of numbers) {
      const followed = this.followed[number];
      if (!followed || followed.wholeFrom <= position) continue;
      const line = await this.turns.through(this.earlyLine(followed.project, asOf, position));
      const table = new RowTable();
      if (line) table.put(table.add(), { ...line, day: 0, position: 0 });
      early.set(number, table);
    }
    return (number) => {
      const table = early.get(number);
      return table ? table.find(0, day, position, cursor) : this.table.find(number, day, position, cursor);
    };
  }

  /** The row of a project for a moment that the table no longer has. */
  private *earlyLine(project: string, asOf: Day, position: number): Steps<TableRow | undefined> {
    const entries = yield* this.views.entriesInSteps(project, position);
    const walk = yield* rowKnowing(entries, this.rules.lastUpTo(position));
    return firstRowOf(yield* walk.inStepsFrom(asOf), position, this.terms);
  }

  /** Processes everything in the views, and writes the file. */
  async settle(): Promise<void> {
    await this.takeUp(this.views.position);
    this.save();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.stop();
    this.endRest();
    await this.working;
    this.save();
    this.file.close();
  }

  /**
   * Resolves when everything up to a position is in the table.
   *
   * @throws Refused `view-behind` if it is not within 2 s
   */
  private async catchUp(position: number): Promise<void> {
    const late = Promise.withResolvers<void>();
    const stop = this.ports.after(patienceMs, late.resolve);
    await Promise.race([this.takeUp(position), late.promise]);
    stop();
    if (this.isBehind(position)) throw this.late(position);
    for (const error of this.failed.values()) throw error;
  }

  private async takeUp(position: number): Promise<void> {
    for (const project of this.failed.keys()) this.fall(project, 0);
    this.asking += 1;
    this.endRest();
    // Nothing more is processed once they are closed.
    while (!this.isClosed && this.isBehind(position)) await this.work();
    this.asking -= 1;
  }

  /** Yields: for long while others write and nobody waits, else for a moment. */
  private rest(seen: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.asking > 0 || this.views.position === seen) return this.ports.nextTurn(resolve);
      const stop = this.ports.after(restMs, resolve);
      this.endRest = () => {
        stop();
        resolve();
      };
    });
  }

  private late(position: number): Refused {
    const fault = {
      member: 'knownAt',
      seen: `position ${position}, and ${this.behindByProject.size} projects are still to be added up`,
      expected: 'a moment for which all projects are added up; try again',
    };
    return new Refused('view-behind', fault, { position: this.position });
  }

  /** Rebuilds all rows. */
  private begin(): void {
    this.table = new RowTable();
    this.numbers.clear();
    this.followed.length = 0;
    for (const kept of [this.walks, this.behindByProject, this.failed, this.unsaved, this.cut]) kept.clear();
    this.underWay = undefined;
    this.file.clear();
    this.openFrom(0);
  }

  /** True while there is unprocessed work. */
  private get isBusy(): boolean {
    return this.opening !== undefined || this.behindByProject.size > 0;
  }

  private isBehind(position: number): boolean {
    if (this.opening) return true;
    for (const first of this.behindByProject.values()) if (first <= position) return true;
    return false;
  }

  private fall(project: string, position: number): void {
    this.failed.delete(project);
    if (this.underWay?.project === project) this.underWay.news ??= position;
    else if (!this.behindByProject.has(project)) this.behindByProject.set(project, position);
  }

  private openFrom(position: number): void {
    this.opening = { after: position, pages: this.pages(position) };
  }

  /** Reads the file, and looks for every project that changed after a position or needs evaluation under other rules. */
  private *pages(position: number): Generator<void, undefined> {
    for (const some of this.file.load(this.table)) {
      for (const followed of some) {
        if (followed.wholeFrom > 0) this.cut.add(this.followed.length);
        this.numbers.set(followed.project, this.followed.length);
        this.followed.push(followed);
      }
      yield;
    }
    for (const some of this.views.movedAfter(position)) {
      for (const moved of some) {
        const number = this.numbers.get(moved.project);
        const known = number === undefined ? undefined : this.followed[number];
        if (!known || known.position < moved.position) this.fall(moved.project, (known?.position ?? 0) + 1);
      }
      yield;
    }
    this.lookAtRules();
  }

  /** Reads one page more; false when all is read. */
  private readOn(): boolean {
    try {
      if (this.opening?.pages.next().done === false) return true;
      this.opening = undefined;
    } catch {
      // An unreadable cache is rebuilt from the log.
      this.file.close();
      const { path, storeName } = this.options;
      this.file = RowsFile.empty(path, storeName, this.terms);
      this.begin();
    }
    return this.opening !== undefined;
  }

  /** Looks for every project whose rows were built under earlier rules. */
  private lookAtRules(): void {
    const { position: adopted } = this.rules.lastUpTo(this.views.position);
    for (const { project, rules } of this.followed) if (rules < adopted) this.fall(project, adopted);
  }

  private schedule(): void {
    if (this.working || this.isClosed) return;
    this.stop();
    this.stop = this.ports.after(gatheringMs, () => void this.work());
  }

  private work(): Promise<void> {
    this.stop();
    this.working ??= this.workThrough().finally(() => {
      this.working = undefined;
      if (this.isBusy) this.schedule();
    });
    return this.working;
  }

  private async workThrough(): Promise<void> {
    let seen = this.views.position;
    let began = this.ports.elapsedMs();
    const restIfLong = async (isWithin = false) => {
      if (this.ports.elapsedMs() - began < stretchMs) return;
      // Incomplete rows are not written.
      if (!isWithin) this.save();
      await this.rest(seen);
      seen = this.views.position;
      began = this.ports.elapsedMs();
    };
    while (!this.isClosed && this.readOn()) await restIfLong();
    const end = this.views.endsWith;
    const all = [...this.behindByProject.keys()];
    for (const [index, project] of all.entries()) {
      if (this.isClosed) return;
      await this.follow(project, restIfLong);
      if (index % inARow === 0) await restIfLong();
    }
    if (this.failed.size === 0) this.save(end);
  }

  /** Updates the rows of one project from the views; it stays in the work list until they are complete. */
  private async follow(project: string, restIfLong: (isWithin: boolean) => Promise<void>): Promise<void> {
    const number = this.numberOf(project);
    const followed = this.followed[number] as Followed;
    const underWay: { project: string; news?: number } = { project };
    this.underWay = underWay;
    try {
      const work = this.going(number, followed);
      while (!work.next().done) {
        await restIfLong(true);
        // All rows are rebuilt, or nothing needs them any more.
        if (this.underWay !== underWay || this.isClosed) return;
      }
    } catch (error) {
      this.table.clear(number);
      this.unsaved.set(number, 0);
      this.followed[number] = notFollowed(project);
      this.cut.delete(number);
      this.failed.set(project, error as Error);
    }
    this.underWay = undefined;
    this.behindByProject.delete(project);
    if (underWay.news !== undefined) this.behindByProject.set(project, underWay.news);
  }

  private *going(number: number, followed: Followed): Steps<void> {
    const { views, rules } = this;
    const { mostRecords, longFrom } = this.options.limits ?? usualLimits;
    const { project, revision } = followed;
    const upTo = views.position;
    const known = this.walks.take(followed);
    const entries = yield* views.entriesInSteps(project, upTo, known ? revision + 1 : 0);
    const isNew = revision < 0;
    let inForce = rules.lastUpTo(isNew ? (entries[0]?.position ?? 0) : followed.rules);
    const by = inForce.position;
    let walk = known ?? (yield* rowKnowing(entries.slice(0, revision + 1), inForce));
    let news = known ? entries : entries.slice(revision + 1);
    let from = this.unsaved.get(number) ?? Number.POSITIVE_INFINITY;
    let { wholeFrom } = followed;
    const put = (steps: readonly RowStep[], position: number) => {
      from = Math.min(from, putSteps(this.table, number, steps, { position, terms: this.terms }));
      if (this.table.countOf(number) <= mostRecords) return;
      this.table.compact(number);
      from = 0;
      wholeFrom = position;
    };
    const adopt = function* (adopted: Adoption): Steps<void> {
      if (readBy(adopted.lexicon) === readBy(inForce.lexicon)) walk.adopt(adopted.rules);
      else walk = yield* rowKnowing(yield* views.entriesInSteps(project, adopted.position), adopted);
      inForce = adopted;
      if (walk.firstOn !== null) put(yield* walk.inStepsFrom(walk.firstOn), adopted.position);
    };
    const adoptions = rules.between(by, upTo);
    const last = news.at(-1) ?? followed;
    while (news[0]) {
      const [entry] = news;
      for (; adoptions[0] && adoptions[0].position < entry.position; adoptions.shift())
        yield* adopt(adoptions[0]);
      // Late entries of a project with a long history are processed together: each alone would cost a pass through all days.
      const isLong = this.table.countOf(number) > longFrom && !walk.isLatest(entry);
      const until = adoptions[0]?.position ?? Number.POSITIVE_INFINITY;
      const together = isLong ? news.filter(({ position }) => position < until) : [entry];
      const { position } = together.at(-1) ?? entry;
      if (together.length > 1) wholeFrom = position;
      put((yield* walk.takeAll(together.map(readBy(inForce.lexicon)))).steps, position);
      news = news.slice(together.length);
    }
    for (const adopted of adoptions) yield* adopt(adopted);
    const done = {
      project,
      revision: last.revision,
      position: last.position,
      rules: rules.lastUpTo(upTo).position,
      wholeFrom,
    };
    this.followed[number] = done;
    if (wholeFrom > 0) this.cut.add(number);
    // Of many projects processed for the first time, few change again soon.
    if (!isNew) this.walks.keep(done, walk);
    this.unsaved.set(number, Math.min(from, this.table.countOf(number)));
  }

  private numberOf(project: string): number {
    const known = this.numbers.get(project);
    if (known !== undefined) return known;
    const number = this.table.add();
    this.numbers.set(project, number);
    this.followed.push(notFollowed(project));
    return number;
  }

  private chosenBy(filter: ProjectFilter): (cursor: Cursor) => boolean {
    const { stage, ...wanted } = filter;
    const asked = Object.entries(wanted).filter(([, value]) => value !== undefined) as [
      keyof Place,
      string,
    ][];
    const fits = Array.from({ length: this.terms.places.count }, (_, number) => {
      const place = this.terms.places.valueOf(number);
      return asked.every(([name, value]) => place?.[name] === value);
    });
    const { stages } = this.terms;
    return (cursor) =>
      fits[cursor.place] === true && (stage === undefined || stages.valueOf(cursor.stage) === stage);
  }

  /** Sums by key, indexed by term numbers: no text look-up per project. */
  private sumsBy(groupBy: GroupBy | undefined): {
    groups: Map<string | null, GroupSums>;
    groupOf(cursor: Cursor): GroupSums;
  } {
    const { places, stages } = this.terms;
    const groups = new Map<string | null, GroupSums>();
    const byNumber: GroupSums[] = [];
    const numberOf = (cursor: Cursor) =>
      groupBy === undefined ? 0 : groupBy === 'stage' ? cursor.stage : cursor.place;
    const keyOf = (cursor: Cursor) => {
      if (groupBy === undefined) return null;
      return groupBy === 'stage'
        ? stages.valueOf(cursor.stage)
        : (places.valueOf(cursor.place)?.[groupBy] ?? null);
    };
    const groupOf = (cursor: Cursor) => {
      const number = numberOf(cursor);
      const known = byNumber[number];
      if (known) return known;
      const key = keyOf(cursor);
      const group = groups.get(key) ?? new GroupSums();
      groups.set(key, group);
      byNumber[number] = group;
      return group;
    };
    return { groups, groupOf };
  }

  /** Writes new records; with an event, that everything up to it is there. */
  private save(end?: ViewsEnd): void {
    if (this.hasFailed || (this.unsaved.size === 0 && !end)) return;
    try {
      this.file.begin();
      for (const [number, from] of this.unsaved)
        this.file.save(this.table, number, from, this.followed[number] as Followed);
      this.file.commit(end);
      this.unsaved.clear();
    } catch (error) {
      // The rows in memory are complete; after the next start the rest is rebuilt.
      this.hasFailed = true;
      this.ports.onFailure?.(error as Error);
    }
  }
}

/** Everything is processed on the first request. */
const onDemand: PortfolioRowsPorts = {
  elapsedMs: () => 0,
  nextTurn: (call) => void Promise.resolve().then(call),
  after: () => () => undefined,
};

/** A row that knows some entries as they are read by what is in force. */
function* rowKnowing(entries: readonly RecordedEvent[], { rules, lexicon }: Adoption): Steps<IncrementalRow> {
  const row = new IncrementalRow(rules);
  const read = readBy(lexicon);
  for (const some of inParts(entries)) {
    for (const entry of some) row.know(read(entry));
    yield;
  }
  return row;
}

function notFollowed(project: string): Followed {
  return { project, revision: -1, position: 0, rules: 0, wholeFrom: 0 };
}
