import type { Blocked } from '../../domain/project/events.js';
import { itemOf, wholeProject } from '../../domain/project/facts/members.js';
import { dayNumber } from '../../domain/values/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Fact } from '../facts/facts.js';
import { Clearings } from './clearings.js';
import { type Declared, episodeOf, type ShownStall, type StallEpisode, shownOn, stillIn } from './episode.js';
import { type Contradicting, type MoveFact, type Stretch, Stretches } from './stretches.js';

/** A fact that begins or ends a stall; of stages, a suspension and a resumption. */
export type StallFact = Fact<'StallDeclared' | 'StallCleared' | 'StageEntered'>;

/** The day on which works resumed, and the entry that states it. */
export interface Resumption {
  /** A number of days after 1970-01-01. */
  on: number;
  entry: Uuid;
}

/**
 * Stalls and reports of no change, fed in the order (asOf, place), and the reports that contradict them.
 *
 * A stall declared after it was over begins a new episode; a corrected declaration stays in the episode of the one it
 * corrects. An episode of the past ends with its last day. A suspended project is a stall of its works until it resumes.
 */
export class Stalls {
  /** In the order in which they were first declared. */
  private readonly all: Declared[] = [];
  /** By id. Episodes of the past stay here until an entry about a later day comes. */
  private readonly openOf = new Map<string, Declared>();
  private readonly clearings = new Clearings();
  private readonly endedBy = new Map<string, Declared>();
  private readonly quiet = new Stretches();
  /** The episode of the works of the project that ended last; of one day, the first declared. */
  private lastEnded: Declared | undefined;
  /** The last stage "resumed", also without a suspension before it. */
  private resumed: Resumption | undefined;

  constructor(facts: Iterable<StallFact> = []) {
    for (const fact of facts) this.take(fact);
  }

  /** On a day, in the order in which they were first declared. */
  episodesOn(day: number): StallEpisode[] {
    return this.all.map((episode) => episodeOf(episode, day));
  }

  /** Those open on a day, in the order in which they were first declared. */
  openOn(day: number): { from: number; last: number; shown: ShownStall }[] {
    const open = [...this.openOf.values()].filter(({ last }) => last >= day);
    return open.map((episode) => ({
      from: episode.from,
      last: episode.last,
      shown: shownOn(episode, day),
    }));
  }

  /** The last day, up to a given one, on which the works of the project resumed after a stall of all of them. */
  worksResumed(day: number): Resumption | undefined {
    let last = later(this.resumed, this.lastEnded?.end);
    for (const episode of this.openOf.values())
      if (episode.last < day && isOfAllWorks(episode)) last = later(last, afterLast(episode));
    return last;
  }

  /**
   * The first day after one on which, without a further entry, an episode of the past is over or an expected end has
   * passed; Infinity without one.
   */
  nextEndAfter(day: number): number {
    let next = Infinity;
    for (const { last, shown } of this.openOf.values()) {
      const end = shown.expectedEnd === undefined ? last : dayNumber(shown.expectedEnd);
      if (end >= day && end + 1 < next) next = end + 1;
    }
    return next;
  }

  get openContradictions(): number {
    return this.quiet.contradicted;
  }

  /** The first open episode, on a day, by which the project as a whole is blocked in something. */
  blocking(blocked: Blocked, day: number): Declared['shown'] | undefined {
    for (const { shown, last } of this.openOf.values())
      if (last >= day && shown.item === undefined && shown.blocks.includes(blocked)) return shown;
    return undefined;
  }

  take(fact: StallFact): void {
    if (fact.type === 'StallDeclared') this.declare(fact);
    else if (fact.type === 'StallCleared') this.clear(fact);
    else this.enter(fact);
  }

  declare(fact: Fact<'StallDeclared'>): void {
    this.passBefore(dayNumber(fact.asOf));
    const clearing = this.clearings.keptBy(fact);
    if (clearing) this.declareCleared(fact, clearing);
    else this.openOf.set(fact.data.stall, this.said(fact, fact.data, this.openOf.get(fact.data.stall)));
  }

  clear(fact: Fact<'StallCleared'>): void {
    this.passBefore(dayNumber(fact.asOf));
    this.clearings.add(fact);
    this.close(fact.data.stall, fact);
  }

  /** A stage: a suspension stalls the works, a resumption ends that. */
  enter(fact: Fact<'StageEntered'>): void {
    const { asOf, id, data } = fact;
    if (data.stage === 'resumed') {
      this.resumed = { on: dayNumber(asOf), entry: id };
      this.close(suspended, fact);
    } else if (data.stage === 'suspended') {
      const stated = {
        stall: 'suspended',
        cause: 'suspended' as const,
        blocks: ['works' as const],
        from: asOf,
      };
      this.openOf.set(suspended, this.said(fact, stated, this.openOf.get(suspended)));
    }
  }

