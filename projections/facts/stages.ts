import type { Stage } from '../../domain/project/events.js';
import { isPause } from '../../domain/project/facts/stage-entered.js';
import {
  isBegun,
  isCompleting,
  isLifeStage,
  isUse,
  kindOf,
  type LifeStage,
  orderOf,
} from '../../domain/project/stages.js';
import type { Fact } from './facts.js';
import { type Regression, Regressions } from './regressions.js';
import type { Steps } from './steps.js';

type StageFact = Fact<'StageEntered'>;

/** The stages that a project entered, fed in the order (asOf, place). */
export class Stages {
  /** Every stage ever entered, with pauses. */
  readonly entered = new Set<Stage>();
  /** The latest stage; a pause does not hide it. */
  current: { stage: LifeStage; fact: StageFact } | undefined;
  /** The latest suspension or resumption. */
  pause: StageFact | undefined;
  /** The first stage in which the works have begun. */
  begun: StageFact | undefined;
  /** The latest resumption. */
  resumed: StageFact | undefined;
  /** Stages that cannot both be entered: in use or accepted and then cancelled, or in use as two kinds of project. */
  readonly excluding: (readonly [StageFact, StageFact])[] = [];
  /** The first entry of each completing stage. */
  private readonly completing = new Map<LifeStage, StageFact>();
  private readonly regressions = new Regressions<StageFact>();

  constructor(facts: Iterable<StageFact> = []) {
    for (const fact of facts) this.enter(fact);
  }

  get stage(): LifeStage | null {
    return this.current?.stage ?? null;
  }

  /** True from the day it was suspended until the day it resumed. */
  get isSuspended(): boolean {
    return this.pause?.data.stage === 'suspended';
  }

  get openContradictions(): number {
    return this.regressions.open + this.excluding.length;
  }

  enter(fact: StageFact): void {
    const { stage } = fact.data;
    this.entered.add(stage);
    if (isBegun(stage)) this.begun ??= fact;
    if (isPause(stage)) {
      this.pause = fact;
      if (stage === 'resumed') this.resumed = fact;
      return;
    }
    if (!isLifeStage(stage)) return;
    this.exclude(stage, fact);
    const [floor, ceiling] = orderOf(stage);
    if (!this.isEarlier(floor, ceiling)) this.current = { stage, fact };
    this.regressions.say({ fact, floor, ceiling });
  }

  /** True for a stage that fits after the latest one and is an earlier one all the same: contracted after the start. */
  private isEarlier(floor: number, ceiling: number): boolean {
    if (!this.current) return false;
    const [first, last] = orderOf(this.current.stage);
    return floor < first && ceiling >= first && ceiling <= last;
  }

  private exclude(stage: LifeStage, fact: StageFact): void {
    const isFirst = !this.completing.has(stage);
    if (isFirst && isCompleting(stage)) {
      const kind = kindOf(stage);
      for (const [other, entered] of this.completing)
        if (isUse(other) && isUse(stage) && kindOf(other) !== kind) this.excluding.push([entered, fact]);
      this.completing.set(stage, fact);
    }
    const last = stage === 'cancelled' ? [...this.completing.values()].at(-1) : undefined;
    if (last && this.current?.stage !== 'cancelled') this.excluding.push([last, fact]);
  }

  /** Stages dated before an earlier one of the usual order. */
  backwards(): Steps<Regression<StageFact>[]> {
    return this.regressions.found();
  }
}
