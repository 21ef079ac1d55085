import type { GrowingList } from '../facts/growing-list.js';
import { type Declared, firstDayAfter } from './episode.js';

/** Episodes by item and cause, those that are over longest first, to find one that was declared twice. */
export class Twins {
  /** The numbers of the episodes. */
  private readonly ofCause = new Map<string, number[]>();
  /** By the number of an episode. */
  private readonly causeOf = new Map<number, string>();

  /** @param episodes every episode so far, by its number */
  constructor(private readonly episodes: GrowingList<Declared>) {}

  /** Adds an episode, or puts it where its new end belongs. */
  put(episode: Declared): void {
    const { number, shown } = episode;
    const before = this.listOf(number);
    before.splice(before.lastIndexOf(number), before.length === 0 ? 0 : 1);
    const cause = JSON.stringify([shown.item ?? null, shown.cause]);
    this.causeOf.set(number, cause);
    const list = this.ofCause.get(cause) ?? [];
    this.ofCause.set(cause, list);
    const end = firstDayAfter(episode);
    let place = list.length;
    while (place > 0 && firstDayAfter(this.numbered(list[place - 1] as number)) > end) place -= 1;
    list.splice(place, 0, number);
  }

  /** Another episode of the same item and cause that blocks the same on the same days; of several, the one that is over last. */
  of(episode: Declared): Declared | undefined {
    const list = this.listOf(episode.number);
    const end = firstDayAfter(episode);
    for (let place = list.length - 1; place >= 0; place -= 1) {
      const other = this.numbered(list[place] as number);
      if (firstDayAfter(other) <= episode.from) return undefined;
      const isMeanwhile = other.number !== episode.number && other.from < end;
      if (isMeanwhile && other.shown.blocks.some((part) => episode.shown.blocks.includes(part))) return other;
    }
    return undefined;
  }

  private listOf(number: number): number[] {
    return this.ofCause.get(this.causeOf.get(number) ?? '') ?? [];
  }

  private numbered(number: number): Declared {
    return this.episodes.at(number) as Declared;
  }
}
