import type {
  EntryMetadata,
  EventData,
  EventType,
  Names,
  RecordedEvent,
  WorkItem,
} from '../../domain/project/events.js';
import type { FactTable } from '../../domain/project/facts/fact.js';
import { causeWords } from '../../domain/project/facts/stall-declared.js';
import {
  type Day,
  defaultTimeZone,
  type Instant,
  isBeforeItsDay,
} from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';
import { type GivenMetadata, givenMetadata } from '../facts/metadata.js';
import { onEveryEvent, type Projection } from '../facts/projection.js';
import { SharedLists } from '../facts/shared-list.js';
import { finished, inParts, type Steps } from '../facts/steps.js';
import { asSaid } from '../lexicon/as-said.js';
import { entryWords, quotedIn } from '../words/entry-words.js';

/** One entry in the journal, with both clocks and its corrections. */
export interface JournalEntryOf<Type, Data> extends GivenMetadata {
  id: Uuid;
  position: number;
  revision: number;
  type: Type;
  /** It was recorded before its day began in the project's time zone; its words say so. */
  isBeforeItsDay?: true;
  recordedAt: Instant;
  by: string;
  /** The fact in plain words, with the names of the plan known when it was recorded. */
  words: Words;
  data: Data;
  /** The totals that grew by it, in words; only in answers of the service. */
  grown?: readonly Words[];
  /** The entry that replaces this one. */
  correctedBy?: Uuid;
  withdrawn?: { by: string; reason: string; recordedAt: Instant };
}

export type JournalEntry = { [T in EventType]: JournalEntryOf<T, EventData[T]> }[EventType];

export interface JournalView {
  /** In log order. */
  entries: JournalEntry[];
}

/** An entry without what the journal computes. */
export type Line = {
  [T in EventType]: {
    id: string;
    position: number;
    revision: number;
    recordedAt: Instant;
    by: string;
    type: T;
    entry: EntryMetadata;
    data: EventData[T];
  };
}[EventType];

/** Every entry, including withdrawals and withdrawn ones, in log order. */
export interface Journal {
  lines: Line[];
}

const journalLines = new SharedLists<Journal, Line>(({ lines }) => lines);

function written(state: Journal, event: RecordedEvent): Journal {
  return { lines: [...state.lines, lineOf(event)] };
}

function lineOf({ id, position, revision, recordedAt, by, type, entry, data }: RecordedEvent): Line {
  return { id, position, revision, recordedAt, by, type, entry, data } as Line;
}

/**
 * Every entry in plain words with both clocks, and beside it what corrected or withdrew it.
 *
 * Entries about later days are left out, a withdrawal by its own day; the later fate of a shown entry is always
 * included.
 */
export const journal: Projection<Journal, JournalView> = {
  name: 'journal',
  scope: 'project',
  init: () => ({ lines: [] }),
  on: onEveryEvent(written),
  gather: () => {
    const lines: Line[] = [];
    return {
      add: (events) => {
        for (const event of events) lines.push(lineOf(event));
      },
      state: () => ({ lines }),
    };
  },
  and: (state, events) => {
    const list = journalLines.of(state).and(events.map(lineOf));
    const next = {
      get lines() {
        return list.array as Line[];
      },
    };
    return journalLines.set(next, list);
  },
  view: (state, asOf) => finished(journalInSteps(state, asOf)),
};

/**
 * The journal up to a day, in steps.
 *
 * @param facts the facts that may be among the entries; all of the domain when absent
 * @param only the entries that are wanted; all when absent
 */
