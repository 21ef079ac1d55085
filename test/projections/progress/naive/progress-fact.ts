import type { Fact } from '../../../../projections/facts/facts.js';

/** A fact that the progress of a project is computed from. */
export type ProgressFact = Fact<'PlanAdopted' | 'MilestoneReached' | 'ProgressMeasured' | 'StageEntered'>;
