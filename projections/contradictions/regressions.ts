import type { Day } from '../../domain/values/calendar.js';
import type { Steps } from '../facts/steps.js';

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

interface DayWords<F> {
  /** All reports for the day by place; the last one counts. */
  said: Level<F>[];
  last: Level<F>;
}

/**
 * The regressions in a list of statements of one subject in the order (asOf, place).
 *
 * Each day is compared with the highest one since the last regression, so that one regression is found once, however
 * slowly the figure climbs back. A later rise does not settle a regression; another report for one of the two days
 * does.
 */
export function* regressionsOf<F extends { asOf: Day; position: number }>(
  levels: readonly Level<F>[],
): Steps<Regression<F>[]> {
  const regressions: Regression<F>[] = [];
  let highest: DayWords<F> | undefined;
  for (const [index, day] of byDay(levels).entries()) {
    if (highest) regressions.push(...regressionsBetween(highest, day));
    if (!highest || day.last.ceiling < highest.last.floor || day.last.floor >= highest.last.floor)
      highest = day;
    if (index % daysInAStep === daysInAStep - 1) yield;
  }
  return regressions;
}

const daysInAStep = 500;

/**
 * The levels that decide the regressions of one fact: from an earlier day whose last statement is exact to a later one.
 * Statements outside this range change nothing, because an exact statement is always the next one to compare with.
 *
 * @param statements all of one subject, live or not, in the order (asOf, place)
 */
export function around<F extends { asOf: Day; position: number }>(
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

/** Reports of two days contradict only if neither was replaced before the other was recorded. */
function regressionsBetween<F extends { position: number }>(
  before: DayWords<F>,
  day: DayWords<F>,
): Regression<F>[] {
  const regressions: Regression<F>[] = [];
  const [earlierOnes, laterOnes] = [counting(before.said), counting(day.said)];
  let first = 0;
  for (const [i, later] of laterOnes.entries()) {
    const replacedLater = laterOnes[i + 1]?.fact;
    while ((earlierOnes[first + 1]?.fact.position ?? Infinity) < later.fact.position) first += 1;
    for (let k = first; k < earlierOnes.length; k += 1) {
      const earlier = earlierOnes[k] as Level<F>;
      const replacedEarlier = earlierOnes[k + 1]?.fact;
      if (replacedLater && replacedLater.position < earlier.fact.position) break;
      if (later.ceiling >= earlier.floor) continue;
      const settledBy = firstRecorded(replacedEarlier, replacedLater);
      regressions.push({ earlier: earlier.fact, later: later.fact, ...(settledBy ? { settledBy } : {}) });
    }
  }
  return regressions;
}

/**
 * The reports for a day that counted at some time, as recorded: each is replaced by the next one. A correction placed
 * before another report for the same day never counts.
 */
function counting<F extends { position: number }>(said: readonly Level<F>[]): Level<F>[] {
  const found: Level<F>[] = [];
  for (const level of said.toReversed())
    if (level.fact.position < (found.at(-1)?.fact.position ?? Infinity)) found.push(level);
  return found.reverse();
}

function firstRecorded<F extends { position: number }>(a: F | undefined, b: F | undefined): F | undefined {
  if (!a || !b) return a ?? b;
  return a.position < b.position ? a : b;
}

function byDay<F extends { asOf: Day }>(levels: readonly Level<F>[]): DayWords<F>[] {
  const days = new Map<Day, DayWords<F>>();
  for (const level of levels) {
    const day = days.get(level.fact.asOf);
    if (day) {
      day.said.push(level);
      day.last = level;
    } else days.set(level.fact.asOf, { said: [level], last: level });
  }
  return [...days.values()];
}
