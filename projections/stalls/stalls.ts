import type { Blocked, StallCause } from '../../domain/project/events.js';
import { type Day, dayNumber } from '../../domain/values/calendar.js';
import { omitUndefined } from '../../domain/values/omit-undefined.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { type Fact, type Facts, keeping, upTo } from '../facts/facts.js';
import type { Projection } from '../facts/projection.js';
import { Clearings } from './clearings.js';
import { type Contradicting, type MoveFact, type Stretch, Stretches } from './stretches.js';

/** One stall episode, from its first declaration to the entry that cleared it. */
export interface StallEpisode {
  stall: string;
  cause: StallCause;
  blocks: Blocked[];
  from: Day;
  /** The last day of a declaration; the episode stays open until it is cleared. */
  statedTo?: Day;
  status: 'open' | 'cleared';
  /** The day on which it was cleared. */
  clearedOn?: Day;
  /** Ids of its entries, oldest first. */
  entries: Uuid[];
}

export interface StallsView {
  episodes: StallEpisode[];
  /** Open episodes by what they block. */
  open: { works: number; production: number; staffing: number };
  entries: Uuid[];
}

/** Declared stalls of a project with cause, what they block, and evidence; never ended by missing data. */
export const stalls: Projection<Facts<'StallDeclared' | 'StallCleared'>, StallsView> = {
  name: 'stalls',
  scope: 'project',
  ...keeping(['StallDeclared', 'StallCleared']),
  view: (state, asOf) => {
    const { episodes } = new Stalls(upTo(state.facts, asOf));
    const open = episodes.filter((episode) => episode.status === 'open');
    const count = (blocked: Blocked) => open.filter((episode) => episode.blocks.includes(blocked)).length;
    return {
      episodes,
      open: { works: count('works'), production: count('production'), staffing: count('staffing') },
      entries: episodes.flatMap((episode) => episode.entries),
    };
  },
};

/** The day on which works resumed, and the entry that states it. */
export interface Resumption {
  /** A number of days after 1970-01-01. */
  on: number;
  entry: Uuid;
}

/** An episode that its entries so far have declared, and perhaps cleared. */
interface Declared {
  /** Its place in the order of first declarations. */
  number: number;
  /** As a row shows it while it is open; its entries are the declarations. */
  shown: Pick<StallEpisode, 'stall' | 'cause' | 'blocks' | 'from' | 'entries'>;
  from: number;
  statedTo: Day | undefined;
  clearing: Fact<'StallCleared'> | undefined;
  /** Without progress: one for each declaration that blocks works. */
  still: Stretch[];
  /** Without production, by the last declaration if that blocks it. */
  unproductive: Stretch | undefined;
}

/**
 * Declared stalls and reports of no change, fed in the order (asOf, place), and the reports that contradict them.
 *
 * A stall declared after it was cleared begins a new episode; a corrected declaration stays in the episode of the one it
 * corrects.
 */
export class Stalls {
  /** In the order in which they were first declared. */
  private readonly all: Declared[] = [];
  private readonly openOf = new Map<string, Declared>();
  private readonly clearings = new Clearings();
  private readonly endedBy = new Map<string, Declared>();
  private readonly quiet = new Stretches();
  /** The episode of works that was cleared last; of one day, the first declared. */
  private lastCleared: Declared | undefined;

  constructor(facts: Iterable<Fact<'StallDeclared' | 'StallCleared'>> = []) {
    for (const fact of facts) {
      if (fact.type === 'StallDeclared') this.declare(fact);
      else this.clear(fact);
    }
  }

  /** In the order in which they were first declared. */
  get episodes(): StallEpisode[] {
    return this.all.map(episodeOf);
  }

  /** In the order in which they were first declared. */
  get open(): readonly Pick<Declared, 'from' | 'shown'>[] {
    return [...this.openOf.values()];
  }

  /** The last day on which works resumed after a stall of theirs. */
  get worksResumed(): Resumption | undefined {
    const clearing = this.lastCleared?.clearing;
    return clearing && { on: dayNumber(clearing.asOf), entry: clearing.id };
  }

  get openContradictions(): number {
    return this.quiet.contradicted;
  }

  /** The first open episode that blocks something. */
  blocking(blocked: Blocked): Declared['shown'] | undefined {
    for (const { shown } of this.openOf.values()) if (shown.blocks.includes(blocked)) return shown;
    return undefined;
  }

