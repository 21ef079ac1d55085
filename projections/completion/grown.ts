import { decimalDifference, decimalText } from '../../domain/values/amounts/decimal.js';
import { converted, type Quantity } from '../../domain/values/amounts/quantity.js';
import { bracketedDay, type Exactness, markedAs } from '../../domain/values/day-marks.js';
import { type Day, dayOf } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { spaced, type Words } from '../../domain/values/words.js';
import type { Grown } from '../progress/found.js';
import { aboutOf } from '../progress/tree.js';

/** A total that grew, so that a lower share is no less work. */
export interface GrownTotal {
  /** Absent for the project as a whole. */
  item?: string;
  step?: string;
  since: Day;
  /** How exactly that day is known; absent if it was stated. */
  sinceExactness?: Exactness;
  /** The old total and the new one, in the units in which they were reported. */
  before: Quantity;
  after: Quantity;
  words: Words;
  /** The entry with the old total, and the one or the plan with the new total. */
  entries: Uuid[];
}

/** The totals that grew, latest first. */
export function grownTotals(
  grown: readonly Grown[],
  nameOf: (about: { item?: string; step?: string }) => Words,
  exactnessOf: (entry: Uuid) => Exactness | undefined,
): GrownTotal[] {
  return [...grown].reverse().map(({ node, day, from, to, totals: [before, after] }) => {
    const about = aboutOf(node);
    const since = dayOf(day);
    const exactness = exactnessOf(to);
    const on = bracketedDay(since, exactness);
    const by = growth(before, after);
    const [name, more] = [nameOf(about), by && asSaid(by)];
    const [old, now] = [asSaid(before), asSaid(after)];
    return {
      ...about,
      since,
      ...markedAs('sinceExactness', exactness),
      before,
      after,
      words: {
        en: `Scope grew${more ? ` by ${more.en}` : ''}: ${name.en}, from ${old.en} to ${now.en} in all (${on.en}).`,
        zh: `工程量增加${more ? ` ${more.zh}` : ''}：${name.zh}，总量由 ${spaced(old.zh)}增至 ${now.zh}（${on.zh}）。`,
      },
      entries: [...new Set([from, to])],
    };
  });
}

/** By how much a total grew, in the unit of the new one; undefined where that is no decimal. */
function growth(before: Quantity, after: Quantity): Quantity | undefined {
  const { unit } = after;
  const old = unit === undefined ? before.amount : converted(before, unit);
  return old && { ...after, amount: decimalDifference(after.amount, old) };
}

function asSaid({ amount, unit }: Quantity): Words {
  const text = decimalText(amount);
  if (unit === undefined) return { en: text, zh: text };
  const isStoreys = unit === 'storey';
  return { en: `${text} ${isStoreys ? 'storeys' : unit}`, zh: `${text} ${isStoreys ? '层' : unit}` };
}
