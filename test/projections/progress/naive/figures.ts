import { type Bounds, never } from './bounds.js';
import { all, tolerance } from './reading.js';
import { type Branch, shareOf, sum } from './tree.js';

/** What the sums of R4 look at. */
export interface Known {
  bounds: ReadonlyMap<string, Bounds>;
  /** By group: the day before which what was said below no longer counts for it. */
  resets: ReadonlyMap<string, string>;
  /** Low and high of every node at the end of each day on which something was said. */
  ends: ReadonlyMap<string, ReadonlyMap<string, { low: number; high: number }>>;
  /** R8: figures of nodes of which nothing was said. */
  implied?: ReadonlyMap<string, { point: number; high: number }>;
}

/** R4: low, of what was said on a day or after it. */
export function lowSince(known: Known, branch: Branch, day: string): number {
  const own = known.bounds.get(branch.key);
  const ownLow = own && own.on.low >= day ? own.low : 0;
  if (branch.parts.length === 0) return ownLow;
  const since = latest(day, known.resets.get(branch.key));
  return Math.max(
    ownLow,
    sum(branch, (part) => lowSince(known, part, since), 0),
  );
}

export const lowOf = (known: Known, branch: Branch): number => lowSince(known, branch, never);

/** R4: high. */
export function highOf(known: Known, branch: Branch): number {
  const own = known.bounds.get(branch.key);
  if (branch.parts.length === 0) return endHigh(known, branch, never);
  const below = own
    ? Math.min(
        own.high + risenSince(known, branch, own.on.high),
        sum(branch, (part) => highSince(known, part, own.on.high), all),
      )
    : sum(branch, (part) => highOf(known, part), all);
  return Math.max(lowOf(known, branch), Math.min(below, known.implied?.get(branch.key)?.high ?? all));
}

/** R4 (b): high, where what was last said before a day counts 100. */
export function highSince(known: Known, branch: Branch, day: string): number {
  const own = known.bounds.get(branch.key);
  if (branch.parts.length === 0) return endHigh(known, branch, day);
  if (own && own.on.high >= day) return highOf(known, branch);
  return Math.min(
    sum(branch, (part) => highSince(known, part, day), all),
    known.implied?.get(branch.key)?.high ?? all,
  );
}

/** High of an item without parts, or of a step: one nobody spoke of is no further than the step before it (R3). */
function endHigh(known: Known, branch: Branch, day: string): number {
  const own = known.bounds.get(branch.key);
  if (own?.isOwn) return own.on.high >= day && own.on.high !== never ? own.high : all;
  const siblings = branch.above?.parts ?? [];
  const before = branch.isStep ? siblings[siblings.indexOf(branch) - 1] : undefined;
  const most = Math.min(
    before ? endHigh(known, before, day) : all,
    known.implied?.get(branch.key)?.high ?? all,
  );
  return own && own.low > most + tolerance ? all : Math.max(most, own?.low ?? 0);
}

/** R4 (a): what has risen below since the end of a day, in basis points of the group. */
export function risenSince(known: Known, group: Branch, day: string): number {
  const end = known.ends.get(day);
  return end ? sum(group, (part) => risen(known, part, day), 0) : 0;
}

function risen(known: Known, branch: Branch, day: string): number {
  const own = known.bounds.get(branch.key);
  if (branch.parts.length > 0 && !(own && own.on.high > day)) return risenSince(known, branch, day);
  if (!own || !(own.on.low > day || own.lastOn > day)) return 0;
  const then = known.ends.get(day)?.get(branch.key) ?? { low: 0, high: all };
  const now = { low: lowOf(known, branch), high: highOf(known, branch) };
  const isSame = Math.abs(now.low - then.low) <= tolerance && Math.abs(now.high - then.high) <= tolerance;
  return isSame ? 0 : Math.max(0, now.high - then.low);
}

/** R4: point; what no longer counts for a group above does not count in its point. */
export function pointOf(known: Known, branch: Branch, since = never): number {
  const own = known.bounds.get(branch.key);
  const implied = known.implied?.get(branch.key)?.point ?? 0;
  if (branch.parts.length === 0 && !own) return Math.min(implied, highOf(known, branch));
  const from = latest(since, known.resets.get(branch.key));
  const parts = sum(branch, (part) => pointOf(known, part, from), 0);
  const point = Math.max(own && own.on.point >= since ? (own.point ?? 0) : 0, parts, implied);
  return Math.min(Math.max(point, lowSince(known, branch, since)), highOf(known, branch));
}

/** The largest low said exactly, of what counts since a day. */
export function exactLowOf(known: Known, branch: Branch, day: string): number {
  const own = known.bounds.get(branch.key);
  const ownLow = own && own.on.exactLow >= day ? own.exactLow : 0;
  const since = latest(day, known.resets.get(branch.key));
  return Math.max(
    ownLow,
    sum(branch, (part) => exactLowOf(known, part, since), 0),
  );
}

/** What was said of low on one day, of the node and below it. */
export function lowOn(known: Known, branch: Branch, day: string): number {
  const own = known.bounds.get(branch.key);
  return Math.max(
    own?.on.low === day ? own.low : 0,
    sum(branch, (part) => lowOn(known, part, day), 0),
  );
}

/** High, where only what was said exactly on a day or after it counts. */
export function exactHighSince(known: Known, branch: Branch, day: string): number {
  const own = known.bounds.get(branch.key);
  if (own?.isHighExact && own.on.high >= day)
    return branch.parts.length === 0 ? own.high : highOf(known, branch);
  return sum(branch, (part) => exactHighSince(known, part, day), all);
}

/** The share of the weights of which something is said. */
export function coverageOf(known: Known, branch: Branch): number {
  if (known.bounds.has(branch.key)) return 1;
  if (branch.parts.some(({ isStep }) => isStep))
    return branch.parts.some(({ key }) => known.bounds.has(key)) ? 1 : 0;
  return branch.parts.reduce((total, part) => total + shareOf(part) * coverageOf(known, part), 0);
}

function latest(a: string, b: string | undefined): string {
  return b !== undefined && b > a ? b : a;
}
