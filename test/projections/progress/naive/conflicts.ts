import type { Bounds } from './bounds.js';
import { exactHighSince, exactLowOf, highSince, type Known, lowOn, lowSince } from './figures.js';
import { all, isBelow } from './reading.js';
import { type Branch, sum, within } from './tree.js';

/** What was said of a node and does not fit what else was said. */
export interface Contradiction {
  kind: 'fell' | 'smaller' | 'above' | 'below';
  node: string;
  day: string;
  /** The entry that held before, or of the word of the group, and the later one. */
  entries: string[];
  settledBy?: string;
}

/** What the end of a day does with the own word of a group. */
export interface Verdict {
  contradiction?: Contradiction;
  /** What becomes of the own word; absent for a dropped one. */
  own?: Bounds;
  /** What was said below before this day no longer counts for the group. */
  isReset?: true;
}

/** R5: a group's own word against what lies below it, at the end of a day. */
export function verdict(
  known: Known,
  group: Branch,
  own: Bounds,
  day: string,
  change: { ofParts: string | undefined; isOwnMarked: boolean },
): Verdict {
  const most = sum(group, (part) => highSince(known, part, own.on.low), all);
  if (isBelow(most, own.low)) {
    const contradiction: Contradiction = {
      kind: 'above',
      node: group.key,
      day,
      entries: own.by.low === undefined ? [] : [own.by.low],
      ...(change.ofParts === undefined ? {} : { settledBy: change.ofParts }),
    };
    const mostExact = sum(group, (part) => exactHighSince(known, part, own.on.low), all);
    if (change.ofParts !== undefined || isBelow(mostExact, own.exactLow)) return { contradiction };
    return { contradiction, own: withExactLow(own) };
  }
  const reset = known.resets.get(group.key) ?? '';
  const least = sum(group, (part) => lowSince(known, part, reset), 0);
  if (own.on.high !== day || !isBelow(own.high, least)) return { own };
  const contradiction: Contradiction = {
    kind: 'below',
    node: group.key,
    day,
    entries: own.by.high === undefined ? [] : [own.by.high],
  };
  const told = change.isOwnMarked ? {} : { contradiction };
  const leastToday = sum(group, (part) => lowOn(known, part, day), 0);
  const leastExact = sum(group, (part) => exactLowOf(known, part, reset), 0);
  if (isBelow(own.high, leastToday) || (!own.isHighExact && isBelow(own.high, leastExact))) return told;
  return { ...told, own, isReset: true };
}

/** Vague parts do not lower an exact whole. */
function withExactLow(own: Bounds): Bounds {
  return {
    ...own,
    low: own.exactLow,
    by: { ...own.by, low: own.by.exactLow },
    on: { ...own.on, low: own.on.exactLow },
  };
}

/** True if something at or below a node was said, whether or not it counts. */
export function isTouched(group: Branch, touched: ReadonlySet<string>): boolean {
  return within(group).some(({ key }) => touched.has(key));
}
