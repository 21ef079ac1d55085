import type { Lexicon } from '../../domain/values/lexicon.js';
import type { Fact } from '../facts/facts.js';
import { Progress, type ProgressEntry } from './progress.js';

/** The progress of a project after facts in the order (asOf, place); those that it does not take are left out. */
export function progressOf(facts: readonly Fact[], lexicon: Lexicon): Progress {
  const progress = new Progress(lexicon);
  for (const fact of facts) if (isProgress(fact)) progress.add(fact);
  return progress;
}

function isProgress(fact: Fact): fact is ProgressEntry {
  const { type } = fact;
  return (
    type === 'PlanAdopted' ||
    type === 'MilestoneReached' ||
    type === 'ProgressMeasured' ||
    type === 'StageEntered'
  );
}
