import type { EventType } from '../../domain/project/events.js';
import { differences, putInto, takeFrom } from '../facts/differences.js';
import { merged } from '../facts/places.js';
import { SharedList } from '../facts/shared-list.js';
import type { LiveFact } from './project-so-far.js';

type Lists = readonly SharedList<LiveFact>[];

/** The facts that are in any of some lists, without withdrawn ones, in the order (asOf, place). */
export class LiveFacts {
  readonly all: LiveFact[];
  /** The list from which facts of a type are taken: others have them too. */
  private readonly ownerOf = new Map<EventType, number>();

  constructor(lists: Lists) {
    let all: LiveFact[] = [];
    for (const [list, facts] of lists.entries()) all = merged(all, this.ownIn(facts.array, list));
    this.all = all;
  }

  /** Changes the facts from those of some lists to those of later ones; returns what was taken out and put in. */
  become(before: Lists, after: Lists): LiveFact[] {
    const changes = after.map((facts, list) =>
      differences(before[list] ?? SharedList.of<LiveFact>([]), facts),
    );
    const gone = changes.flatMap((change, list) => this.ownIn(change.gone, list));
    const come = changes.flatMap((change, list) => this.ownIn(change.come, list));
    for (const fact of gone) takeFrom(this.all, fact);
    for (const fact of come) putInto(this.all, fact);
    return [...gone, ...come];
  }

  private ownIn(facts: readonly LiveFact[], list: number): LiveFact[] {
    const live = facts.filter(({ withdrawn }) => !withdrawn);
    for (const { type } of live) if (!this.ownerOf.has(type)) this.ownerOf.set(type, list);
    return live.filter(({ type }) => this.ownerOf.get(type) === list);
  }
}
