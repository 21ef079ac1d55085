import { isWithin, type Reach } from '../../../domain/access/scope.js';
import type { ByLanguage } from '../../../domain/values/by-language.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { uuidText } from '../../../domain/values/uuid.js';
import type { Steps } from '../../../projections/facts/steps.js';
import { type GroupBy, type Portfolio, portfolioOf } from '../../../projections/portfolio/portfolio.js';
import type { RulesAt } from '../governance/rules-at.js';
import type { Moment } from '../queries/asked.js';
import { Refused } from '../refusals.js';
import type { Health, ProjectFilter, WeeklyLights } from '../topout.js';
import { Turns } from '../turns.js';
import type { Parked } from '../views/parked.js';
import type { Views } from '../views/views.js';
import { FollowedRows, type RowsOptions } from './following/followed-rows.js';
import { rowKnowing } from './following/lay-rows.js';
import { closelyBehind, RowWork, type RowWorkPorts } from './following/row-work.js';
import { NamesInBoth } from './names-in-both.js';
import { rowsName } from './parked-row.js';
import { rowAtCursor } from './row-at-cursor.js';
import { chosenBy, sumsBy } from './row-choice.js';
import { firstRowOf, numberOfDay } from './rows-of.js';
import { Cursor } from './table/row-cursor.js';
import { RowTable } from './table/row-table.js';
import { version } from './table/rows-file.js';
import type { TableRow } from './table/table-row.js';
import { LightRuns } from './weekly-lights.js';

/** Later than the day of every description. */
const lastDay = 99_991_231;
/** How long totals wait for missing rows, in milliseconds. */
const patienceMs = 2_000;

/** The ports of portfolio rows. */
export interface PortfolioRowsPorts extends RowWorkPorts {
  /** Called once if the file cannot be written; the rows in memory continue. */
  onFailure?(error: Error): void;
}

/**
 * Every project as a row for any point of both clocks, kept beside the views: totals over many projects are one pass
 * over numbers in memory.
 */
export class PortfolioRows {
  private readonly rows: FollowedRows;
  private readonly work: RowWork;
  private readonly turns: Turns;
  /** The names of districts and sectors as far as the rows know them. */
  readonly names: NamesInBoth;

  private constructor(
    private readonly views: Views,
    private readonly rules: RulesAt,
    private readonly ports: PortfolioRowsPorts,
    options: RowsOptions,
  ) {
    this.turns = new Turns(ports);
    this.rows = new FollowedRows(views, rules, options, (error) => ports.onFailure?.(error));
    this.names = new NamesInBoth(this.rows.terms.places);
    this.work = new RowWork(this.rows, views, rules, ports);
  }

  /** Opens the rows of some views; missing ones are built in the background. */
  static open(
    views: Views,
    rules: RulesAt,
    ports: PortfolioRowsPorts = onDemand,
    options: RowsOptions = { path: ':memory:', storeName: '' },
  ): PortfolioRows {
    const lines = new PortfolioRows(views, rules, ports, options);
    lines.work.scheduleIfBusy();
    return lines;
  }

  /** The number of projects known to have unprocessed entries. */
  get behind(): number {
    return this.work.backlog.size;
  }

  /** Projects without rows, because no row can be computed with one of their entries. */
  get parked(): readonly Parked[] {
    return this.work.backlog.parked;
  }

  /** The entry that no row of a project can be computed with, once everything up to a position was tried. */
  async parkedOf(project: string, position: number): Promise<Parked | undefined> {
    await this.caughtUp(position);
    return this.work.backlog.parkedOf(project);
  }

  /** Tries the parked projects again. */
  async retryParked(): Promise<void> {
    this.work.backlog.retryParked();
    await this.work.takeUp(this.views.position);
  }

  /** The position up to which the rows are complete. */
  get position(): number {
    return this.work.position;
  }

  /** Their name, version and complete position, and whether they are up to date. */
  get status(): Pick<Health['views'][number], 'name' | 'version' | 'position' | 'state' | 'progress'> {
    const state = this.work.isOpening || this.behind > closelyBehind ? 'catching-up' : 'live';
    const { progress } = this.work;
    return { name: rowsName, version, position: this.position, state, ...(progress ? { progress } : {}) };
  }

