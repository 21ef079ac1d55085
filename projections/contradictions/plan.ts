import { itemOf } from '../../domain/project/facts/members.js';
import { inParts, type Steps } from '../facts/steps.js';
import type { Finding, Rule } from './contradiction.js';
import { type FactIndex, type IndexedFact, inOrder, isItemReport } from './fact-index.js';
import { PlanReports } from './plan-reports.js';

export const planRules: readonly Rule[] = [differsFromPlan];

function* differsFromPlan(factIndex: FactIndex, about?: IndexedFact): Steps<Finding[]> {
  const found: Finding[] = [];
  const reports = new PlanReports(found);
  const isAboutItem = about && isItemReport(about);
  for (const some of inParts(isAboutItem ? onItem(factIndex, itemOf(about.data)) : factIndex.facts)) {
    for (const fact of some) {
      if (fact.type === 'PlanAdopted') reports.adopt(fact);
      else if (isItemReport(fact)) reports.say(fact);
    }
    yield;
  }
  return found;
}

/** The plans and the reports on one item. */
function onItem(factIndex: FactIndex, item: string): IndexedFact[] {
  return [...factIndex.ofType('PlanAdopted'), ...factIndex.wordsOn(item)].sort(inOrder);
}
