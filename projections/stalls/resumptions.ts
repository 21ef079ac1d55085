import type { Uuid } from '../../domain/values/uuid.js';
import type { Declared } from './episode.js';

/** The day on which works resumed, and the entry that states it. */
export interface Resumption {
  /** A number of days after 1970-01-01. */
  on: number;
  entry: Uuid;
}

/** When the works of the project resumed, after stalls of all of them that ended and by the stage "resumed". */
export class Resumptions {
  /** The last stage "resumed", also without a suspension before it. */
  resumed: Resumption | undefined;
  /** The episode of the works of the project that ended last; of one day, the first declared. */
  private lastEnded: Declared | undefined;

  /** The last one up to a day. @param open episodes, of which those of the past end by time alone */
  lastOn(day: number, open: Iterable<Declared>): Resumption | undefined {
    let last = later(this.resumed, this.lastEnded?.end);
    for (const episode of open)
      if (episode.last < day && isOfAllWorks(episode)) last = later(last, afterLast(episode));
    return last;
  }

  /** An episode ended. */
  end(episode: Declared): void {
    if (!episode.end || !isOfAllWorks(episode)) return;
    const { on } = episode.end;
    const last = this.lastEnded;
    const lastOn = last?.end?.on;
    const isLater =
      !last || lastOn === undefined || on > lastOn || (on === lastOn && episode.number < last.number);
    if (isLater) this.lastEnded = episode;
  }

  /** The ends of episodes changed. */
  endAgain(episodes: Iterable<Declared>): void {
    this.lastEnded = undefined;
    for (const episode of episodes) this.end(episode);
  }
}

/** The day after the last one of an episode of the past. */
export function afterLast({ last, shown }: Declared): Resumption {
  return { on: last + 1, entry: shown.entries.at(-1) as Uuid };
}

/** The later of two; the first of one day. */
function later(one: Resumption | undefined, other: Resumption | undefined): Resumption | undefined {
  return !one || (other && other.on > one.on) ? other : one;
}

function isOfAllWorks({ shown }: Declared): boolean {
  return shown.item === undefined && shown.blocks.includes('works');
}
