import type { WorkItem } from '../../domain/project/events.js';
import type { ForecastOf } from '../../domain/project/facts/forecast-given.js';
import { isOpening } from '../../domain/project/stages.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { type Day, dayNumber, dayOf } from '../../domain/values/days/calendar.js';
import { firstWhere } from '../../domain/values/search.js';
import { type PlanShape, shapeOf } from './plan-shape.js';

/**
 * The days on which an item is to be done, as numbers of days after 1970-01-01, both inclusive; without a start it is
 * planned as one step on the day of its finish.
 */
interface PlannedDays {
  start: number | undefined;
  finish: number;
}

/**
 * A weighted leaf: its share of the project (0 to 1) and its days, its own or those of the nearest enclosing group that
 * has any.
 */
export interface WeightedLeaf {
  item: WorkItem;
  share: number;
  days: PlannedDays | undefined;
}

export type DatedLeaf = WeightedLeaf & { days: PlannedDays };

/** An item with a planned finish of its own that counts for the completion of its project. */
interface Deadline {
  item: WorkItem;
  finish: Day;
  /** It is no stage, and a leaf or a group whose leaves have no finish of their own. */
  isOfWork: boolean;
}

/** The planned completion by the end of a day on which its slope changes. */
interface Corner {
  day: number;
  basisPoints: number;
}

/** The work of a plan in time: which shares of it are to be done by which day. */
export class PlannedWork {
  /** The leaves whose share of the project is above 0. */
  readonly leaves: readonly WeightedLeaf[];
  /** Those of them that have dates. */
  readonly dated: readonly DatedLeaf[];
  readonly shape: PlanShape;
  /** The sum of the shares that have dates, 0 to 1. */
  readonly datedShare: number;
  /** From this day on everything is planned to be done. */
  readonly until: number;
  /** The first planned start of a weighted leaf; undefined if the plan has none. */
  readonly startsOn: number | undefined;
  private knownEnds: readonly Corner[] | undefined;
  private readonly finishes = new Map<string, Day | undefined>();

  constructor(readonly items: readonly WorkItem[]) {
    this.shape = shapeOf(items);
    this.leaves = this.shape.weighted.map(({ place, share }) => ({
      item: this.at(place),
      share,
      days: daysOf(this.finishing(place)),
    }));
    this.dated = this.leaves.filter((leaf): leaf is DatedLeaf => leaf.days !== undefined);
    this.datedShare = this.dated.reduce((sum, { share }) => sum + share, 0);
    this.until = this.dated.reduce((last, { days }) => Math.max(last, days.finish), -Infinity);
    const starts = this.dated.flatMap(({ days }) => days.start ?? []);
    this.startsOn = starts.length === 0 ? undefined : starts.reduce((first, day) => Math.min(first, day));
  }

  /** The planned completion by the end of a day over the leaves that have dates, in basis points; null if none has. */
  percentOn(day: number): number | null {
    if (this.dated.length === 0) return null;
    let planned = 0;
    for (const { share, days } of this.dated) planned += share * partOn(days, day);
    return Math.round((planned / this.datedShare) * wholeBasisPoints);
  }

  /** The first day by whose end a completion in basis points is planned; undefined if that is never so. */
  reaches(basisPoints: number): number | undefined {
    const { ends } = this;
    const place = firstWhere(0, ends.length, (at) => (ends[at] as Corner).basisPoints >= basisPoints);
    const [before, end] = [ends[place - 1], ends[place]];
    if (!before || !end) return end?.day;
    const isReached = (on: number) => (this.percentOn(on) ?? 0) >= basisPoints;
    // Between two corners the plan is a line, so the day is at most rounding away from the computed one.
    const part = (basisPoints - before.basisPoints) / (end.basisPoints - before.basisPoints);
    let day = before.day + Math.max(1, Math.ceil(part * (end.day - before.day)));
    while (day < end.day && !isReached(day)) day += 1;
    while (day > before.day + 1 && isReached(day - 1)) day -= 1;
    return day;
  }

  /**
   * The completion of the work that has dates, to compare with what is planned; null if none has.
   *
   * @param whole the completion of the project in basis points, which counts where all work has dates
   * @param percentOf the completion of a leaf in basis points
   */
  datedPercent(whole: number, percentOf: (leaf: WorkItem) => number): number | null {
    if (this.dated.length === 0) return null;
    // The whole figure itself, without rounding of items in between.
    if (this.dated.length === this.leaves.length) return whole;
    let sum = 0;
    for (const { item, share } of this.dated) sum += share * percentOf(item);
    return Math.round(sum / this.datedShare);
  }

