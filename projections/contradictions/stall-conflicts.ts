import type { Steps } from '../facts/steps.js';
import type { StallConflict } from '../stalls/stall-conflicts.js';
import { Stalls } from '../stalls/stalls.js';
import { type Finding, finding, type Side } from './contradiction.js';
import { type FactIndex, type IndexedFact, inOrder, isStallFact } from './fact-index.js';

/** Stalls that contradict each other, their own ends, the plan or the stages. */
export function* stallsConflict(factIndex: FactIndex, about: IndexedFact): Steps<Finding[]> {
  if (!isStallFact(about) && about.type !== 'PlanAdopted') return [];
  const stalls = new Stalls();
  for (const fact of [...factIndex.stalls, ...factIndex.ofType('PlanAdopted')].sort(inOrder))
    if (fact.type === 'PlanAdopted') stalls.adopt(fact);
    else stalls.take(fact);
  yield;
  return conflictFindings(stalls);
}

/** The same in a fold. */
export function conflictFindings(stalls: Stalls): Finding[] {
  return [...stalls.conflicting].map(found);
}

function found({ rule, fact, against, since, settledBy }: StallConflict): Finding {
  const sides: readonly [Side, ...Side[]] = against ? [{ fact }, sideOf(rule, against)] : [{ fact }];
  // A clearing or a resumption is one contradiction, whatever it does not fit.
  const isOfOne = rule === 'clearing-misfits' || rule === 'resumed-but-not-suspended';
  return finding(rule, sides, { since, settledBy, ...(isOfOne ? { about: fact.id } : {}) });
}

function sideOf(rule: StallConflict['rule'], fact: NonNullable<StallConflict['against']>): Side {
  if (fact.type !== 'PlanAdopted') return { fact };
  return { fact, plans: rule === 'stall-of-cancelled' ? 'cancelled' : 'no-production' };
}
