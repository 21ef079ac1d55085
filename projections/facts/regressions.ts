import type { Day } from '../../domain/values/days/calendar.js';
import type { Steps } from './steps.js';

/** A statement about one subject: at least `floor`, at most `ceiling`. */
export interface Level<F> {
  fact: F;
  floor: number;
  ceiling: number;
}

/** A statement whose ceiling is below the floor of one about an earlier day. */
export interface Regression<F> {
  earlier: F;
  later: F;
  /** The report for the same day that replaced one of them. */
  settledBy?: F;
}

/** The place of a statement in time. */
interface Placed {
  asOf: Day;
  position: number;
}

/** The statements about one day, of which the last one by place counts. */
interface DayWords<F> {
  last: Level<F>;
  /** The ones before it, if there are any. */
  others: Level<F>[] | undefined;
  highestFloor: number;
  lowestCeiling: number;
  /** The day that it is compared with, if there is a regression. */
  highest: DayWords<F> | undefined;
}

/**
 * Follows the statements of one subject, fed in the order (asOf, place), and finds its regressions.
 *
 * Each day is compared with the highest one since the last regression, so that one regression is found once, however
 * slowly the figure climbs back. A later rise does not settle a regression; another report for one of the two days
 * does.
 */
export class Regressions<F extends Placed> {
  /** Regressions that nothing settled. */
  open = 0;
  /** Of the days before the present one. */
  private openBefore = 0;
  private highest: DayWords<F> | undefined;
  private day: DayWords<F> | undefined;
  /** Earlier days with a regression. */
  private readonly fallen: DayWords<F>[] = [];

  /** @param isExcused true if a lower statement is no regression all the same */
  constructor(private readonly isExcused: (earlier: F, later: F) => boolean = never) {}

  /** Adds a statement about the same day or a later one; returns the change in open regressions. */
  say(level: Level<F>): number {
    const { day } = this;
    if (day?.last.fact.asOf === level.fact.asOf) add(day, level);
    else {
      this.close();
      this.day = dayWith(level);
    }
    const earlier = this.highest?.last;
    const open = this.openBefore + (earlier && this.isRegression(earlier, level) ? 1 : 0);
    const more = open - this.open;
    this.open = open;
    return more;
  }

  /** All regressions in the order of their later days, in steps. */
  *found(): Steps<Regression<F>[]> {
    const { highest, day } = this;
    const found: Regression<F>[] = [];
    for (const [index, fallen] of this.fallen.entries()) {
      if (fallen.highest) found.push(...this.between(fallen.highest, fallen));
      if (index % inAStep === inAStep - 1) yield;
    }
    if (highest && day) found.push(...this.between(highest, day));
    return found;
  }

  /** A copy, to which others are added. */
  copy(): Regressions<F> {
    const { day, fallen } = this;
    return Object.assign(new Regressions(this.isExcused), this, {
      day: day && { ...day, others: day.others && [...day.others] },
      fallen: [...fallen],
    });
  }

  /** Ends the present day. */
  private close(): void {
    const { highest, day } = this;
    if (!day) return;
    if (highest && day.lowestCeiling < highest.highestFloor) {
      day.highest = highest;
      this.fallen.push(day);
    }
    if (!highest || day.last.ceiling < highest.last.floor || day.last.floor >= highest.last.floor)
      this.highest = day;
    this.openBefore = this.open;
  }

  private isRegression(earlier: Level<F>, later: Level<F>): boolean {
    return later.ceiling < earlier.floor && !this.isExcused(earlier.fact, later.fact);
  }

  /** Reports of two days contradict only if neither was replaced before the other was recorded. */
  private between(before: DayWords<F>, day: DayWords<F>): Regression<F>[] {
    const regressions: Regression<F>[] = [];
    if (day.lowestCeiling >= before.highestFloor) return regressions;
    const [earlierOnes, laterOnes] = [counting(before), counting(day)];
    let first = 0;
    for (const [i, later] of laterOnes.entries()) {
      const replacedLater = laterOnes[i + 1]?.fact;
      while ((earlierOnes[first + 1]?.fact.position ?? Infinity) < later.fact.position) first += 1;
      for (let k = first; k < earlierOnes.length; k += 1) {
        const earlier = earlierOnes[k] as Level<F>;
        const replacedEarlier = earlierOnes[k + 1]?.fact;
        if (replacedLater && replacedLater.position < earlier.fact.position) break;
        if (!this.isRegression(earlier, later)) continue;
        const settledBy = firstRecorded(replacedEarlier, replacedLater);
        regressions.push({ earlier: earlier.fact, later: later.fact, ...(settledBy ? { settledBy } : {}) });
      }
    }
    return regressions;
  }
}

const inAStep = 500;

function never(): boolean {
  return false;
}

function dayWith<F>(last: Level<F>): DayWords<F> {
  const { floor, ceiling } = last;
  return { last, others: undefined, highestFloor: floor, lowestCeiling: ceiling, highest: undefined };
}

function add<F>(day: DayWords<F>, level: Level<F>): void {
  if (day.others) day.others.push(day.last);
  else day.others = [day.last];
  day.last = level;
  day.highestFloor = Math.max(day.highestFloor, level.floor);
  day.lowestCeiling = Math.min(day.lowestCeiling, level.ceiling);
}

/**
 * The levels that decide the regressions of one fact: from an earlier day whose last statement is exact to a later one.
 * Statements outside this range change nothing, because an exact statement is always the next one to compare with.
 *
 * @param statements all of one subject, live or not, in the order (asOf, place)
 */
export function around<F extends Placed>(
  statements: readonly F[],
  place: number,
  isLive: (fact: F) => boolean,
  levelOf: (fact: F) => Level<F>,
): Level<F>[] {
  const { asOf } = statements[place] as F;
  const before: Level<F>[] = [];
  let isEnough = false;
  for (let at = place - 1; at >= 0; at -= 1) {
    const fact = statements[at] as F;
    if (!isLive(fact)) continue;
    const isOtherDay = fact.asOf !== (before.at(-1)?.fact ?? statements[place])?.asOf;
    if (isOtherDay && isEnough) break;
    before.push(levelOf(fact));
    // Backwards, the first one found of a day is its last.
    if (isOtherDay) isEnough = isExact(before.at(-1));
  }
  const levels = before.reverse();
  for (let at = place; at < statements.length; at += 1) {
    const fact = statements[at] as F;
    if (!isLive(fact)) continue;
    const last = levels.at(-1);
    if (last && last.fact.asOf !== fact.asOf && last.fact.asOf > asOf && isExact(last)) break;
    levels.push(levelOf(fact));
  }
  return levels;
}

function isExact<F>(level: Level<F> | undefined): boolean {
  return level !== undefined && level.floor === level.ceiling;
}

/**
 * The reports for a day that counted at some time, as recorded: each is replaced by the next one. A correction placed
 * before another report for the same day never counts.
 */
function counting<F extends Placed>({ last, others = [] }: DayWords<F>): Level<F>[] {
  const found = [last];
  for (const level of others.toReversed())
    if (level.fact.position < (found.at(-1) as Level<F>).fact.position) found.push(level);
  return found.reverse();
}

function firstRecorded<F extends Placed>(a: F | undefined, b: F | undefined): F | undefined {
  if (!a || !b) return a ?? b;
  return a.position < b.position ? a : b;
}
