import type { Blocked } from '../../domain/project/events.js';
import { dayNumber } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { type Facts, keeping, upTo } from '../facts/facts.js';
import type { Projection } from '../facts/projection.js';
import type { StallEpisode } from './episode.js';
import { Stalls } from './stalls.js';

export interface StallsView {
  episodes: StallEpisode[];
  /** Open episodes by what they block. */
  open: { works: number; production: number; staffing: number };
  entries: Uuid[];
}

/** Stalls of a project with cause, what they block, and evidence; an open one is never ended by missing data. */
export const stalls: Projection<Facts<'StallDeclared' | 'StallCleared' | 'StageEntered'>, StallsView> = {
  name: 'stalls',
  scope: 'project',
  ...keeping(['StallDeclared', 'StallCleared', 'StageEntered']),
  view: (state, asOf) => {
    const episodes = new Stalls(upTo(state.facts, asOf)).episodesOn(dayNumber(asOf));
    const open = episodes.filter((episode) => episode.status === 'open');
    const count = (blocked: Blocked) => open.filter((episode) => episode.blocks.includes(blocked)).length;
    return {
      episodes,
      open: { works: count('works'), production: count('production'), staffing: count('staffing') },
      entries: episodes.flatMap((episode) => episode.entries),
    };
  },
};
