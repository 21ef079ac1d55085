import type { Blocked, StallCause } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { type Fact, type Facts, keeping, upTo } from '../facts/facts.js';
import { inOrder } from '../facts/places.js';
import type { Projection } from '../facts/projection.js';

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

type StallFact = Fact<'StallDeclared' | 'StallCleared'>;

/** Declared stalls of a project with cause, what they block, and evidence; never ended by missing data. */
export const stalls: Projection<Facts<StallFact['type']>, StallsView> = {
  name: 'stalls',
  scope: 'project',
  ...keeping(['StallDeclared', 'StallCleared']),
  view: (state, asOf) => {
    const episodes = episodesOf(upTo(state.facts, asOf));
    const open = episodes.filter((episode) => episode.status === 'open');
    const count = (blocked: Blocked) => open.filter((episode) => episode.blocks.includes(blocked)).length;
    return {
      episodes,
      open: { works: count('works'), production: count('production'), staffing: count('staffing') },
      entries: episodes.flatMap((episode) => episode.entries),
    };
  },
};

/**
 * The stall episodes, in the order in which they were first declared. A stall declared after it was cleared begins a
 * new one; a corrected declaration stays in the episode of the one it corrects.
 */
export function episodesOf(facts: readonly StallFact[]): StallEpisode[] {
  const episodes: StallEpisode[] = [];
  const lastOf = new Map<string, number>();
  const clearings = new Clearings();
  const endedBy = new Map<string, number>();
  for (const fact of facts) {
    const index = lastOf.get(fact.data.stall) ?? -1;
    const last = episodes[index];
    if (fact.type === 'StallDeclared') {
      const clearing = clearings.keptBy(fact);
      const ended = clearing && (endedBy.get(clearing.id) ?? episodes.length);
      if (clearing && ended !== undefined) {
        episodes[ended] = cleared(declared(reopened(episodes[ended]), fact), clearing);
        endedBy.set(clearing.id, ended);
      } else if (last?.status === 'open') episodes[index] = declared(last, fact);
      else lastOf.set(fact.data.stall, episodes.push(declared(undefined, fact)) - 1);
    } else {
      clearings.add(fact);
      if (last?.status !== 'open') continue;
      episodes[index] = cleared(last, fact);
      endedBy.set(fact.id, index);
    }
  }
  return episodes;
}

/** The clearings of stalls so far, in order. */
export class Clearings {
  private readonly ofStall = new Map<string, Fact<'StallCleared'>[]>();

  add(clearing: Fact<'StallCleared'>): void {
    const known = this.ofStall.get(clearing.data.stall);
    if (known) known.push(clearing);
    else this.ofStall.set(clearing.data.stall, [clearing]);
  }

  /**
   * The clearing that a corrected declaration keeps although the correction moved it behind the clearing: the first one
   * after the original declaration that was recorded before its correction. None if the stall now begins after that
   * day.
   */
  keptBy({ origin, position, data }: Fact<'StallDeclared'>): Fact<'StallCleared'> | undefined {
    if (!origin) return undefined;
    const clearing = this.ofStall.get(data.stall)?.find((one) => inOrder(origin, one) < 0);
    const recorded = clearing?.origin?.position ?? clearing?.position ?? Infinity;
    return clearing && recorded < position && data.from <= clearing.asOf ? clearing : undefined;
  }
}

function declared(open: StallEpisode | undefined, fact: Fact<'StallDeclared'>): StallEpisode {
  const { stall, cause, blocks, from, to } = fact.data;
  return {
    stall,
    cause,
    blocks,
    from: open && open.from < from ? open.from : from,
    ...(to === undefined ? {} : { statedTo: to }),
    status: 'open',
    entries: [...(open?.entries ?? []), fact.id],
  };
}

function cleared(open: StallEpisode, fact: Fact<'StallCleared'>): StallEpisode {
  return { ...open, status: 'cleared', clearedOn: fact.asOf, entries: [...open.entries, fact.id] };
}

/** An episode without its clearing, which is its last entry. */
function reopened(episode: StallEpisode | undefined): StallEpisode | undefined {
  return episode && { ...episode, entries: episode.entries.slice(0, -1) };
}