  /** Totals over the projects known at a moment that match a filter. */
  async portfolio(
    moment: Moment,
    groupBy: GroupBy | undefined,
    filter: ProjectFilter,
    isReached: (project: string) => boolean = () => true,
  ): Promise<Portfolio> {
    await this.caughtUp(moment.knownAt.position);
    const { table, terms, followed } = this.rows;
    const day = numberOfDay(moment.asOf);
    const cursor = new Cursor();
    const find = await this.finderAt(moment, cursor);
    const line = rowAtCursor(cursor, terms, day);
    const isMeant = chosenBy(filter, terms);
    const { groups, groupOf } = sumsBy(groupBy, terms);
    for (let number = 0; number < table.projects; number++) {
      if (!find(number) || !isMeant(cursor) || !isReached(followed[number]?.project ?? '')) continue;
      line.number = number;
      groupOf(cursor).add(line);
    }
    return portfolioOf(groups, groupBy !== undefined, {
      project: (number) => followed[number]?.project ?? '',
      entry: (number) => {
        find(number);
        return uuidText(Buffer.from(cursor.entry).toString('hex'));
      },
      entryOfYear: (number) => {
        find(number);
        return uuidText(Buffer.from(terms.annual.entryOf(cursor.annual)).toString('hex'));
      },
    });
  }

  /** The light of every project that matches a filter on each of some days, as known at one moment. */
  async weeklyLights(
    moment: Moment,
    days: readonly Day[],
    asked: { filter: ProjectFilter; isReached(project: string): boolean; since?: Day | undefined },
  ): Promise<WeeklyLights> {
    await this.caughtUp(moment.knownAt.position);
    const cursor = new Cursor();
    const finds: { day: number; find(number: number): boolean }[] = [];
    for (const asOf of asked.since === undefined ? days : [...days, asked.since])
      finds.push({ day: numberOfDay(asOf), find: await this.finderAt({ ...moment, asOf }, cursor) });
    return this.turns.through(this.lightsInSteps(days, finds, cursor, asked));
  }

  private *lightsInSteps(
    days: readonly Day[],
    finds: readonly { day: number; find(number: number): boolean }[],
    cursor: Cursor,
    asked: { filter: ProjectFilter; isReached(project: string): boolean; since?: Day | undefined },
  ): Steps<WeeklyLights> {
    const isMeant = chosenBy(asked.filter, this.rows.terms);
    const [lights, since]: [Record<string, string>, Record<string, number>] = [{}, {}];
    const present = finds[days.length - 1];
    const compared = finds[days.length];
    for (let number = 0; number < this.rows.table.projects; number++) {
      const project = this.rows.followed[number]?.project ?? '';
      // A filter is about the last day; a project that was not registered then has no light on any.
      if (!present?.find(number) || !isMeant(cursor) || !asked.isReached(project)) continue;
      const runs = new LightRuns();
      for (const { day, find } of finds.slice(0, days.length))
        runs.add(find(number) ? cursor.lightOn(day) : undefined);
      lights[project] = runs.words();
      if (compared?.find(number) && cursor.hasPlan) since[project] = cursor.percent;
      if (number % 50 === 0) yield;
    }
    return { days: [...days], lights, ...(compared ? { since } : {}) };
  }

  /** Filters some projects to those known at a moment that match a filter, in order. */
  async chosen(projects: readonly string[], moment: Moment, filter: ProjectFilter): Promise<string[]> {
    await this.caughtUp(moment.knownAt.position);
    const cursor = new Cursor();
    const numbers = new Map(projects.map((project) => [project, this.rows.numberOf(project)]));
    const find = await this.finderAt(moment, cursor, [...numbers.values()]);
    const isMeant = chosenBy(filter, this.rows.terms);
    return projects.filter((project) => find(numbers.get(project) ?? -1) && isMeant(cursor));
  }

