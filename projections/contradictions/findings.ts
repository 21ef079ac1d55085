import { ContinuedFold } from '../facts/continued-fold.js';
import type { Steps } from '../facts/steps.js';
import type { Finding } from './contradiction.js';
import type { IndexedFact } from './fact-index.js';
import { moneyFindings } from './money.js';
import { ReportedProject } from './reported-project.js';
import { stageFindings } from './stage.js';
import { conflictFindings } from './stall-conflicts.js';
import { stallFindings } from './stalls.js';

/** The fold of facts that are live together, in the order (asOf, place); it lists contradictions. */
export function folded(facts: readonly IndexedFact[]): Steps<ReportedProject> {
  return foldOfLists().of(facts);
}

/** What one list of live facts after another contradicts, found again only after a change. */
export class FoundIn {
  private readonly fold = foldOfLists();
  private known: { count: number; found: readonly Finding[] } | undefined;

  /** @param facts in the order (asOf, place) */
  *of(
    facts: readonly IndexedFact[],
    factOf: (entry: string) => IndexedFact | undefined,
  ): Steps<readonly Finding[]> {
    if (facts.length === 0) return [];
    if (this.known?.count === facts.length && this.fold.isContinuedBy(facts)) return this.known.found;
    this.known = undefined;
    const found = yield* findingsIn(yield* this.fold.of(facts), factOf);
    this.known = { count: facts.length, found };
    return found;
  }
}

function foldOfLists(): ContinuedFold<IndexedFact, ReportedProject> {
  return new ContinuedFold(() => new ReportedProject([]));
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
