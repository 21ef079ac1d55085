import type { Stage } from '../../domain/project/events.js';
import { isPause } from '../../domain/project/facts/stage-entered.js';
import type { Fact } from './facts.js';
import { type Regression, Regressions } from './regressions.js';
import type { Steps } from './steps.js';

/** A stage of a project; a pause is not a stage. */
export type LifeStage = Exclude<Stage, 'suspended' | 'resumed'>;

type StageFact = Fact<'StageEntered'>;

/** The stages that a project entered, fed in the order (asOf, place). */
export class Stages {
  /** Every stage ever entered, with pauses. */
  readonly entered = new Set<Stage>();
  /** The latest stage; a pause does not hide it. */
  current: { stage: LifeStage; fact: StageFact } | undefined;
  /** The latest suspension or resumption. */
  pause: StageFact | undefined;
  /** The latest resumption. */
  resumed: StageFact | undefined;
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
    return this.regressions.open;
  }

  enter(fact: StageFact): void {
    const { stage } = fact.data;
    this.entered.add(stage);
    if (isPause(stage)) {
      this.pause = fact;
      if (stage === 'resumed') this.resumed = fact;
      return;
    }
    this.current = { stage, fact };
    this.regressions.say({ fact, ...ranks[stage] });
  }

  /** Stages dated before an earlier one of the usual order. */
  backwards(): Steps<Regression<StageFact>[]> {
    return this.regressions.found();
  }
}

/** True for the stages in which something is produced. */
export function isProduction(stage: Stage): boolean {
  return stage === 'trial-production' || stage === 'in-production';
}

/** The order of a stage, as the earlier and as the later of two; acceptance may come before or after production. */
const ranks: Readonly<Record<LifeStage, { floor: number; ceiling: number }>> = {
  contracted: { floor: 0, ceiling: 0 },
  started: { floor: 1, ceiling: 1 },
  built: { floor: 2, ceiling: 2 },
  'trial-production': { floor: 3, ceiling: 3 },
  'in-production': { floor: 4, ceiling: 4 },
  accepted: { floor: 3, ceiling: 5 },
  cancelled: { floor: 6, ceiling: 6 },
};
