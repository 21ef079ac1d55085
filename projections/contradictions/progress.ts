import { shippedLexicon } from '../../domain/values/lexicon.js';
import { inParts, type Steps } from '../facts/steps.js';
import type { ProgressEntry } from '../progress/progress.js';
import type { Finding, Rule } from './contradiction.js';
import { type FactIndex, type IndexedFact, isItemReport } from './fact-index.js';
import { nearOf } from './near-reports.js';
import { ReportedWorks } from './reported-works.js';

export const progressRules: readonly Rule[] = [worksContradict];

/** The contradictions of reports on the works, with each other, with the plan and with the stage `built`. */
function* worksContradict(factIndex: FactIndex, about: IndexedFact): Steps<Finding[]> {
  const works = new ReportedWorks(shippedLexicon, []);
  const facts = new Map<string, IndexedFact>();
  for (const some of inParts(nearOf(factIndex, about))) {
    for (const fact of some) {
      if (!isProgress(fact)) continue;
      facts.set(fact.id, fact);
      works.add(fact);
    }
    yield;
  }
  return works.findings((id) => facts.get(id));
}

function isProgress(fact: IndexedFact): fact is ProgressEntry {
  return isItemReport(fact) || fact.type === 'StageEntered' || fact.type === 'PlanAdopted';
}