export function* journalInSteps(
  { lines }: Journal,
  asOf: Day,
  facts?: FactTable,
  only?: ReadonlySet<string>,
): Steps<JournalView> {
  const withdrawals = new Map<string, JournalEntry['withdrawn']>();
  const corrections = new Map<string, string>();
  for (const line of lines) {
    if (line.entry.corrects !== undefined) corrections.set(line.entry.corrects, line.id);
    if (line.type !== 'EntryWithdrawn') continue;
    const { id: by, data, recordedAt } = line;
    withdrawals.set(data.entry, { by, reason: data.reason, recordedAt });
  }
  yield;
  const words = yield* wordsInSteps(lines, facts, only);
  const early = yield* beforeTheirDay(lines, only);
  const entries: JournalEntry[] = [];
  for (const some of inParts(lines)) {
    for (const line of some) {
      if (only && !only.has(line.id)) continue;
      const said = words.get(line.id) ?? { en: line.id, zh: line.id };
      const { entry, ...own } = line;
      if (entry.asOf > asOf) continue;
      const correctedBy = corrections.get(line.id);
      const withdrawn = withdrawals.get(line.id);
      entries.push({
        ...own,
        data: asSaid(own.data),
        ...givenMetadata(entry),
        ...(early.has(line.id) ? { isBeforeItsDay: true } : {}),
        words: early.has(line.id)
          ? {
              en: `${said.en} (Recorded for a day that had not begun there.)`,
              zh: `${said.zh}（登记时该日在项目当地尚未开始。）`,
            }
          : said,
        ...(correctedBy === undefined ? {} : { correctedBy }),
        ...(withdrawn === undefined ? {} : { withdrawn }),
      } as JournalEntry);
    }
    yield;
  }
  return { entries };
}

/** The entries recorded before their day began, by the project's time zone as known then. */
function* beforeTheirDay(lines: readonly Line[], only?: ReadonlySet<string>): Steps<ReadonlySet<string>> {
  const early = new Set<string>();
  let timeZone = defaultTimeZone;
  for (const some of inParts(lines)) {
    for (const { id, type, data, entry, recordedAt } of some) {
      if (type === 'ProjectRegistered' || type === 'ProjectDescribed') timeZone = data.timeZone ?? timeZone;
      if (only && !only.has(id)) continue;
      if (isBeforeItsDay(entry.asOf, recordedAt, () => timeZone)) early.add(id);
    }
    yield;
  }
  return early;
}

/** The latest names of work items in plans. */
export function itemNamesOf({ lines }: Journal): (item: string) => Names | undefined {
  const names = new Map<string, Names>();
  for (const line of lines) {
    if (line.type === 'PlanAdopted') for (const item of line.data.items) names.set(item.id, item.name);
  }
  return (item) => names.get(item);
}

/** The words of every entry of a project, by its id, with what was known when it was recorded. */
export function wordsOf(lines: readonly Line[]): ReadonlyMap<string, Words> {
  return finished(wordsInSteps(lines));
}

/**
 * The same in steps.
 *
 * @param only the entries whose words are wanted; all when absent
 */
export function* wordsInSteps(
  lines: readonly Line[],
  facts?: FactTable,
  only?: ReadonlySet<string>,
): Steps<ReadonlyMap<string, Words>> {
  const wanted = only && withQuoted(lines, only);
  const items = new Map<string, WorkItem>();
  const causes = new Map<string, Words>();
  const words = new Map<string, Words>();
  const speaker = {
    item: (id: string) => items.get(id),
    causeOf: (stall: string) => causes.get(stall),
    entry: (id: string) => words.get(id),
  };
  for (const some of inParts(lines)) {
    for (const line of some) {
      if (line.type === 'PlanAdopted') for (const item of line.data.items) items.set(item.id, item);
      if (line.type === 'StallDeclared') causes.set(line.data.stall, causeWords[line.data.cause]);
      if (wanted && !wanted.has(line.id)) continue;
      words.set(line.id, entryWords({ ...line, asOf: line.entry.asOf }, speaker, facts));
    }
    yield;
  }
  return words;
}

/** Entries with those that they quote, which were recorded before them. */
function withQuoted(lines: readonly Line[], entries: ReadonlySet<string>): ReadonlySet<string> {
  const wanted = new Set(entries);
  for (const line of lines.toReversed())
    if (wanted.has(line.id)) for (const id of quotedIn(line)) wanted.add(id);
  return wanted;
}