  /**
   * The present district of a project: the one of its latest description. Immediate unless the rows are behind.
   *
   * @throws Refused `view-behind`
   */
  districtOf(project: string): ByLanguage | undefined | Promise<ByLanguage | undefined> {
    if (!this.work.isBehindInDetails(project)) return this.presentDistrict(project);
    return this.takenUp(this.views.position).then(() => this.presentDistrict(project));
  }

  /**
   * Tells of projects whether they are within reach, by their present districts.
   *
   * @throws Refused `view-behind`
   */
  async reached(reach: Reach): Promise<(project: string) => boolean> {
    await this.takenUp(this.views.position);
    return (project) => isWithin(reach, { project, district: this.presentDistrict(project) });
  }

  private presentDistrict(project: string): ByLanguage | undefined {
    const { table, terms } = this.rows;
    const cursor = new Cursor();
    const isKnown = table.find(this.rows.numberOf(project), lastDay, this.views.position, cursor);
    return isKnown ? (terms.places.valueOf(cursor.place)?.district ?? undefined) : undefined;
  }

  /**
   * Resolves when everything up to a position is in the table.
   *
   * @throws Refused `view-behind` if it is not within 2 s
   */
  async caughtUp(position: number): Promise<void> {
    await this.takenUp(position);
    for (const error of this.work.backlog.errors) throw error;
  }

  private async takenUp(position: number): Promise<void> {
    const late = Promise.withResolvers<void>();
    const stop = this.ports.after(patienceMs, late.resolve);
    await Promise.race([this.work.takeUp(position), late.promise]);
    stop();
    if (this.work.isBehind(position)) throw this.late(position);
  }

  /** Processes everything in the views, and writes the file. */
  async settle(): Promise<void> {
    await this.work.takeUp(this.views.position);
    this.rows.save();
  }

  async close(): Promise<void> {
    await this.work.close();
    this.rows.close();
  }

  /** Sets a cursor on a project's record at a moment; false if there is none. */
  private async finderAt(
    { asOf, knownAt: { position } }: Moment,
    cursor: Cursor,
    numbers: Iterable<number> = this.rows.cut,
  ): Promise<(number: number) => boolean> {
    const { rows } = this;
    const day = numberOfDay(asOf);
    const early = new Map<number, RowTable>();
    for (const number of numbers) {
      const followed = rows.followed[number];
      if (!followed || followed.wholeFrom <= position) continue;
      const line = await this.turns.through(this.earlyLine(followed.project, asOf, position));
      const table = new RowTable();
      if (line) table.put(table.add(), { ...line, day: 0, position: 0 });
      early.set(number, table);
    }
    return (number) => {
      const table = early.get(number);
      return table ? table.find(0, day, position, cursor) : rows.table.find(number, day, position, cursor);
    };
  }

  /** The row of a project for a moment that the table no longer has. */
  private *earlyLine(project: string, asOf: Day, position: number): Steps<TableRow | undefined> {
    const entries = yield* this.views.entriesInSteps(project, position);
    const walk = yield* rowKnowing(entries, this.rules.lastUpTo(position));
    return firstRowOf(yield* walk.inStepsFrom(asOf), position, this.rows.terms);
  }

  private late(position: number): Refused {
    const { secondsLeft = null, perSecond } = this.work.progress ?? {};
    const left =
      secondsLeft === null
        ? { en: '', zh: '' }
        : {
            en: `: ${perSecond} a second, some ${secondsLeft} s left`,
            zh: `：每秒 ${perSecond} 个，约剩 ${secondsLeft} 秒`,
          };
    const fault = {
      member: 'knownAt',
      seen: {
        en: `position ${position}, and ${this.behind} projects are still to be added up${left.en}`,
        zh: `位置 ${position}，尚有 ${this.behind} 个项目待汇总${left.zh}`,
      },
      expected: {
        en: 'a moment for which all projects are added up; try again',
        zh: '全部项目已汇总的时点；请重试',
      },
    };
    return new Refused('view-behind', fault, { position: this.position });
  }
}

/** Everything is processed on the first request. */
const onDemand: PortfolioRowsPorts = {
  elapsedMs: () => 0,
  nextTurn: (call) => void Promise.resolve().then(call),
  after: () => () => undefined,
};
