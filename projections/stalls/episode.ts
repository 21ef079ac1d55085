import type { Blocked, EpisodeCause } from '../../domain/project/events.js';
import type { StallDeclared } from '../../domain/project/facts/stall-declared.js';
import { type Day, dayNumber } from '../../domain/values/calendar.js';
import { omitUndefined } from '../../domain/values/omit-undefined.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Stretch } from './stretches.js';

/** One stall episode, from its first declaration to the entry that ended it. */
export interface StallEpisode {
  stall: string;
  /** The item that is stalled, with what lies under it; the whole project when absent. */
  item?: string;
  cause: EpisodeCause;
  blocks: Blocked[];
  from: Day;
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
  /** Ids of its entries, oldest first. */
  entries: Uuid[];
}

/** An episode that its entries so far have declared, and perhaps ended. */
export interface Declared {
  /** Its place in the order of first declarations. */
  number: number;
  /** As a row shows it while it is open; its entries are the declarations. */
  shown: Omit<StallEpisode, 'status' | 'clearedOn' | 'isPastExpectedEnd'>;
  from: number;
  /** Its last day if it was over when it was declared; Infinity if not. */
  last: number;
  clearedOn: Day | undefined;
  /** The first day on which it is over, and the entry that says so. */
  end: { on: number; entry: Uuid } | undefined;
  /** Without progress: one for each declaration that blocks works. */
  still: Stretch[];
  /** Without production, by the last declaration if that blocks it. */
  unproductive: Stretch | undefined;
}

/** An open episode as a row shows it on a day. */
export type ShownStall = Omit<StallEpisode, 'status' | 'clearedOn'>;

export function shownOn({ shown }: Declared, day: number): ShownStall {
  const { entries, ...said } = shown;
  const { expectedEnd } = said;
  const isPassed = expectedEnd !== undefined && dayNumber(expectedEnd) < day;
  return isPassed ? { ...said, isPastExpectedEnd: true, entries } : shown;
}

/** An episode on a day. */
export function episodeOf(episode: Declared, day: number): StallEpisode {
  const { last, clearedOn, end } = episode;
  const { entries, ...said } = clearedOn === undefined ? shownOn(episode, day) : episode.shown;
  const isPast = clearedOn === undefined && last < day;
  return omitUndefined<StallEpisode>({
    ...said,
    status: clearedOn !== undefined ? 'cleared' : isPast ? 'past' : 'open',
    entries: clearedOn !== undefined && end ? [...entries, end.entry] : entries,
    ...(clearedOn === undefined ? {} : { clearedOn }),
  });
}

/** The days without progress; a figure about the first of several days may still be about earlier work. */
export function stillIn(
  fact: Stretch['fact'],
  { from, to }: Pick<StallDeclared, 'from' | 'to'>,
  node: string,
): Omit<Stretch, 'isContradicted'> {
  const first = dayNumber(from);
  return {
    fact,
    node,
    what: 'rises',
    from: from === to ? first : first + 1,
    to: to === undefined ? Infinity : dayNumber(to),
  };
}
