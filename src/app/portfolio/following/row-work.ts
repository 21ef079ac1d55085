import { isOfProject } from '../../../../domain/log/any-event.js';
import { projectOf } from '../../../../domain/project/events.js';
import { mayChangeDetails } from '../../../../projections/facts/identity.js';
import { isAdoption, type RulesAt } from '../../governance/rules-at.js';
import { RebuildMeter, type RebuildProgress } from '../../rebuild-progress.js';
import { type TurnPorts, Turns } from '../../turns.js';
import { isOfTheEvent, type Parked } from '../../views/parked.js';
import type { Views } from '../../views/views.js';
import { parkedRow } from '../parked-row.js';
import { Backlog } from './backlog.js';
import type { FollowedRows } from './followed-rows.js';
import { RowsBeside, type RowThreads } from './rows-beside.js';

/** Maximum duration of a slice of work, in milliseconds. */
const stretchMs = 8;
/** Pause after each slice while others write and nobody waits for the rows, in milliseconds. */
const restMs = 72;
/** How long new entries are collected before they are processed in the background, in milliseconds. */
const gatheringMs = 50;
/** Projects whose new entries take no more than a moment. */
export const closelyBehind = 1_000;
/** Projects processed between two looks at the clock. */
const inARow = 8;

/** Projects whose entries are read together. */
const readAhead = 16;

/** The ports of work on rows. */
export interface RowWorkPorts extends TurnPorts {
  /** Threads for the first rows of many projects; without it they are computed in this one. */
  rowThreads?: RowThreads;
  after(ms: number, call: () => void): () => void;
}

/** Keeps the rows up to date with the views: on demand, else a little later in short slices, so that writes are not delayed. */
export class RowWork {
  readonly backlog = new Backlog();
  /** Remaining work: how many projects are as in the file, and which changed after a position. */
  private opening: { after: number; pages: Generator<void, undefined> } | undefined;
  private working: Promise<void> | undefined;
  private stop: () => void = () => undefined;
  private endRest: () => void = () => undefined;
  /** The position of the last entry of a project; evaluations, whose events move the views too, are no reason to pause. */
  private lastEntry = 0;
  /** The number of waiters for the rows. */
  private asking = 0;
  private isClosed = false;
  /** While many projects are missing: how many there were, and since when. */
  private rebuild: { meter: RebuildMeter; of: number } | undefined;

  constructor(
    private readonly rows: FollowedRows,
    private readonly views: Views,
    private readonly rules: RulesAt,
    private readonly ports: RowWorkPorts,
  ) {
    this.openFrom(rows.fileEnd);
    views.events$.subscribe((events) => {
      for (const event of events) {
        if (isOfProject(event)) {
          this.lastEntry = event.position;
          this.backlog.fall(projectOf(event.stream), event.position, !mayChangeDetails(event.type));
        } else if (isAdoption(event)) this.lookAtRules();
      }
      this.scheduleIfBusy();
    });
    views.swaps$.subscribe(({ hasGap }) => {
      if (hasGap) this.begin();
      this.schedule();
    });
  }

  /** True until the file is read, and every project that changed since is known. */
  get isOpening(): boolean {
    return this.opening !== undefined;
  }

  /** How far the work on many missing projects has come; undefined while there are few. */
  get progress(): RebuildProgress | undefined {
    const { rebuild, backlog } = this;
    if (!rebuild || backlog.size === 0) return undefined;
    const of = Math.max(rebuild.of, backlog.size);
    return rebuild.meter.progress(of - backlog.size, of);
  }

  /** The position up to which the rows are complete. */
  get position(): number {
    return this.backlog.firstOr((this.opening?.after ?? this.views.position) + 1) - 1;
  }

  isBehind(position: number): boolean {
    return this.isOpening || this.backlog.isBehind(position);
  }

  /** True while the present details of a project may be missing from its rows. */
  isBehindInDetails(project: string): boolean {
    return this.isOpening || this.backlog.isBehindInDetails(project);
  }

  scheduleIfBusy(): void {
    if (this.isOpening || this.backlog.size > 0) this.schedule();
  }

  /** Resolves when everything up to a position is in the rows, or when they are closed. */
  async takeUp(position: number): Promise<void> {
    this.backlog.retry();
    this.asking += 1;
    this.endRest();
    // Nothing more is processed once they are closed.
    while (!this.isClosed && this.isBehind(position)) await this.work();
    this.asking -= 1;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.stop();
    this.endRest();
    await this.working;
  }

