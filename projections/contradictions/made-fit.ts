import type { Steps } from '../facts/steps.js';
import type { ContradictionRule, Finding, Rule } from './contradiction.js';
import { FactIndex, type FactsInOrder, type IndexedFact, wasLiveBefore } from './fact-index.js';
import { FoundIn } from './findings.js';
import { aboutOf } from './lateness.js';
import { moneyRules } from './money.js';
import { progressRules } from './progress.js';
import type { RegisterFacts } from './register-facts.js';
import { stageRules } from './stage.js';
import { stallRules } from './stalls.js';

/** The rules that find a contradiction of a kind, by any of its sides. */
const findersOf: Readonly<Record<ContradictionRule, readonly Rule[]>> = {
  'money-fell': moneyRules,
  'year-money-fell': moneyRules,
  'parts-exceed': moneyRules,
  'targets-exceed': moneyRules,
  'share-differs': moneyRules,
  'progress-fell': progressRules,
  'above-its-parts': progressRules,
  'below-its-parts': progressRules,
  'ahead-of-predecessor': progressRules,
  'built-but-unfinished': progressRules,
  'in-use-but-open': progressRules,
  'stage-of-other-kind': progressRules,
  'cancelled-but-moved': progressRules,
  'denominators-differ': progressRules,
  'unknown-step': progressRules,
  'stages-exclude': stageRules,
  'stage-backwards': stageRules,
  'no-progress-but-rose': stallRules,
  'no-progress-but-stage': stallRules,
  'produced-while-blocked': stallRules,
  'stall-declared-twice': stallRules,
  'clearing-misfits': stallRules,
  'resumed-but-not-suspended': stallRules,
  'stall-of-cancelled': stallRules,
  'stall-of-no-plant': stallRules,
};

/** What entries contradicted before late ones were recorded. */
export class FoundBefore {
  /** Those that were recorded in the order of their days. */
  readonly inOrder = new FoundIn();
  /** All but the last late one about each item. */
  readonly withoutLast = new FoundIn();
  /** By the id of a contradiction: the entry that made it fit, or nothing if it never was one. */
  readonly fittedBy = new Map<string, string | undefined>();

  /** Forgets what depends on the entries up to a day, before those up to another one are looked at. */
  forget(): void {
    this.fittedBy.clear();
  }
}

/**
 * The contradictions that an entry recorded later for a day before them made fit: settled by that entry, or by the one
 * that settled them before. Of entries that were recorded in the order of their days all are found; of one that was late
 * itself those that the last late entry about an item made fit.
 *
 * @param present what the live entries contradict now, by id
 * @param before continues from the entries of the last time
 */
export function* madeFit(
  facts: RegisterFacts,
  present: ReadonlyMap<string, Finding>,
  before: FoundBefore,
): Steps<Finding[]> {
  const { onTime, late, withoutLast } = facts.lateness;
  if (late.length === 0) return [];
  const factOf = (entry: string) => facts.byId.get(entry);
  const wasFound = [
    ...(yield* before.inOrder.of(onTime, factOf)),
    ...(yield* before.withoutLast.of(withoutLast, factOf)),
  ];
  const contradicted = mainSidesOf(present.values());
  const fitting: Finding[] = [];
  const fittingBy = new Map<IndexedFact, Finding[]>();
  const seen = new Set(present.keys());
  for (const finding of wasFound) {
    if (seen.has(finding.id)) continue;
    const mains = mainsOf(finding);
    if (mains.some((fact) => contradicted.get(finding.rule)?.has(fact))) continue;
    seen.add(finding.id);
    const by = yield* fittedBy(finding, late, facts, before.fittedBy);
    const settledBy = finding.settledBy ?? by?.id;
    if (!by || settledBy === undefined) continue;
    // The same contradiction with another other side is listed once.
    const listed = mains.flatMap((fact) => fittingBy.get(fact) ?? []);
    if (listed.some((one) => one.settledBy === settledBy && one.rule === finding.rule)) continue;
    const fit = { ...finding, settledBy };
    fitting.push(fit);
    for (const fact of mains) fittingBy.set(fact, [...(fittingBy.get(fact) ?? []), fit]);
  }
  return fitting;
}

