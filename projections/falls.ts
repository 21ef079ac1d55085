import type { Day } from '../src/domain/calendar.js';

/** A statement of one subject: at least `floor`, at most `ceiling`. */
export interface Level<F> {
  fact: F;
  floor: number;
  ceiling: number;
}

/** A statement whose ceiling lies below the floor of one about an earlier day. */
export interface Fall<F> {
  earlier: F;
  later: F;
  /** The word for the same day that took the place of one of them. */
  settledBy?: F;
}

interface DayWords<F> {
  /** All words for the day by their place; the last one counts. */
  said: Level<F>[];
  last: Level<F>;
}

/**
 * The falls in a list of statements of one subject in the order (asOf, place).
 *
 * Each day is compared with the highest one since the last fall, so that one fall is found once, however slowly the
 * figure climbs again. A later rise does not undo a fall; another word for one of the two days does.
 */
export function fallsOf<F extends { asOf: Day; position: number }>(levels: readonly Level<F>[]): Fall<F>[] {
  const falls: Fall<F>[] = [];
  let highest: DayWords<F> | undefined;
  for (const day of byDay(levels)) {
    if (highest) falls.push(...fallsBetween(highest, day));
    if (!highest || day.last.ceiling < highest.last.floor || day.last.floor >= highest.last.floor)
      highest = day;
  }
  return falls;
}

function fallsBetween<F extends { position: number }>(before: DayWords<F>, day: DayWords<F>): Fall<F>[] {
  const falls: Fall<F>[] = [];
  const [ofEarlier, ofLater] = [replacements(before.said), replacements(day.said)];
  for (const [i, later] of day.said.entries()) {
    for (const [k, earlier] of before.said.entries()) {
      const replacedEarlier = ofEarlier[k];
      const replacedLater = ofLater[i];
      // A correction that takes its place before a word for the same day never counts.
      if (replacedEarlier && replacedEarlier.position < earlier.fact.position) continue;
      if (replacedLater && replacedLater.position < later.fact.position) continue;
      // Two words stand against each other only if neither was replaced before the other was recorded.
      if (replacedEarlier && replacedEarlier.position < later.fact.position) continue;
      if (replacedLater && replacedLater.position < earlier.fact.position) continue;
      if (later.ceiling >= earlier.floor) continue;
      const settledBy = firstRecorded(replacedEarlier, replacedLater);
      falls.push({ earlier: earlier.fact, later: later.fact, ...(settledBy ? { settledBy } : {}) });
    }
  }
  return falls;
}

/** Of each word for a day the first recorded one of those that take its place. */
function replacements<F extends { position: number }>(said: readonly Level<F>[]): (F | undefined)[] {
  const replaced: (F | undefined)[] = [];
  for (let i = said.length - 1; i >= 0; i -= 1)
    replaced[i] = firstRecorded(said[i + 1]?.fact, replaced[i + 1]);
  return replaced;
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
