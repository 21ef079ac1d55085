import type { RecordedEvent } from '../../../../domain/project/events.js';
import { inParts, type Steps } from '../../../../projections/facts/steps.js';
import { readBy } from '../../../../projections/lexicon/reading.js';
import { IncrementalRow } from '../../../../projections/rows/incremental-row.js';
import type { RowStep } from '../../../../projections/rows/row-step.js';
import type { AdoptedBy, Adoption } from '../../governance/adoptions.js';
import { putSteps } from '../rows-of.js';
import type { RowTable } from '../table/row-table.js';
import type { Followed } from '../table/rows-file.js';
import type { RowTerms } from '../table/terms.js';

/** What the table holds of a project with a long history (docs/decisions/0045). */
export interface TableLimits {
  /** Record limit: beyond it only the present state of each day is kept, and earlier knowledge is folded on demand. */
  mostRecords: number;
  /** From this number of records on, late entries are processed together. */
  longFrom: number;
}

export const usualLimits: TableLimits = { mostRecords: 16_384, longFrom: 1_000 };

/** Where the records of a project go. */
interface RowTarget {
  table: RowTable;
  terms: RowTerms;
  number: number;
  limits: TableLimits;
}

/** The entries of a project, and what they are read by. */
interface RowSource {
  /** Those after what is known; all of them where no row is at hand. */
  entries: readonly RecordedEvent[];
  /** The row after the entries followed so far. */
  known: IncrementalRow | undefined;
  /** The position of the log up to which the entries, and the adoptions, are there. */
  upTo: number;
  adopted: AdoptedBy;
  /** The entries of the project up to a position, once more. */
  entriesUpTo(position: number): Steps<readonly RecordedEvent[]>;
}

/** The row after the last entry, the progress, and the rank of the first record that changed. */
interface LaidRows {
  walk: IncrementalRow;
  followed: Followed;
  from: number;
}

/** Adds to the table what further entries of a project, and adoptions between them, make of its rows. */
export function* layRows(
  { table, terms, number, limits }: RowTarget,
  before: Followed,
  { entries, known, upTo, adopted, entriesUpTo }: RowSource,
): Steps<LaidRows> {
  const { project, revision } = before;
  let inForce = adopted.lastUpTo(revision < 0 ? (entries[0]?.position ?? 0) : before.rules);
  const by = inForce.position;
  let walk = known ?? (yield* rowKnowing(entries.slice(0, revision + 1), inForce));
  let news = known ? entries : entries.slice(revision + 1);
  let from = Number.POSITIVE_INFINITY;
  let { wholeFrom } = before;
  const put = (steps: readonly RowStep[], position: number) => {
    from = Math.min(from, putSteps(table, number, steps, { position, terms }));
    if (table.countOf(number) <= limits.mostRecords) return;
    table.compact(number);
    from = 0;
    wholeFrom = position;
  };
  const adopt = function* (one: Adoption): Steps<void> {
    if (readBy(one.lexicon) === readBy(inForce.lexicon)) walk.adopt(one.rules);
    else walk = yield* rowKnowing(yield* entriesUpTo(one.position), one);
    inForce = one;
    if (walk.firstOn !== null) put(yield* walk.inStepsFrom(walk.firstOn), one.position);
  };
  const adoptions = adopted.between(by, upTo);
  const last = news.at(-1) ?? before;
  while (news[0]) {
    const [entry] = news;
    for (; adoptions[0] && adoptions[0].position < entry.position; adoptions.shift())
      yield* adopt(adoptions[0]);
    // Late entries of a project with a long history are processed together: each alone would cost a pass through all days.
    const isLong = table.countOf(number) > limits.longFrom && !walk.isLatest(entry);
    const until = adoptions[0]?.position ?? Number.POSITIVE_INFINITY;
    const together = isLong ? news.filter(({ position }) => position < until) : [entry];
    const { position } = together.at(-1) ?? entry;
    if (together.length > 1) wholeFrom = position;
    put((yield* walk.takeAll(together.map(readBy(inForce.lexicon)))).steps, position);
    news = news.slice(together.length);
  }
  for (const one of adoptions) yield* adopt(one);
  const rules = adopted.lastUpTo(upTo).position;
  const followed = { project, revision: last.revision, position: last.position, rules, wholeFrom };
  return { walk, followed, from };
}

/** A row that knows some entries as they are read by what is in force. */
export function* rowKnowing(
  entries: readonly RecordedEvent[],
  { rules, lexicon }: Adoption,
): Steps<IncrementalRow> {
  const row = new IncrementalRow(rules);
  const read = readBy(lexicon);
  for (const some of inParts(entries)) {
    for (const entry of some) row.know(read(entry));
    yield;
  }
  return row;
}

/** A project of which nothing is followed yet. */
export function notFollowed(project: string): Followed {
  return { project, revision: -1, position: 0, rules: 0, wholeFrom: 0 };
}