  /** Yields: for long while others write and nobody waits, else for a moment. */
  private rest(seen: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.asking > 0 || this.lastEntry === seen) return this.ports.nextTurn(resolve);
      const stop = this.ports.after(restMs, resolve);
      this.endRest = () => {
        stop();
        resolve();
      };
    });
  }

  /** Rebuilds all rows. */
  private begin(): void {
    this.backlog.clear();
    this.rows.clear();
    this.openFrom(0);
  }

  private openFrom(position: number): void {
    this.opening = { after: position, pages: this.pages(position) };
  }

  /** Reads the file, and looks for every project that changed after a position or needs evaluation under other rules. */
  private *pages(position: number): Generator<void, undefined> {
    yield* this.rows.load();
    for (const some of this.views.movedAfter(position)) {
      for (const moved of some) {
        const known = this.rows.knownOf(moved.project);
        if (!known || known.position < moved.position)
          this.backlog.fall(moved.project, (known?.position ?? 0) + 1);
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
      this.rows.replaceFile();
      this.begin();
    }
    return this.isOpening;
  }

  /** Looks for every project whose rows were built under earlier rules. */
  private lookAtRules(): void {
    const { position: adopted } = this.rules.lastUpTo(this.views.position);
    for (const { project, rules } of this.rows.followed)
      if (rules < adopted) this.backlog.fall(project, adopted, true);
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
      this.scheduleIfBusy();
    });
    return this.working;
  }

  private async workThrough(): Promise<void> {
    let seen = this.lastEntry;
    let began = this.ports.elapsedMs();
    const restIfLong = async (isWithin = false) => {
      if (this.ports.elapsedMs() - began < stretchMs) return;
      // Incomplete rows are not written.
      if (!isWithin) this.rows.save();
      await this.rest(seen);
      seen = this.lastEntry;
      began = this.ports.elapsedMs();
    };
    while (!this.isClosed && this.readOn()) await restIfLong();
    const { size } = this.backlog;
    const meter = new RebuildMeter(() => this.ports.elapsedMs());
    this.rebuild = size > closelyBehind ? { meter, of: size } : undefined;
    const end = this.views.endsWith;
    await this.followBeside(restIfLong);
    const { projects } = this.backlog;
    for (const [index, project] of projects.entries()) {
      if (this.isClosed) return;
      if (index % readAhead === 0) this.rows.readAhead(projects.slice(index, index + readAhead));
      await this.follow(project, restIfLong);
      if (index % inARow === 0) await restIfLong();
    }
    if (!this.backlog.hasFailed) this.rows.save(end);
  }

  /** Has the rows of many projects without any computed by other threads; what they leave stays in the backlog. */
  private async followBeside(restIfLong: () => Promise<void>): Promise<void> {
    const { backlog, rows, views, rules } = this;
    const { rowThreads } = this.ports;
    if (!rowThreads || views.position < rowThreads.fewestEvents || this.isClosed) return;
    const projects = backlog.projects.filter((project) => rows.isNew(project));
    if (projects.length < 2) return;
    const beside = new RowsBeside({ rows, views, rules, backlog }, rowThreads);
    for await (const isCurrent of beside.follow(projects)) {
      await restIfLong();
      if (this.isClosed || !isCurrent) return;
    }
  }

  /** Updates the rows of one project from the views; it stays in the backlog until they are complete. */
  private async follow(project: string, restIfLong: (isWithin: boolean) => Promise<void>): Promise<void> {
    const underWay = this.backlog.begin(project);
    try {
      const work = this.rows.follow(project);
      while (!work.next().done) {
        await restIfLong(true);
        // All rows are rebuilt, or nothing needs them any more.
        if (!underWay.isCurrent() || this.isClosed) return;
      }
      this.backlog.done(project);
    } catch (error) {
      this.rows.forget(project);
      const found = isOfTheEvent(error) ? await this.parkedOf(project, error) : (error as Error);
      if (underWay.isCurrent()) this.backlog.done(project, found);
    }
  }

  /** Finds the entry that parks a project. */
  private async parkedOf(project: string, error: Error): Promise<Parked | Error> {
    try {
      const adoption = this.rules.lastUpTo(this.views.position);
      const search = parkedRow(this.views.entriesInSteps(project, this.views.position), adoption, error);
      return (await new Turns(this.ports).through(search)) ?? error;
    } catch (unread) {
      return unread as Error;
    }
  }
}
