import type { Blocked } from '../../domain/project/events.js';
import { itemOf, wholeProject } from '../../domain/project/facts/members.js';
import { dayNumber } from '../../domain/values/days/calendar.js';
import type { Fact } from '../facts/facts.js';
import { GrowingList } from '../facts/growing-list.js';
import { Clearings } from './clearings.js';
import {
  type Declared,
  episodeOf,
  firstOf,
  type OpenEpisodes,
  openOn,
  type StallEpisode,
  stillIn,
} from './episode.js';
import { afterLast, type Resumption, Resumptions } from './resumptions.js';
import { type StallConflict, StallConflicts } from './stall-conflicts.js';
import { type Contradicting, type MoveFact, type Stretch, Stretches } from './stretches.js';

/** A fact that begins or ends a stall; of stages, a suspension and a resumption. */
export type StallFact = Fact<'StallDeclared' | 'StallCleared' | 'StageEntered'>;

/**
 * Stalls and reports of no change, fed in the order (asOf, place), and the reports that contradict them.
 *
 * A stall declared after it was over begins a new episode; a corrected declaration stays in the episode of the one it
 * corrects. An episode of the past ends with its last day. A suspended project is a stall of its works until it resumes.
 */
export class Stalls {
  /** In the order in which they were first declared. */
  private readonly all = new GrowingList<Declared>();
  /** The number of the open episode of a stall. Those of the past stay here until an entry about a later day comes. */
  private readonly openOf = new Map<string, number>();
  /** Those open on the days last looked at; computed again after a change. */
  private looked: OpenEpisodes | undefined;
  private readonly clearings = new Clearings();
  private readonly quiet = new Stretches();
  /** The number of the last episode of a stall. */
  private readonly lastOf = new Map<string, number>();
  private readonly conflicts = new StallConflicts(this.all);
  private readonly resumptions = new Resumptions();

  constructor(facts: Iterable<StallFact> = []) {
    for (const fact of facts) this.take(fact);
  }

  /** On a day, in the order in which they were first declared. */
  episodesOn(day: number): StallEpisode[] {
    return this.all.slice().map((episode) => episodeOf(episode, day));
  }

  /** Those open on a day; the same object until a stall changes or a day passes that ends one. */
  openOn(day: number): OpenEpisodes {
    const { looked } = this;
    if (looked && day >= looked.on && day < looked.until) return looked;
    this.looked = openOn(this.open(), day);
    return this.looked;
  }

  /** The last day, up to a given one, on which the works of the project resumed after a stall of all of them. */
  worksResumed(day: number): Resumption | undefined {
    return this.resumptions.lastOn(day, this.openOn(day).all.length < this.openOf.size ? this.open() : []);
  }

  /**
   * The first day after one on which, without a further entry, an episode of the past is over or an expected end has
   * passed; Infinity without one.
   */
  nextEndAfter(day: number): number {
    return this.openOn(day).until;
  }

  get openContradictions(): number {
    return this.quiet.contradicted + this.conflicts.openContradictions;
  }

  /** The stalls that contradict each other, their own ends, the plan or the stages, settled or not. */
  get conflicting(): Iterable<StallConflict> {
    return this.conflicts.found();
  }

  /** The first open episode, on a day, by which the project as a whole is blocked in something. */
  blocking(blocked: Blocked, day: number): Declared['shown'] | undefined {
    return this.openOn(day).blocking.get(blocked);
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
    else this.reopen(fact.data.stall, fact, fact.data);
  }

  clear(fact: Fact<'StallCleared'>): void {
    this.passBefore(dayNumber(fact.asOf));
    this.clearings.add(fact);
    const { stall } = fact.data;
    const last = this.lastOf.get(stall);
    if (this.openOf.has(stall)) this.close(stall, fact);
    else this.conflicts.clearedNothing(fact, last === undefined ? undefined : this.numbered(last));
  }

  /** A plan, which may cancel a stalled item. */
  adopt(plan: Fact<'PlanAdopted'>): void {
    this.passBefore(dayNumber(plan.asOf));
    this.conflicts.adopt(plan, this.open());
  }

  /** A stage: a suspension stalls the works, a resumption ends that. */
  enter(fact: Fact<'StageEntered'>): void {
    const { asOf, id, data } = fact;
    this.passBefore(dayNumber(asOf));
    this.conflicts.enter(fact, this.open());
    if (data.stage === 'resumed') {
      this.resumptions.resumed = { on: dayNumber(asOf), entry: id };
      this.close(suspended, fact);
    } else if (data.stage === 'suspended') {
      const stated: Saying[1] = { stall: 'suspended', cause: 'suspended', blocks: ['works'], from: asOf };
      this.reopen(suspended, fact, stated);
    }
  }

