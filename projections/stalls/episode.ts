import type { Blocked, EpisodeCause } from '../../domain/project/events.js';
import type { StallDeclared } from '../../domain/project/facts/stall-declared.js';
import { type Exactness, marksOf } from '../../domain/values/day-marks.js';
import { type Day, dayNumber } from '../../domain/values/days/calendar.js';
import { omitUndefined } from '../../domain/values/omit-undefined.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Fact } from '../facts/facts.js';
import type { Stretch, StretchPlace } from './stretches.js';

/** One stall episode, from its first declaration to the entry that ended it. */
export interface StallEpisode {
  stall: string;
  /** The item that is stalled, with what lies under it; the whole project when absent. */
  item?: string;
  cause: EpisodeCause;
  blocks: Blocked[];
  from: Day;
  /** How exactly the first day is known; absent if it was stated. */
  fromExactness?: Exactness;
  /** The last day of an episode that was over when it was declared. */
  to?: Day;
  /** The last day as it was expected; the episode stays open until an entry ends it. */
  expectedEnd?: Day;
  /** That day has passed, so that an entry is asked for. */
  isPastExpectedEnd?: true;
  /** Past: over since the day after `to`. */
  status: 'open' | 'cleared' | 'past';
  /** The day on which it was cleared. */
  clearedOn?: Day;
  /** How exactly that day is known; absent if it was stated. */
  clearedOnExactness?: Exactness;
  /** Ids of its entries, oldest first. */
  entries: Uuid[];
}

/** What an episode has only once it is cleared. */
type Cleared = 'clearedOn' | 'clearedOnExactness';

/** An episode that its entries so far have declared, and perhaps ended. */
export interface Declared {
  /** Its place in the order of first declarations. */
  readonly number: number;
  /** As a row shows it while it is open; its entries are the declarations. */
  readonly shown: Omit<StallEpisode, 'status' | Cleared | 'isPastExpectedEnd'>;
  readonly from: number;
  /** Its last day if it was over when it was declared; Infinity if not. */
  readonly last: number;
  readonly clearedOn: Day | undefined;
  /** The first day on which it is over, and the entry that says so. */
  readonly end: { on: number; entry: Uuid } | undefined;
  /** The last declaration. */
  readonly declaredBy: Fact<'StallDeclared' | 'StageEntered'>;
  /** The entry that cleared it. */
  readonly endedBy?: Fact<'StallCleared' | 'StageEntered'>;
  /** Without progress: two for each declaration that blocks works. */
  readonly still: readonly StretchPlace[];
  /** Without production, by the last declaration if that blocks it. */
  readonly unproductive: StretchPlace | undefined;
}

/** The episodes that are open on the days from one on (inclusive) until another one, without a further entry. */
export interface OpenEpisodes {
  readonly on: number;
  readonly until: number;
  /** In the order in which they were first declared. */
  readonly all: readonly OpenEpisode[];
  readonly shown: ShownStall[];
  /** Of those of one cause that block the same, the one that began first. */
  readonly first: readonly OpenEpisode[];
  /** The first one by which the project as a whole is blocked in something. */
  readonly blocking: ReadonlyMap<Blocked, Declared['shown']>;
}

interface OpenEpisode {
  from: number;
  last: number;
  shown: ShownStall;
}

/** Those of some episodes that are open on a day. */
export function openOn(episodes: readonly Declared[], day: number): OpenEpisodes {
  const all: OpenEpisode[] = [];
  const first = new Map<string, OpenEpisode>();
  const blocking = new Map<Blocked, Declared['shown']>();
  let until = Infinity;
  for (const episode of episodes) {
    const { from, last, shown } = episode;
    const end = shown.expectedEnd === undefined ? last : dayNumber(shown.expectedEnd);
    if (end >= day) until = Math.min(until, end + 1);
    if (last < day) continue;
    const open = { from, last, shown: shownOn(episode, day) };
    all.push(open);
    const kind = [shown.cause, ...shown.blocks].join();
    if (from < (first.get(kind)?.from ?? Infinity)) first.set(kind, open);
    if (shown.item === undefined)
      for (const blocked of shown.blocks) if (!blocking.has(blocked)) blocking.set(blocked, shown);
  }
  // Frozen, so that copies of the state share it.
  return Object.freeze({
    on: day,
    until,
    all,
    shown: all.map(({ shown }) => shown),
    first: [...first.values()],
    blocking,
  });
}

/** The first day on which an episode is over; Infinity while it is open. */
export function firstDayAfter({ end, last }: Declared): number {
  return end?.on ?? last + 1;
}

/** An open episode as a row shows it on a day. */
export type ShownStall = Omit<StallEpisode, 'status' | Cleared>;

function shownOn({ shown }: Declared, day: number): ShownStall {
  const { entries, ...said } = shown;
  const { expectedEnd } = said;
  const isPassed = expectedEnd !== undefined && dayNumber(expectedEnd) < day;
  return isPassed ? { ...said, isPastExpectedEnd: true, entries } : shown;
}

/** An episode on a day. */
export function episodeOf(episode: Declared, day: number): StallEpisode {
  const { last, clearedOn, end, endedBy } = episode;
  const { entries, ...said } = clearedOn === undefined ? shownOn(episode, day) : episode.shown;
  const isPast = clearedOn === undefined && last < day;
  return omitUndefined<StallEpisode>({
    ...said,
    status: clearedOn !== undefined ? 'cleared' : isPast ? 'past' : 'open',
    entries: clearedOn !== undefined && end ? [...entries, end.entry] : entries,
    ...(clearedOn === undefined ? {} : { clearedOn }),
    ...marksOf('clearedOnExactness', clearedOn, endedBy?.entry),
  });
}

/** The first day of an episode after one more declaration; of two with the same day one that states it exactly. */
export function firstOf(
  known: Declared | undefined,
  from: Day,
  fact: Declared['declaredBy'],
): Pick<Declared['shown'], 'from' | 'fromExactness'> {
  const { from: before, fromExactness } = known?.shown ?? {};
  if (before !== undefined && (before < from || (before === from && !fromExactness)))
    return { from: before, ...(fromExactness ? { fromExactness } : {}) };
  return { from, ...marksOf('fromExactness', from, fact.entry) };
}

/**
 * The days without a figure that rose and without a stage that was entered; what is about the first of several days may
 * still be about earlier work.
 */
export function stillIn(
  fact: Stretch['fact'],
  { from, to }: Pick<StallDeclared, 'from' | 'to'>,
  node: string,
): Omit<Stretch, 'isContradicted'>[] {
  const first = dayNumber(from);
  return (['rises', 'stages'] as const).map((what) => ({
    fact,
    node,
    what,
    from: from === to ? first : first + 1,
    to: to === undefined ? Infinity : dayNumber(to),
  }));
}