  unchanged(fact: Fact<'NoChangeReported'>): void {
    this.quiet.add(stillIn(fact, fact.data, wholeProject));
  }

  /**
   * A report by which a figure rose or something was produced.
   *
   * @param nodes the item it is about and those above it; the project is always among what it is about
   */
  move(day: number, what: Stretch['what'], fact: MoveFact, nodes: readonly string[]): void {
    this.quiet.move(day, what, fact, nodes);
  }

  /** The days that entries report or declare to be without progress or production. */
  get stretches(): readonly Stretch[] {
    return this.quiet.all;
  }

  /** @param most maximum number of named entries */
  contradicting(stretch: Stretch, most: number): Contradicting {
    return this.quiet.contradicting(stretch, most);
  }

  /** Ends the episodes of the past whose last day is before that of the next entry. */
  private passBefore(day: number): void {
    for (const [id, episode] of this.openOf) {
      if (episode.last >= day) continue;
      this.openOf.delete(id);
      episode.end = afterLast(episode);
      this.resume(episode);
    }
  }

  private close(id: string, fact: Fact<'StallCleared' | 'StageEntered'>): void {
    const episode = this.openOf.get(id);
    if (!episode) return;
    this.openOf.delete(id);
    this.end(episode, fact);
  }

  /** A declaration that was corrected after it was cleared, and stays cleared. */
  private declareCleared(fact: Fact<'StallDeclared'>, clearing: Fact<'StallCleared'>): void {
    this.end(this.said(fact, fact.data, this.endedBy.get(clearing.id)), clearing);
    this.lastEnded = undefined;
    for (const other of this.all) this.resume(other);
  }

  private said(
    fact: Fact<'StallDeclared' | 'StageEntered'>,
    stated: Omit<Declared['shown'], 'entries'>,
    known: Declared | undefined,
  ): Declared {
    const { to, from, blocks } = stated;
    const first = known && known.shown.from < from ? known.shown.from : from;
    const episode: Declared = known ?? {
      number: this.all.length,
      shown: { ...stated, entries: [] },
      from: dayNumber(first),
      last: Infinity,
      clearedOn: undefined,
      end: undefined,
      still: [],
      unproductive: undefined,
    };
    if (!known) this.all.push(episode);
    episode.shown = { ...stated, from: first, entries: [...episode.shown.entries, fact.id] };
    episode.from = dayNumber(first);
    episode.last = to === undefined ? Infinity : dayNumber(to);
    episode.end = undefined;
    episode.clearedOn = undefined;
    const node = itemOf(stated);
    if (blocks.includes('works')) episode.still.push(this.quiet.add(stillIn(fact, stated, node)));
    const blocksProduction = blocks.includes('production');
    const unproductive = { fact, node, from: episode.from, to: blocksProduction ? episode.last : -Infinity };
    if (episode.unproductive) this.quiet.change(episode.unproductive, unproductive);
    else if (blocksProduction)
      episode.unproductive = this.quiet.add({ what: 'productions', ...unproductive });
    return episode;
  }

  private end(episode: Declared, by: Fact<'StallCleared' | 'StageEntered'>): void {
    const on = dayNumber(by.asOf);
    episode.end = { on, entry: by.id };
    episode.clearedOn = by.asOf;
    this.endedBy.set(by.id, episode);
    this.resume(episode);
    // A report about the day on which it was cleared contradicts nothing any more.
    const last = on - 1;
    const { still, unproductive } = episode;
    for (const stretch of unproductive ? [...still, unproductive] : still)
      if (stretch.to > last) this.quiet.change(stretch, { to: last });
  }

  private resume(episode: Declared): void {
    if (!episode.end || !isOfAllWorks(episode)) return;
    const { on } = episode.end;
    const last = this.lastEnded;
    const lastOn = last?.end?.on;
    const isLater =
      !last || lastOn === undefined || on > lastOn || (on === lastOn && episode.number < last.number);
    if (isLater) this.lastEnded = episode;
  }
}

/** The key of the stall that a suspension opens; no declared stall has it, because ids have no blank. */
const suspended = 'stage suspended';

/** The day after the last one of an episode of the past. */
function afterLast({ last, shown }: Declared): Resumption {
  return { on: last + 1, entry: shown.entries.at(-1) as Uuid };
}

/** The later of two; the first of one day. */
function later(one: Resumption | undefined, other: Resumption | undefined): Resumption | undefined {
  return !one || (other && other.on > one.on) ? other : one;
}

function isOfAllWorks({ shown }: Declared): boolean {
  return shown.item === undefined && shown.blocks.includes('works');
}
