import { itemOf, wholeProject } from '../../domain/project/facts/members.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import { inParts, type Steps } from '../facts/steps.js';
import { type PlanTable, planTableOf } from '../plan/plan-table.js';
import type { ProgressEntry } from '../progress/progress.js';
import type { Finding, Rule } from './contradiction.js';
import { type FactIndex, type IndexedFact, type ItemReport, inOrder, isItemReport } from './fact-index.js';
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

/** The facts that the contradictions of a fact depend on, or more, in order. */
function nearOf(factIndex: FactIndex, about: IndexedFact): readonly IndexedFact[] {
  if (!isItemReport(about)) return factIndex.facts;
  const plans = factIndex.ofType('PlanAdopted');
  const item = itemOf(about.data);
  const isOfWhole = item === wholeProject || factIndex.wordsOn(wholeProject).length > 0;
  // Of a cancelled project the first report after it is found.
  const isCancelled = factIndex.ofType('StageEntered').some(({ data }) => data.stage === 'cancelled');
  if (
    isOfWhole ||
    isCancelled ||
    plans.some(({ data }) => data.items.some(({ states }) => states !== undefined))
  )
    return factIndex.facts;
  const near = new Set([item]);
  for (const plan of plans) for (const id of nearIn(planTableOf(plan), item, factIndex)) near.add(id);
  const reports = [...near].flatMap((id) => factIndex.wordsOn(id));
  return [...plans, ...factIndex.ofType('StageEntered'), ...reports].sort(inOrder);
}

/**
 * The items of a plan that the contradictions of a report on an item depend on: what is above and below it, below a
 * group above it that was reported itself, and the same of the other ends of their relations.
 */
function nearIn(table: PlanTable, item: string, factIndex: FactIndex): Set<string> {
  const near = new Set<number>();
  const { shape } = table;
  const reach = (place: number) => {
    const row = table.rows[place];
    if (!row) return;
    const top = row.line.findLast((above) => isReported(table.rows[above]?.item.id ?? '', factIndex));
    const from = table.rows[top ?? place] ?? row;
    for (const above of row.line) near.add(above);
    for (const below of [from.place, ...shape.below(from.place)]) near.add(below);
  };
  const start = table.places.get(item);
  if (start === undefined) return new Set();
  reach(start);
  for (const place of [...near]) {
    const ends = [...(shape.after[place] ?? []), ...(shape.followers[place] ?? [])];
    // A group with relations is as far as all of its parts.
    for (const end of ends.length > 0 ? [place, ...ends] : ends) reach(end);
  }
  return new Set([...near].map((place) => table.rows[place]?.item.id ?? ''));
}

/** True for an item that was reported as a whole, and not only done. */
function isReported(item: string, factIndex: FactIndex): boolean {
  return factIndex.wordsOn(item).some(isLevel);
}

function isLevel({ type, data }: ItemReport): boolean {
  return type === 'ProgressMeasured' && data.step === undefined;
}

function isProgress(fact: IndexedFact): fact is ProgressEntry {
  return isItemReport(fact) || fact.type === 'StageEntered' || fact.type === 'PlanAdopted';
}