  unchanged(fact: Fact<'NoChangeReported'>): void {
    for (const still of stillIn(fact, fact.data, wholeProject)) this.quiet.add(still);
  }

  /**
   * A report by which a figure rose, a stage was entered or something was produced.
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

  /** The reports that contradicted a stretch until the entry that ended it. */
  contradictedBefore(stretch: Stretch, most: number): MoveFact[] {
    return this.quiet.contradictedBefore(stretch, most);
  }

  /** Ends the episodes of the past whose last day is before that of the next entry. */
  private passBefore(day: number): void {
    for (const [id, number] of this.openOf) {
      const episode = this.numbered(number);
      if (episode.last >= day) continue;
      this.openOf.delete(id);
      this.resumptions.end(this.keep({ ...episode, end: afterLast(episode) }));
    }
  }

  private open(): Declared[] {
    return [...this.openOf.values()].map((number) => this.numbered(number));
  }

  private numbered(number: number): Declared {
    return this.all.at(number) as Declared;
  }

  private keep(episode: Declared): Declared {
    this.looked = undefined;
    if (episode.number === this.all.length) this.all.push(episode);
    else this.all.set(episode.number, episode);
    return episode;
  }

  private reopen(id: string, ...[fact, stated]: Saying): void {
    const number = this.openOf.get(id);
    const episode = this.said(number === undefined ? undefined : this.numbered(number), fact, stated);
    this.openOf.set(id, episode.number);
    this.conflicts.declared(episode);
  }

  private close(id: string, fact: Fact<'StallCleared' | 'StageEntered'>): void {
    const number = this.openOf.get(id);
    if (number === undefined) return;
    this.openOf.delete(id);
    this.conflicts.ended(this.end(this.numbered(number), fact), fact);
  }

  /** A declaration that was corrected after it was cleared, and stays cleared. */
  private declareCleared(fact: Fact<'StallDeclared'>, clearing: Fact<'StallCleared'>): void {
    const ended = this.all.slice().find(({ end }) => end?.entry === clearing.id);
    const episode = this.end(this.said(ended, fact, fact.data), clearing);
    this.conflicts.declared(episode);
    this.conflicts.ended(episode, clearing);
    this.resumptions.endAgain(this.all);
  }

  private said(known: Declared | undefined, ...[fact, stated]: Saying): Declared {
    const { to, from, blocks } = stated;
    const first = firstOf(known, from, fact);
    const node = itemOf(stated);
    const still = [...(known?.still ?? [])];
    if (blocks.includes('works'))
      for (const quiet of stillIn(fact, stated, node)) still.push(this.quiet.add(quiet));
    const episode = {
      number: known?.number ?? this.all.length,
      shown: { ...stated, ...first, entries: [...(known?.shown.entries ?? []), fact.id] },
      from: dayNumber(first.from),
      last: to === undefined ? Infinity : dayNumber(to),
      clearedOn: undefined,
      end: undefined,
      still,
      declaredBy: fact,
    };
    this.lastOf.set(stated.stall, episode.number);
    const blocksProduction = blocks.includes('production');
    const unproductive = { fact, node, from: episode.from, to: blocksProduction ? episode.last : -Infinity };
    const place = known?.unproductive;
    if (place !== undefined) this.quiet.change(place, unproductive);
    return this.keep({
      ...episode,
      unproductive:
        place === undefined && blocksProduction
          ? this.quiet.add({ what: 'productions', ...unproductive })
          : place,
    });
  }

  private end(open: Declared, by: Fact<'StallCleared' | 'StageEntered'>): Declared {
    const on = dayNumber(by.asOf);
    const { still, unproductive } = open;
    const end = { on, entry: by.id };
    const episode = this.keep({ ...open, end, clearedOn: by.asOf, endedBy: by });
    this.resumptions.end(episode);
    // A report about the day on which it was cleared contradicts nothing any more.
    const last = on - 1;
    for (const place of unproductive === undefined ? still : [...still, unproductive]) {
      const { to } = this.quiet.at(place);
      const cutBy = { id: by.id, position: by.position, to };
      if (to > last) this.quiet.change(place, { to: last, cutBy });
    }
    return episode;
  }
}

type Saying = [fact: Fact<'StallDeclared' | 'StageEntered'>, stated: Omit<Declared['shown'], 'entries'>];

/** The key of the stall that a suspension opens; no declared stall has it, because ids have no blank. */
const suspended = 'stage suspended';