  declare(fact: Fact<'StallDeclared'>): void {
    const clearing = this.clearings.keptBy(fact);
    if (clearing) this.declareCleared(fact, clearing);
    else this.openOf.set(fact.data.stall, this.declared(fact, this.openOf.get(fact.data.stall)));
  }

  clear(fact: Fact<'StallCleared'>): void {
    this.clearings.add(fact);
    const episode = this.openOf.get(fact.data.stall);
    if (!episode) return;
    this.openOf.delete(fact.data.stall);
    this.end(episode, fact);
  }

  unchanged(fact: Fact<'NoChangeReported'>): void {
    this.quiet.add(stillIn(fact));
  }

  /** A report by which a figure rose or something was produced. */
  move(day: number, what: Stretch['what'], fact: MoveFact): void {
    this.quiet.move(day, what, fact);
  }

  /** The days that entries report or declare to be without progress or production. */
  get stretches(): readonly Stretch[] {
    return this.quiet.all;
  }

  /** @param most maximum number of named entries */
  contradicting(stretch: Stretch, most: number): Contradicting {
    return this.quiet.contradicting(stretch, most);
  }

  /** A declaration that was corrected after it was cleared, and stays cleared. */
  private declareCleared(fact: Fact<'StallDeclared'>, clearing: Fact<'StallCleared'>): void {
    this.end(this.declared(fact, this.endedBy.get(clearing.id)), clearing);
    this.lastCleared = undefined;
    for (const other of this.all) this.resume(other);
  }

  private declared(fact: Fact<'StallDeclared'>, known: Declared | undefined): Declared {
    const { stall, cause, blocks, from, to } = fact.data;
    const first = known && known.shown.from < from ? known.shown.from : from;
    const episode: Declared = known ?? {
      number: this.all.length,
      shown: { stall, cause, blocks, from, entries: [] },
      from: dayNumber(from),
      statedTo: undefined,
      clearing: undefined,
      still: [],
      unproductive: undefined,
    };
    if (!known) this.all.push(episode);
    episode.shown = { stall, cause, blocks, from: first, entries: [...episode.shown.entries, fact.id] };
    episode.from = dayNumber(first);
    episode.statedTo = to;
    episode.clearing = undefined;
    if (blocks.includes('works')) episode.still.push(this.quiet.add(stillIn(fact)));
    const unproductive = {
      fact,
      from: episode.from,
      to: blocks.includes('production') ? Infinity : -Infinity,
    };
    if (episode.unproductive) this.quiet.change(episode.unproductive, unproductive);
    else if (blocks.includes('production'))
      episode.unproductive = this.quiet.add({ what: 'productions', ...unproductive });
    return episode;
  }

  private end(episode: Declared, clearing: Fact<'StallCleared'>): void {
    episode.clearing = clearing;
    this.endedBy.set(clearing.id, episode);
    this.resume(episode);
    // A report about the day on which it was cleared contradicts nothing any more.
    const last = dayNumber(clearing.asOf) - 1;
    const { still, unproductive } = episode;
    for (const stretch of unproductive ? [...still, unproductive] : still)
      if (stretch.to > last) this.quiet.change(stretch, { to: last });
  }

  private resume(episode: Declared): void {
    if (!episode.clearing || !episode.shown.blocks.includes('works')) return;
    const { asOf } = episode.clearing;
    const last = this.lastCleared;
    const lastOn = last?.clearing?.asOf;
    const isLater =
      !last || lastOn === undefined || asOf > lastOn || (asOf === lastOn && episode.number < last.number);
    if (isLater) this.lastCleared = episode;
  }
}

function episodeOf({ shown, statedTo, clearing }: Declared): StallEpisode {
  const { entries, ...said } = shown;
  return omitUndefined<StallEpisode>({
    ...said,
    statedTo,
    status: clearing ? 'cleared' : 'open',
    entries: clearing ? [...entries, clearing.id] : entries,
    clearedOn: clearing?.asOf,
  });
}

/** A figure about the first of several days may still be about earlier work. */
function stillIn(fact: Fact<'StallDeclared' | 'NoChangeReported'>): Omit<Stretch, 'isContradicted'> {
  const { from, to } = fact.data;
  const first = dayNumber(from);
  return {
    fact,
    what: 'rises',
    from: from === to ? first : first + 1,
    to: to === undefined ? Infinity : dayNumber(to),
  };
}
