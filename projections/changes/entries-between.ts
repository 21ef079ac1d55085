import type { FactTable } from '../../domain/project/facts/fact.js';
import { givenDay } from '../../domain/values/day-marks.js';
import type { Instant } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';
import { ExplainedCompletion } from '../explanation/completion.js';
import { fatesIn, notUsedWords, type Why } from '../explanation/not-used.js';
import type { Steps } from '../facts/steps.js';
import { wordsInSteps } from '../project/journal.js';
import { type Authored, authorOf } from '../words/author-words.js';
import type { Changed, EntryChange, Moment } from './changed-entries.js';
import type { Split } from './split.js';

/** An entry that only the second moment knows or counts, in words. */
export interface EntryBetween extends EntryChange, Authored {
  position: number;
  recordedAt: Instant;
  words: Words;
  /** Why it moved no completion figure; absent if it moved one. */
  unmoved?: Words;
  /** The entry that takes its place; absent if there is none. */
  unmovedBy?: Uuid;
}

/** Entries listed of a project, the latest ones. */
const mostListed = 50;

/** The latest entries between two moments in log order, each with its words and why it moved nothing, in steps. */
export function* entriesBetween(
  { completion, fall, entries }: Split,
  after: Moment,
  facts?: FactTable,
): Steps<EntryBetween[]> {
  if (entries.length === 0) return [];
  const { lines } = after.state.journal;
  const listed = entries.slice(-mostListed);
  const words = yield* wordsInSteps(lines, facts, new Set(listed.map(({ id }) => id)));
  const moved = new Set(Object.values(completion).flatMap((figure) => figure.entries));
  let explained: ExplainedCompletion | undefined;
  const fates = fatesIn(lines);
  const why = (entry: Changed): Why | undefined => {
    if (entry.type === 'EntryWithdrawn' || moved.has(entry.id)) return undefined;
    explained ??= new ExplainedCompletion(
      after.state.completion.facts,
      fall.plan,
      after.asOf,
      after.law?.lexicon ?? fall.second.lexiconVersion,
    );
    return fates.get(entry.id) ?? explained.why(entry, 'percent');
  };
  yield;
  return listed.map((entry): EntryBetween => {
    const { id, type, position, recordedAt, kind } = entry;
    const reason = why(entry);
    return {
      id,
      type,
      ...givenDay(entry.entry),
      kind,
      position,
      recordedAt,
      ...authorOf(entry),
      words: words.get(id) ?? { en: id, zh: id },
      ...(reason ? { unmoved: notUsedWords(reason) } : {}),
      ...(reason?.by === undefined ? {} : { unmovedBy: reason.by }),
    };
  });
}