  /** The planned completion at the ends of its linear segments, oldest first; none if no leaf has dates. */
  corners(): { asOf: Day; basisPoints: number }[] {
    return this.ends.map(({ day, basisPoints }) => ({ asOf: dayOf(day), basisPoints }));
  }

  private get ends(): readonly Corner[] {
    this.knownEnds ??= this.cornersOf();
    return this.knownEnds;
  }

  private cornersOf(): Corner[] {
    const days = this.dated.flatMap(({ days: { start, finish } }) => [(start ?? finish) - 1, finish]);
    return [...new Set(days)]
      .sort((a, b) => a - b)
      .map((day) => ({ day, basisPoints: this.percentOn(day) ?? 0 }));
  }

  /** The items with a planned finish of their own, in the order of the plan. */
  deadlines(): Deadline[] {
    return this.items.flatMap((item, place): Deadline[] => {
      const { plannedFinish: finish } = item;
      if (finish === undefined || !this.shape.isWeighted[place]) return [];
      return [{ item, finish, isOfWork: this.overdueFrom(place) !== undefined }];
    });
  }

  /** The planned finish of a weighted work, or of a group whose parts have none, as a number of days after 1970-01-01. */
  overdueFrom(place: number): number | undefined {
    const { stage, plannedFinish } = this.at(place);
    if (plannedFinish === undefined || stage !== undefined || !this.shape.isWeighted[place]) return undefined;
    const isInParts =
      this.shape.children[place]?.length !== 0 &&
      this.leavesBelow(place).some((leaf) => leaf.plannedFinish !== undefined);
    return isInParts ? undefined : dayNumber(plannedFinish);
  }

  /**
   * The planned day of a target: the finish of `completion`, `production`, `opening` or an item, or the start of the
   * works or of an item; undefined if the plan has none.
   */
  finishOf(target: string, what?: ForecastOf): Day | undefined {
    const { finishes, shape } = this;
    const key = what === 'start' ? `${target} start` : target;
    if (finishes.has(key)) return finishes.get(key);
    const place = shape.places.get(target);
    const isStart = target === 'start' && place === undefined;
    const started = isStart && this.startsOn !== undefined ? dayOf(this.startsOn) : undefined;
    const isStartOfItem = what === 'start' && place !== undefined;
    const day = isStartOfItem ? this.startOf(place) : isStart ? started : this.plannedFinish(target, place);
    finishes.set(key, day);
    return day;
  }

  private plannedFinish(target: string, place: number | undefined): Day | undefined {
    if (target === 'completion') return latestFinish(this.items);
    if (target === 'production' || (target === 'opening' && place === undefined)) {
      const reaches = ({ stage }: WorkItem) =>
        stage !== undefined && (target === 'production' ? stage === 'in-production' : isOpening(stage));
      const staged = this.items.flatMap((item, at) => (reaches(item) ? [this.finishing(at)] : []));
      return latestFinish(staged);
    }
    if (place === undefined) return undefined;
    return this.finishing(place).plannedFinish ?? latestFinish(this.leavesBelow(place));
  }

  /** The planned start of an item, or else the first of its parts. */
  private startOf(place: number): Day | undefined {
    const starts = this.leavesBelow(place).flatMap(({ plannedStart }) => plannedStart ?? []);
    return this.at(place).plannedStart ?? starts.sort()[0];
  }

  /** The item, or the nearest group above it, that has a planned finish of its own. */
  private finishing(place: number): Finish {
    const line = this.shape.lines[place] ?? [];
    const dated = line.find((above) => this.at(above).plannedFinish !== undefined);
    return dated === undefined ? {} : this.at(dated);
  }

  private leavesBelow(place: number): WorkItem[] {
    return this.shape.leavesBelow(place).map((leaf) => this.at(leaf));
  }

  private at(place: number): WorkItem {
    return this.items[place] as WorkItem;
  }
}

/** The planned progress of an item by the end of a day, 0 to 1: linear from the start to the finish, both days included. */
export function partOn({ start, finish }: PlannedDays, day: number): number {
  if (day >= finish) return 1;
  if (start === undefined || day < start) return 0;
  return (day - start + 1) / (finish - start + 1);
}

function daysOf({ plannedStart, plannedFinish }: Finish): PlannedDays | undefined {
  if (plannedFinish === undefined) return undefined;
  return {
    start: plannedStart === undefined ? undefined : dayNumber(plannedStart),
    finish: dayNumber(plannedFinish),
  };
}

type Finish = Pick<WorkItem, 'plannedStart' | 'plannedFinish'>;

function latestFinish(items: readonly Finish[]): Day | undefined {
  return items.reduce<Day | undefined>(
    (last, { plannedFinish }) =>
      last === undefined || (plannedFinish !== undefined && plannedFinish > last) ? plannedFinish : last,
    undefined,
  );
}
