import type { WorkItem } from '../../domain/project/events.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { lexicon1 } from '../../domain/values/lexicon.js';
import { atLeast, type ProgressFact, type Range, weightedRange, wordRange } from './statements.js';

/** What the reports on one leaf, in order, state of it: as `statedLeaf` computes from all of them. */
export class Statement {
  range: Range | undefined;
  private used: ProgressFact[] = [];
  private readonly byStep: (Range | undefined)[] = [];
  private readonly usedByStep: (ProgressFact | undefined)[] = [];

  constructor(private readonly item: WorkItem) {}

  /** Adds one report; true if it counts. */
  say(fact: ProgressFact): boolean {
    const step = fact.type === 'StageEntered' ? undefined : fact.data.step;
    if (this.item.steps) return this.sayStep(fact, step, this.item.steps);
    if (step !== undefined) return false;
    this.range = wordRange(fact, this.item, lexicon1);
    this.used = [fact];
    return true;
  }

  /** The facts behind it, oldest first. */
  facts(): ProgressFact[] {
    if (!this.item.steps) return this.used;
    const counting = new Set(this.usedByStep.filter((fact) => fact !== undefined));
    return [...counting];
  }

  private sayStep(
    fact: ProgressFact,
    step: string | undefined,
    planned: NonNullable<WorkItem['steps']>,
  ): boolean {
    const index = planned.findIndex(({ id }) => id === step);
    if ((step !== undefined && index < 0) || planned.length === 0) return false;
    const said = wordRange(fact, this.item, lexicon1);
    for (let i = 0; i < planned.length && (step === undefined || i <= index); i += 1) {
      const earlier = this.byStep[i];
      const isOwn = step === undefined || i === index;
      if (!isOwn && earlier && earlier.floor >= said.floor && earlier.percent >= said.percent) continue;
      this.byStep[i] = isOwn ? said : atLeast(said, earlier);
      this.usedByStep[i] = fact;
    }
    let ceiling = wholeBasisPoints;
    const parts = planned.map(({ weight }, i) => {
      const range = this.byStep[i] ?? { floor: 0, percent: 0, ceiling };
      ceiling = range.ceiling;
      return { range, weight };
    });
    this.range = weightedRange(parts);
    return true;
  }
}
