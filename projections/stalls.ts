import type { Day } from '../src/domain/calendar.js';
import type { Blocked, StallCause } from '../src/domain/events.js';
import { type Fact, type Facts, keeping, upTo } from './facts.js';
import type { Projection } from './projection.js';

/** One stretch of standing still, from its first declaration to the entry that cleared it. */
export interface StallEpisode {
  stall: string;
  cause: StallCause;
  blocks: Blocked[];
  from: Day;
  /** The last day that a declaration covers; the episode stands on until it is cleared. */
  statedTo?: Day;
  status: 'open' | 'cleared';
  /** The day on which it was cleared. */
  clearedOn?: Day;
  /** Ids of the entries that say so, oldest first. */
  entries: string[];
}

export interface StallsView {
  episodes: StallEpisode[];
  /** Open episodes by what they block. */
  open: { works: number; production: number; staffing: number };
  entries: string[];
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

/** The episodes that facts tell of, in the order in which they were first declared. A stall declared again after it was cleared begins a new one. */
export function episodesOf(facts: readonly StallFact[]): StallEpisode[] {
  const episodes: StallEpisode[] = [];
  const lastOf = new Map<string, number>();
  for (const fact of facts) {
    const index = lastOf.get(fact.data.stall) ?? -1;
    const last = episodes[index];
    if (fact.type === 'StallDeclared') {
      const { stall, cause, blocks, from, to } = fact.data;
      const isSame = last?.status === 'open';
      const episode: StallEpisode = {
        stall,
        cause,
        blocks,
        from: isSame && last.from < from ? last.from : from,
        ...(to === undefined ? {} : { statedTo: to }),
        status: 'open',
        entries: [...(isSame ? last.entries : []), fact.id],
      };
      if (isSame) episodes[index] = episode;
      else lastOf.set(stall, episodes.push(episode) - 1);
    } else if (last?.status === 'open') {
      episodes[index] = {
        ...last,
        status: 'cleared',
        clearedOn: fact.asOf,
        entries: [...last.entries, fact.id],
      };
    }
  }
  return episodes;
}
