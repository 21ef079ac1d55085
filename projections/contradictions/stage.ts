import type { LifeStage } from '../facts/identity.js';
import type { Steps } from '../facts/steps.js';
import { type Finding, finding, type Rule } from './contradiction.js';
import type { FactIndex, IndexedFact } from './fact-index.js';
import { regressionsOf } from './regressions.js';

export const stageRules: readonly Rule[] = [stageBackwards];

/** The order of a stage, as the earlier and as the later of two; acceptance may come before or after production. */
export const stageRanks: Readonly<Record<LifeStage, { floor: number; ceiling: number }>> = {
  contracted: { floor: 0, ceiling: 0 },
  started: { floor: 1, ceiling: 1 },
  built: { floor: 2, ceiling: 2 },
  'trial-production': { floor: 3, ceiling: 3 },
  'in-production': { floor: 4, ceiling: 4 },
  accepted: { floor: 3, ceiling: 5 },
  cancelled: { floor: 6, ceiling: 6 },
};

function* stageBackwards(factIndex: FactIndex, about?: IndexedFact): Steps<Finding[]> {
  if (about && about.type !== 'StageEntered') return [];
  const levels = factIndex.ofType('StageEntered').flatMap((fact) => {
    const { stage } = fact.data;
    return stage === 'suspended' || stage === 'resumed' ? [] : [{ fact, ...stageRanks[stage] }];
  });
  const regressions = yield* regressionsOf(levels);
  return regressions.map(({ earlier, later, settledBy }) =>
    finding('stage-backwards', [{ fact: earlier }, { fact: later }], {
      settledBy: settledBy?.id,
    }),
  );
}
