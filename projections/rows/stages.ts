import type { Stage } from '../../domain/project/events.js';
import { Regressions } from '../contradictions/regressions.js';
import { stageRanks } from '../contradictions/stage.js';
import type { Fact } from '../facts/facts.js';
import type { LifeStage } from '../facts/identity.js';

/** The stages that a project entered, in order. */
export class Stages {
  readonly entered = new Set<Stage>();
  /** The latest; a pause does not hide it. */
  stage: LifeStage | null = null;
  isSuspended = false;
  resumedOn = -Infinity;
  private readonly regressions = new Regressions<Fact<'StageEntered'>>();

  get openContradictions(): number {
    return this.regressions.open;
  }

  enter(day: number, fact: Fact<'StageEntered'>): void {
    const { stage } = fact.data;
    this.entered.add(stage);
    if (stage === 'suspended' || stage === 'resumed') {
      this.isSuspended = stage === 'suspended';
      if (stage === 'resumed') this.resumedOn = day;
      return;
    }
    this.stage = stage;
    this.regressions.say({ fact, ...stageRanks[stage] });
  }
}
