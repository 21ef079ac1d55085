import { inParts, type Steps } from '../facts/steps.js';
import type { Finding } from './contradiction.js';
import type { IndexedFact } from './fact-index.js';
import { moneyFindings } from './money.js';
import { ReportedProject } from './reported-project.js';
import { stageFindings } from './stage.js';
import { conflictFindings } from './stall-conflicts.js';
import { stallFindings } from './stalls.js';

/** The fold of facts that are live together, in the order (asOf, place); it lists contradictions. */
export function folded(facts: readonly IndexedFact[]): Steps<ReportedProject> {
  return addedTo(new ReportedProject([]), facts);
}

/** The same fold with further facts, each after all before it. */
export function* addedTo(fold: ReportedProject, facts: readonly IndexedFact[]): Steps<ReportedProject> {
  for (const some of inParts(facts)) {
    for (const fact of some) fold.add(fact);
    yield;
  }
  return fold;
}

/** Every contradiction in a fold that lists them, settled by an entry or not. */
export function* findingsIn(
  fold: ReportedProject,
  factOf: (entry: string) => IndexedFact | undefined,
): Steps<Finding[]> {
  const ofMoney = yield* moneyFindings(fold.money);
  yield;
  const ofWorks = fold.works.findings(factOf);
  yield;
  const ofStages = yield* stageFindings(fold.stages);
  return [
    ...ofMoney,
    ...ofWorks,
    ...ofStages,
    ...(yield* stallFindings(fold.stalls)),
    ...conflictFindings(fold.stalls),
  ];
}
