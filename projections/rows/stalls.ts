import { dayNumber } from '../../domain/values/calendar.js';
import type { Fact } from '../facts/facts.js';
import type { ProjectRow } from '../project/project.js';
import { Clearings } from '../stalls/stalls.js';
import { DayList } from './day-list.js';

/** Days reported without progress; figures that rose during them contradict it. */
interface Stretch {
  from: number;
  /** Both inclusive. */
  to: number;
  isContradicted: boolean;
}

/** A stall episode, with what contradicts it. */
interface Episode {
  shown: ProjectRow['stalls'][number];
  from: number;
  /** The day on which it was cleared. */
  until: number;
  stretches: Stretch[];
  /** Something was produced while it blocked production. */
  isProducedIn: boolean;
}

/** Figures that rose and productions, by their day. */
interface Moves {
  rises: DayList;
  productions: DayList;
}

const movesOf = (): Moves => ({ rises: new DayList(), productions: new DayList() });

/** Declared stalls and reports of no change, in order, and what contradicts them. */
export class Stalls {
  /** In the order in which they were first declared. */
  open: Episode[] = [];
  /** The last day on which works resumed after a stall of theirs. */
  worksResumedOn = -Infinity;
  openContradictions = 0;
  private cleared: Episode[] = [];
  private readonly clearings = new Clearings();
  private readonly endedBy = new Map<string, Episode>();
  private unchanged: Stretch[] = [];
  /** Those that a figure may still contradict. */
  private waiting: Stretch[] = [];
  /** By money and stages, and by reports that another plan may read differently. */
  private readonly lasting = movesOf();
  private planned = movesOf();

  declare(fact: Fact<'StallDeclared'>): void {
    const clearing = this.clearings.keptBy(fact);
    if (clearing) this.declareCleared(fact, clearing);
    else {
      const known = this.open.find(({ shown }) => shown.stall === fact.data.stall);
      const episode = this.declared(fact, known);
      if (known) this.open[this.open.indexOf(known)] = episode;
      else this.open.push(episode);
    }
  }

  /** A declaration that was corrected after it was cleared, and stays cleared. */
  private declareCleared(fact: Fact<'StallDeclared'>, clearing: Fact<'StallCleared'>): void {
    const known = this.endedBy.get(clearing.id);
    const episode = this.declared(fact, known);
    if (known) this.cleared = this.cleared.filter((other) => other !== known);
    this.end(episode, dayNumber(clearing.asOf), clearing);
    this.worksResumedOn = -Infinity;
    for (const { shown, until } of this.cleared)
      if (shown.blocks.includes('works')) this.worksResumedOn = Math.max(this.worksResumedOn, until);
  }

  private declared(fact: Fact<'StallDeclared'>, known: Episode | undefined): Episode {
    const { stall, cause, blocks, from, to } = fact.data;
    const fromDay = dayNumber(from);
    const isEarlier = known !== undefined && known.shown.from < from;
    const episode: Episode = {
      shown: {
        stall,
        cause,
        blocks,
        from: isEarlier ? known.shown.from : from,
        entries: known ? [...known.shown.entries, fact.id] : [fact.id],
      },
      from: isEarlier ? known.from : fromDay,
      until: Infinity,
      stretches: known?.stretches ?? [],
      isProducedIn: false,
    };
    if (known) this.forgetProductions(known);
    this.countProductions(episode);
    if (!blocks.includes('works')) return episode;
    const stretch = stretchOf(fromDay, to === undefined ? Infinity : dayNumber(to));
    episode.stretches.push(stretch);
    this.watch(stretch);
    return episode;
  }

  clear(day: number, fact: Fact<'StallCleared'>): void {
    this.clearings.add(fact);
    const index = this.open.findIndex(({ shown }) => shown.stall === fact.data.stall);
    const episode = this.open[index];
    if (!episode) return;
    this.open.splice(index, 1);
    this.end(episode, day, fact);
  }

  private end(episode: Episode, day: number, clearing: Fact<'StallCleared'>): void {
    this.cleared.push(episode);
    this.endedBy.set(clearing.id, episode);
    if (episode.shown.blocks.includes('works')) this.worksResumedOn = Math.max(this.worksResumedOn, day);
    episode.until = day;
    this.forgetProductions(episode);
    this.countProductions(episode);
    for (const stretch of episode.stretches) {
      // A figure about the day on which it was cleared contradicts nothing any more.
      stretch.to = Math.min(stretch.to, day - 1);
      if (stretch.isContradicted && !this.isContradicted(stretch)) {
        stretch.isContradicted = false;
        this.openContradictions -= 1;
      }
    }
  }

  unchangedIn(from: number, to: number): void {
    const stretch = stretchOf(from, to);
    this.unchanged.push(stretch);
    this.watch(stretch);
  }

  /** A figure that rose, or a production; `isPlanned` if it is one by the plan in force. */
  move(day: number, what: 'rises' | 'productions', isPlanned: boolean): void {
    (isPlanned ? this.planned : this.lasting)[what].add(day);
    if (what === 'rises') this.rise(day);
    else this.produce(day);
  }

  /** Under a new plan, when all reports are read again. */
  forgetPlanned(): void {
    this.planned = movesOf();
    this.openContradictions = 0;
    this.waiting = [];
    for (const episode of [...this.cleared, ...this.open]) {
      this.countProductions(episode);
      for (const stretch of episode.stretches) this.watch(stretch);
    }
    for (const stretch of this.unchanged) this.watch(stretch);
  }

  private rise(day: number): void {
    const { waiting } = this;
    let kept = 0;
    for (const stretch of waiting) {
      if (stretch.to < day) continue;
      if (stretch.from <= day) this.contradict(stretch);
      else waiting[kept++] = stretch;
    }
    waiting.length = kept;
  }

  private produce(day: number): void {
    // Reports are read again under another plan when stalls of their days have been cleared.
    for (const episode of [...this.cleared, ...this.open]) {
      const { from, until, shown, isProducedIn } = episode;
      if (isProducedIn || from > day || until <= day || !shown.blocks.includes('production')) continue;
      episode.isProducedIn = true;
      this.openContradictions += 1;
    }
  }

  private watch(stretch: Stretch): void {
    stretch.isContradicted = false;
    if (this.isContradicted(stretch)) this.contradict(stretch);
    else this.waiting.push(stretch);
  }

  private contradict(stretch: Stretch): void {
    stretch.isContradicted = true;
    this.openContradictions += 1;
  }

  private isContradicted({ from, to }: Stretch): boolean {
    return this.lasting.rises.between(from, to) > 0 || this.planned.rises.between(from, to) > 0;
  }

  private countProductions(episode: Episode): void {
    const { shown, from, until } = episode;
    episode.isProducedIn =
      shown.blocks.includes('production') &&
      this.lasting.productions.between(from, until - 1) + this.planned.productions.between(from, until - 1) >
        0;
    if (episode.isProducedIn) this.openContradictions += 1;
  }

  private forgetProductions({ isProducedIn }: Episode): void {
    if (isProducedIn) this.openContradictions -= 1;
  }
}

/** A figure about the first of several days may still be about earlier work. */
function stretchOf(from: number, to: number): Stretch {
  return { from: from === to ? from : from + 1, to, isContradicted: false };
}
