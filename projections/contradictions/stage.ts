import { Stages } from '../facts/stages.js';
import type { Steps } from '../facts/steps.js';
import { type Finding, finding, type Rule } from './contradiction.js';
import type { FactIndex, IndexedFact } from './fact-index.js';

export const stageRules: readonly Rule[] = [stagesContradict];

function* stagesContradict(factIndex: FactIndex, about: IndexedFact): Steps<Finding[]> {
  if (about.type !== 'StageEntered') return [];
  return yield* stageFindings(new Stages(factIndex.ofType('StageEntered')));
}

/** Stages out of their order, and stages that exclude each other, in a fold. */
export function* stageFindings(stages: Stages): Steps<Finding[]> {
  const backwards = yield* stages.backwards();
  const excluding = stages.excluding.map(([one, other]) =>
    finding('stages-exclude', [{ fact: one }, { fact: other }]),
  );
  return backwards
    .map(({ earlier, later, settledBy }) =>
      finding('stage-backwards', [{ fact: earlier }, { fact: later }], { settledBy: settledBy?.id }),
    )
    .concat(excluding);
}
