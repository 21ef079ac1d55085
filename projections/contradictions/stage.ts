import { Stages } from '../facts/stages.js';
import type { Steps } from '../facts/steps.js';
import { type Finding, finding, type Rule } from './contradiction.js';
import type { FactIndex, IndexedFact } from './fact-index.js';

export const stageRules: readonly Rule[] = [stageBackwards];

function* stageBackwards(factIndex: FactIndex, about?: IndexedFact): Steps<Finding[]> {
  if (about && about.type !== 'StageEntered') return [];
  const backwards = yield* new Stages(factIndex.ofType('StageEntered')).backwards();
  return backwards.map(({ earlier, later, settledBy }) =>
    finding('stage-backwards', [{ fact: earlier }, { fact: later }], { settledBy: settledBy?.id }),
  );
}
