import type { Alert } from '../../../domain/alerts/alert.js';
import type { GovernanceState } from '../../../domain/governance/governance.js';
import type { AdoptedRules } from '../../../domain/governance/rules.js';
import type { RecordedEvent } from '../../../domain/project/events.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { dueInSteps } from '../../../projections/alerts/due.js';
import type { Ending } from '../../../projections/alerts/life/context.js';
import type { Steps } from '../../../projections/facts/steps.js';
import { foldInSteps, type ProjectState } from '../../../projections/project/project.js';

/** Entries just before an alert that it may not have seen, because both were written concurrently. */
const unknownToIt = 20;
/** This many latest entries are checked one by one; earlier ones by binary search. */
const oneByOne = 8;

/** What an ending is found by. */
interface EndingInput {
  rules: AdoptedRules;
  rulesEntry: string | null;
  /** All that was ever adopted. */
  adopted: Pick<GovernanceState, 'rules' | 'lexicons'>;
  on: Day;
  /** All entries of the project, oldest first, read as at a position. */
  entries(readAt: number): Steps<readonly RecordedEvent[]>;
}

/**
 * What ended an alert that is no longer due: the lexicon or the rules, if it is due by those before; else the entry since
 * which it is not due.
 *
 * The project is folded once per checked entry, and nothing is cached: some thirty times for 20,000 entries.
 *
 * @param entries all entries of the project, oldest first
 */
export function* clearedBy(alert: Alert, entries: readonly RecordedEvent[], by: EndingInput): Steps<Ending> {
  const byLaw = yield* endedByLaw(alert, entries, by);
  if (byLaw) return byLaw;
  const since = entries.findIndex((entry) => entry.recordedAt >= alert.raisedAt);
  const first = Math.max(0, (since === -1 ? entries.length : since) - unknownToIt);
  const last = yield* lastOf(first + 1, entries.length - 1, function* (place) {
    return yield* stands(alert, yield* foldInSteps(entries.slice(0, place)), by);
  });
  const entry = last === undefined ? undefined : entries[last];
  if (!entry) return byRules(by);
  const isCorrection = entry.type === 'EntryWithdrawn' || entry.entry.corrects !== undefined;
  return { because: isCorrection ? 'correction' : 'fact', evidence: [entry.id] };
}

/** The adoption of a lexicon or of rules since the alert's last event, if the alert is due without it. */
function* endedByLaw(
  alert: Alert,
  entries: readonly RecordedEvent[],
  by: EndingInput,
): Steps<Ending | undefined> {
  const { rules, lexicons } = by.adopted;
  const lexicon = lexicons.at(-1);
  if (lexicon?.entry && lexicon !== lastUpTo(lexicons, alert.position)) {
    const before = yield* foldInSteps(yield* by.entries(alert.position));
    if (yield* stands(alert, before, by))
      return { because: 'lexicon', evidence: [lexicon.entry], lexiconVersion: lexicon.lexicon.version };
  }
  const then = lastUpTo(rules, alert.position);
  if (!then || then === rules.at(-1)) return undefined;
  const isDue = yield* stands(alert, yield* foldInSteps(entries), { rules: then.rules, on: by.on });
  return isDue ? byRules(by) : undefined;
}

function byRules({ rulesEntry }: EndingInput): Ending {
  return { because: 'rules', evidence: rulesEntry === null ? [] : [rulesEntry] };
}

function lastUpTo<One extends { position: number | null }>(
  adopted: readonly One[],
  position: number,
): One | undefined {
  return adopted.findLast((one) => (one.position ?? 0) <= position);
}

/** The last integer of a range, both inclusive, for which a condition holds; far back, one after which it does not. */
function* lastOf(
  first: number,
  last: number,
  holds: (place: number) => Steps<boolean>,
): Steps<number | undefined> {
  let place = last;
  for (; place >= first && place > last - oneByOne; place -= 1) if (yield* holds(place)) return place;
  let above = place + 1;
  for (let stride = 1; ; stride *= 2) {
    if (place < first) return undefined;
    if (yield* holds(place)) break;
    above = place;
    place = place === first ? first - 1 : Math.max(first, place - stride);
  }
  while (above - place > 1) {
    const middle = (place + above) >> 1;
    if (yield* holds(middle)) place = middle;
    else above = middle;
  }
  return place;
}

function* stands(
  alert: Alert,
  state: ProjectState,
  { rules, on }: Pick<EndingInput, 'rules' | 'on'>,
): Steps<boolean> {
  const { watched } = yield* dueInSteps(state, rules, on);
  return watched.some(
    ({ rule, subject, severity, isHeld, anchor }) =>
      rule === alert.rule &&
      subject.kind === alert.subject.kind &&
      ('id' in subject ? subject.id : '') === ('id' in alert.subject ? alert.subject.id : '') &&
      (severity !== null || isHeld || anchor === alert.anchor),
  );
}
