import { itemOf } from '../../domain/project/facts/members.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import type { LifeStage } from '../facts/identity.js';
import type { Steps } from '../facts/steps.js';
import { type Finding, finding, type Rule } from './contradiction.js';
import {
  type FactIndex,
  type IndexedFact,
  type ItemReport,
  inOrder,
  isItemReport,
  reportedRange,
} from './fact-index.js';
import { regressionsOf } from './regressions.js';

export const stageRules: readonly Rule[] = [stageBackwards, builtButUnfinished];

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

function* builtButUnfinished(factIndex: FactIndex, about?: IndexedFact): Steps<Finding[]> {
  const builds = factIndex.ofType('StageEntered').filter((fact) => fact.data.stage === 'built');
  const [built] = builds;
  if (!built || (about?.type === 'StageEntered' && about !== built)) return [];
  const found: Finding[] = [];
  for (const item of about && isItemReport(about) ? [itemOf(about.data)] : factIndex.spokenItems()) {
    const words = factIndex.wordsOn(item);
    if (factIndex.tree.items.get(item)?.stage !== undefined) continue;
    for (const subject of subjectsOf(words)) {
      const unfinished = subject.find(
        (word) => word.asOf >= built.asOf && reportedRange(word, factIndex).ceiling < wholeBasisPoints,
      );
      if (!unfinished) continue;
      const again = builds.filter((fact) => fact.asOf > unfinished.asOf);
      const later = [...subject.filter((word) => inOrder(word, unfinished) > 0), ...again];
      const settling = later
        .sort(inOrder)
        .find(
          (fact) =>
            fact.type === 'StageEntered' || reportedRange(fact, factIndex).ceiling === wholeBasisPoints,
        );
      found.push(
        finding('built-but-unfinished', [{ fact: built }, { fact: unfinished }], {
          since: unfinished.asOf,
          settledBy: settling?.id,
        }),
      );
    }
    yield;
  }
  return found;
}

/** The reports on an item as a whole, and those on each of its steps. */
function subjectsOf(words: readonly ItemReport[]): ItemReport[][] {
  return [...Map.groupBy(words, ({ data }) => data.step).values()];
}
