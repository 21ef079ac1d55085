import { shippedLexicon } from '../../domain/values/lexicon.js';
import { inParts, type Steps } from '../facts/steps.js';
import type { ProgressEntry } from '../progress/progress.js';
import type { Finding, Rule } from './contradiction.js';
import { type FactIndex, type IndexedFact, isItemReport } from './fact-index.js';
import { nearOf } from './near-reports.js';
import { ReportedWorks } from './reported-works.js';

export const progressRules: readonly Rule[] = [worksContradict];

/** The contradictions of reports on the works, with each other, with the plan and with the stage `built`. */
function* worksContradict(
  factIndex: FactIndex,
  about: IndexedFact,
  _known: ReadonlySet<string>,
  others: readonly IndexedFact[] = [],
): Steps<Finding[]> {
  const works = new ReportedWorks(shippedLexicon, []);
  const facts = new Map<string, IndexedFact>();
  const found = () => works.findings((id) => facts.get(id));
  const { deciding, after } = nearOf(factIndex, about, others);
  for (const some of inParts(deciding)) {
    for (const fact of some) add(fact);
    yield;
  }
  if (others.length > 0 || !isOpen(found())) return found();
  const later = after();
  for (let from = 0, count = fewestMore; from < later.length && isOpen(found()); count *= 2) {
    const to = endOfDay(later, from + count);
    for (const some of inParts(later.slice(from, to))) {
      for (const fact of some) add(fact);
      yield;
    }
    from = to;
  }
  return found();

  function add(fact: IndexedFact): void {
    if (!isProgress(fact)) return;
    facts.set(fact.id, fact);
    works.add(fact);
  }

  /** True if a later report may still settle what involves the fact. */
  function isOpen(findings: readonly Finding[]): boolean {
    return findings.some(
      ({ rule, settledBy, sides }) =>
        rule === 'ahead-of-predecessor' &&
        settledBy === undefined &&
        sides.some(({ fact }) => fact === about),
    );
  }
}

/** Reports that are added to see whether one of them settles a contradiction; then twice as many, always whole days. */
const fewestMore = 16;

/** The first place from another one on at which the facts of another day begin. */
function endOfDay(facts: readonly IndexedFact[], place: number): number {
  const asOf = facts[place - 1]?.asOf;
  let end = place;
  while (facts[end]?.asOf === asOf && end < facts.length) end += 1;
  return end;
}

function isProgress(fact: IndexedFact): fact is ProgressEntry {
  return isItemReport(fact) || fact.type === 'StageEntered' || fact.type === 'PlanAdopted';
}
