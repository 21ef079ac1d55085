import type { RecordedEvent } from '../../../domain/project/events.js';
import type { Steps } from '../../../projections/facts/steps.js';
import type { Adoption } from '../governance/adoptions.js';
import { type Parked, parked } from '../views/parked.js';
import { rowKnowing } from './following/lay-rows.js';

/** The name of the rows among the views. */
export const rowsName = 'lines';

/**
 * The first entry of a project that no row can be computed with, found by halving; the last one where each part alone
 * succeeds. Undefined without entries.
 */
export function* parkedRow(
  read: Steps<readonly RecordedEvent[]>,
  adoption: Adoption,
  error: Error,
): Steps<Parked | undefined> {
  const entries = yield* read;
  let [good, bad] = [0, entries.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (yield* isComputed(entries.slice(0, middle), adoption)) good = middle;
    else bad = middle;
  }
  const first = entries[bad - 1];
  return first && parked(rowsName, first, error);
}

function* isComputed(entries: readonly RecordedEvent[], adoption: Adoption): Steps<boolean> {
  try {
    const row = yield* rowKnowing(entries, adoption);
    if (row.firstOn !== null) yield* row.inStepsFrom(row.firstOn);
    return true;
  } catch {
    return false;
  }
}
