import type { AdoptedRules } from '../../domain/governance/rules.js';
import type { EventType, Precision } from '../../domain/project/events.js';
import { type Day, dayIn, defaultTimeZone } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { identity } from '../facts/identity.js';
import { inParts, type Steps } from '../facts/steps.js';
import type { Line } from '../project/journal.js';
import type { ProjectState } from '../project/project.js';

/** A project as known at a point of both clocks. */
export interface Moment {
  state: ProjectState;
  asOf: Day;
  /** In force then: the version of the lexicon by which its entries were read, and the rules. Without it no light is compared. */
  law?: { lexicon: number; rules: AdoptedRules };
}

/**
 * An entry that only the second of two moments knows or counts; `late`: about a day before the first moment's day, and
 * recorded after it; `correction`: of an entry that the first counted.
 */
export interface EntryChange {
  id: Uuid;
  type: EventType;
  asOf: Day;
  precision: Precision;
  isInferred?: true;
  kind: 'new' | 'late' | 'correction' | 'withdrawal';
}

/** An entry with its relation to the earlier moment. */
export type Changed = Line & { kind: EntryChange['kind'] };

/** The entries of the second moment that the first did not know or count yet, in log order, in steps. */
export function* changedEntries(before: Moment, after: Moment): Steps<Changed[]> {
  const counted = new Set(countingIn(before).map((line) => line.id));
  yield;
  const counting = countingIn(after);
  yield;
  const { timeZone = defaultTimeZone } = identity.view(after.state.identity, after.asOf).details;
  const changed: Changed[] = [];
  for (const some of inParts(counting)) {
    for (const line of some)
      if (!counted.has(line.id)) changed.push({ ...line, kind: kindOf(line, before, counted, timeZone) });
    yield;
  }
  return changed;
}

/** An entry counts from its day on; a withdrawal as soon as it is known, because its entry leaves every day. */
function countingIn({ asOf, state }: Moment): Line[] {
  const { lines } = state.journal;
  const begun = new Set(lines.filter(({ entry }) => entry.asOf <= asOf).map(({ id }) => id));
  return lines.filter((line) => begun.has(line.type === 'EntryWithdrawn' ? line.data.entry : line.id));
}

function kindOf(
  line: Line,
  before: Moment,
  counted: ReadonlySet<string>,
  timeZone: string,
): EntryChange['kind'] {
  if (line.type === 'EntryWithdrawn') return 'withdrawal';
  if (line.entry.corrects !== undefined && counted.has(line.entry.corrects)) return 'correction';
  const { asOf } = line.entry;
  return asOf <= before.asOf && dayIn(timeZone, line.recordedAt) > asOf ? 'late' : 'new';
}