/** The late fact with which a contradiction was no longer found; no further entry changes it. */
function* fittedBy(
  finding: Finding,
  late: readonly IndexedFact[],
  { ordered, byId }: RegisterFacts,
  known: Map<string, string | undefined>,
): Steps<IndexedFact | undefined> {
  if (known.has(finding.id)) return byId.get(known.get(finding.id) ?? '');
  const last = finding.sides.map(({ fact }) => fact).reduce((a, b) => (b.position > a.position ? b : a));
  const mayFit = late.filter(({ position }) => position > last.position);
  if (mayFit.length === 0) return undefined;
  if (!(yield* isFoundBefore(last.position + 1, finding, ordered))) {
    known.set(finding.id, undefined);
    return undefined;
  }
  const near = yield* firstWithout(finding, mayFit.filter(nearTo(finding)), ordered);
  const isNear = near && (yield* isFoundBefore(near.position, finding, ordered));
  const fit = isNear ? near : yield* firstWithout(finding, mayFit, ordered);
  if (fit) known.set(finding.id, fit.id);
  return fit;
}

/** Of facts in the order of recording one after which a contradiction was not found, and after the one before it was; by halving. */
function* firstWithout(
  finding: Finding,
  facts: readonly IndexedFact[],
  ordered: FactsInOrder,
): Steps<IndexedFact | undefined> {
  const isFoundAfter = (place: number) =>
    isFoundBefore((facts[place] as IndexedFact).position + 1, finding, ordered);
  let [was, no] = [-1, facts.length - 1];
  if (no < 0 || (yield* isFoundAfter(no))) return undefined;
  while (no - was > 1) {
    const middle = Math.floor((was + no) / 2);
    if (yield* isFoundAfter(middle)) was = middle;
    else no = middle;
  }
  return facts[no];
}

/** Facts about the items of a contradiction, and plans: one of these makes it fit in nearly all cases. */
function nearTo({ sides }: Finding): (fact: IndexedFact) => boolean {
  const about = new Set(sides.map(({ fact }) => aboutOf(fact)));
  return (fact) => fact.type === 'PlanAdopted' || about.has(aboutOf(fact));
}

/** True if a contradiction was found among the facts that were live before a position, perhaps with another other side. */
function* isFoundBefore(position: number, finding: Finding, ordered: FactsInOrder): Steps<boolean> {
  const then = new FactIndex(ordered, (fact) => wasLiveBefore(fact, position));
  const mains = mainsOf(finding);
  const about = mains.at(-1) as IndexedFact;
  for (const find of findersOf[finding.rule]) {
    const found = yield* find(then, about, new Set(), mains);
    if (found.some((one) => one.id === finding.id || goesOnIn(one, finding, mains))) return true;
    yield;
  }
  return false;
}

function goesOnIn(one: Finding, { rule }: Finding, mains: readonly IndexedFact[]): boolean {
  return one.rule === rule && mainsOf(one).some((fact) => mains.includes(fact));
}

/** The reports that contradict each other, or a plan or a stage; without any, these. */
function mainsOf({ sides }: Finding): IndexedFact[] {
  const facts = sides.map(({ fact }) => fact);
  const reported = facts.filter(({ type }) => type !== 'PlanAdopted');
  const reports = reported.filter(({ type }) => type !== 'StageEntered');
  return reports.length > 0 ? reports : reported.length > 0 ? reported : facts;
}

function mainSidesOf(findings: Iterable<Finding>): Map<ContradictionRule, Set<IndexedFact>> {
  const byRule = new Map<ContradictionRule, Set<IndexedFact>>();
  for (const finding of findings) {
    const ofRule = byRule.get(finding.rule) ?? new Set();
    byRule.set(finding.rule, ofRule);
    for (const fact of mainsOf(finding)) ofRule.add(fact);
  }
  return byRule;
}
