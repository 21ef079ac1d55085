import { itemOf } from '../../domain/project/facts/members.js';
import { periodOf } from '../../domain/project/facts/stated-money.js';
import { dayNumber } from '../../domain/values/days/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import type { Fact } from '../facts/facts.js';
import { inParts, type Steps } from '../facts/steps.js';
import { Money } from '../money/money.js';
import { keyOf } from '../money/money-line.js';
import { planTableOf } from '../plan/plan-table.js';
import { Progress } from '../progress/progress.js';
import type { Effect } from '../progress/rises.js';
import { isAmount } from '../progress/statement.js';
import { itemsAbout } from '../stalls/items-about.js';
import { movedBy } from '../stalls/moved.js';
import { Stalls } from '../stalls/stalls.js';
import type { MoveFact, Stretch } from '../stalls/stretches.js';
import { type ContradictionRule, type Finding, finding, mostNamed, type Rule } from './contradiction.js';
import {
  type FactIndex,
  type IndexedFact,
  type ItemReport,
  inOrder,
  isItemReport,
  isStallFact,
} from './fact-index.js';
import { stallsConflict } from './stall-conflicts.js';

export const stallRules: readonly Rule[] = [movedMeanwhile, stallsConflict];

/** Reports of progress or production about days that are reported or declared to be without it, except known contradictions. */
export function* movedMeanwhile(
  factIndex: FactIndex,
  about: IndexedFact,
  known: ReadonlySet<string>,
): Steps<Finding[]> {
  const meant = meantBy(about, factIndex).filter((id) => !known.has(id));
  if (meant.length === 0) return [];
  const kept = (factIndex.isWhole && foundWith.get(about)) || new Map<string, readonly Finding[]>();
  const isMeant = new Set(meant.filter((id) => !kept.has(id)));
  if (isMeant.size > 0) {
    const found = Map.groupBy(yield* movedIn(factIndex, isMeant), ({ id }) => id);
    for (const id of isMeant) kept.set(id, found.get(id) ?? []);
    if (factIndex.isWhole) foundWith.set(about, kept);
  }
  return [...new Set(meant)].flatMap((id) => kept.get(id) ?? []);
}

/** By entry, among facts that no further entry changes: what was found of each contradiction that it may be part of. */
const foundWith = new WeakMap<IndexedFact, Map<string, readonly Finding[]>>();

function* movedIn(factIndex: FactIndex, isMeant: ReadonlySet<string>): Steps<Finding[]> {
  yield;
  const stalls = new Stalls();
  const moves = new Moves();
  for (const some of inParts(movesAbout(factIndex, isMeant))) {
    for (const fact of some) {
      take(stalls, fact);
      if (fact.type === 'PlanAdopted') moves.adopt(fact);
      else if (isMove(fact)) moves.move(stalls, fact, movedBy(fact, moves.say(fact)));
    }
    yield;
  }
  return yield* stallFindings(stalls, (stretch) => isMeant.has(idOf(stretch)));
}

/**
 * The facts that decide what contradicts some stretches, in order: of reports on items those about their days, and the ones
 * before these that decide whether they are rises or productions.
 */
function movesAbout(factIndex: FactIndex, isMeant: ReadonlySet<string>): IndexedFact[] {
  const ends: IndexedFact[] = [...factIndex.stalls, ...factIndex.ofType('NoChangeReported')].sort(inOrder);
  const stalls = new Stalls();
  for (const fact of ends) take(stalls, fact);
  let [from, to] = [Infinity, -Infinity];
  for (const stretch of stalls.stretches) {
    if (!isMeant.has(idOf(stretch))) continue;
    from = Math.min(from, stretch.from);
    to = Math.max(to, stretch.to, stretch.cutBy?.to ?? -Infinity);
  }
  const reports = from > to ? [] : factIndex.reportsBetween(from, to);
  return [
    ...ends,
    ...factIndex.ofType('PlanAdopted'),
    ...factIndex.ofType('InvestmentReported'),
    ...reports,
  ].sort(inOrder);
}

/** Reports of progress or production about days that are reported or declared to be without it, in a fold. */
export function* stallFindings(
  stalls: Stalls,
  isMeant: (stretch: Stretch) => boolean = () => true,
): Steps<Finding[]> {
  const found: Finding[] = [];
  for (const some of inParts(stalls.stretches)) {
    for (const stretch of some) if (isMeant(stretch)) found.push(...contradictionsOf(stretch, stalls));
    yield;
  }
  return found;
}

/** One contradiction for each stretch, with the first entries that contradict it, or that did until it was cut. */
function contradictionsOf(stretch: Stretch, stalls: Stalls): Finding[] {
  if (!stretch.isContradicted) {
    const before = stalls.contradictedBefore(stretch, mostNamed);
    return before.length === 0 ? [] : [contradictionOf(stretch, before, 0, stretch.cutBy?.id)];
  }
  const { first, left } = stalls.contradicting(stretch, mostNamed);
  return [contradictionOf(stretch, first, left)];
}

function contradictionOf(
  stretch: Stretch,
  first: readonly MoveFact[],
  left: number,
  settledBy?: string,
): Finding {
  const { fact } = stretch;
  const [one = fact] = first;
  const since = one.asOf > fact.asOf ? one.asOf : fact.asOf;
  // The id excludes them, so that one more of them is not another contradiction.
  const sides = first.map((other) => ({ fact: other }));
  return finding(ruleOf(stretch), [{ fact }, ...sides], { about: fact.id, since, left, settledBy });
}

const rules = {
  rises: 'no-progress-but-rose',
  stages: 'no-progress-but-stage',
  productions: 'produced-while-blocked',
} as const satisfies Record<Stretch['what'], ContradictionRule>;

function ruleOf({ what }: Stretch): ContradictionRule {
  return rules[what];
}

function idOf(stretch: Stretch): string {
  return `${ruleOf(stretch)}:${stretch.fact.id}`;
}

/** The ids of the contradictions that a fact may be part of, among facts that no further entry changes. */
const meantByFact = new WeakMap<IndexedFact, readonly string[]>();

function meantBy(about: IndexedFact, factIndex: FactIndex): readonly string[] {
  const known = factIndex.isWhole ? meantByFact.get(about) : undefined;
  if (known) return known;
  const meant = stretchesWith(about, factIndex).map(idOf);
  if (factIndex.isWhole) meantByFact.set(about, meant);
  return meant;
}

/** The stretches that a fact is about, or that it contradicts whatever else is reported. */
function stretchesWith(about: IndexedFact, factIndex: FactIndex): Stretch[] {
  const stalls = new Stalls();
  if (isMove(about)) {
    const moves = new Moves();
    for (const before of beforeOf(about, factIndex))
      if (before.type === 'PlanAdopted') moves.adopt(before);
      else moves.say(before);
    const moved = movedBy(about, moves.say(about));
    if (moved.length === 0 && !isSuspension(about)) return [];
    moves.move(stalls, about, moved);
  } else if (about.type !== 'StallDeclared' && about.type !== 'NoChangeReported') return [];
  for (const fact of factIndex.stalls) take(stalls, fact);
  for (const fact of factIndex.ofType('NoChangeReported')) take(stalls, fact);
  return stalls.stretches.filter(
    (stretch) =>
      stretch.isContradicted ||
      stretch.fact === about ||
      stalls.contradictedBefore(stretch, mostNamed).length > 0,
  );
}

/** The facts before one that decide, in order, whether it is a rise or a production. */
function beforeOf(about: MoveFact, factIndex: FactIndex): (MoveFact | Fact<'PlanAdopted'>)[] {
  const plans = () => factIndex.ofType('PlanAdopted').filter((plan) => inOrder(plan, about) < 0);
  if (about.type === 'StageEntered') return about.data.stage === 'built' ? plans() : [];
  if (about.type === 'InvestmentReported') {
    const [line, { span }, period] = [keyOf(about), about.data, periodOf(about.data, about.asOf)];
    const before = factIndex.before(
      about,
      factIndex.allOfType('InvestmentReported'),
      (other) =>
        other.data.span === span && periodOf(other.data, other.asOf) === period && keyOf(other) === line,
    );
    return before ? [before] : [];
  }
  const reports = factIndex.allOn(itemOf(about.data));
  const { step } = about.data;
  const last = factIndex.before(about, reports, ({ data }) => data.step === step);
  // An amount is compared with the last one, also where a share was reported since.
  const amount = factIndex.isExact(itemOf(about.data))
    ? undefined
    : factIndex.before(about, reports, (other) => other.data.step === step && statesAmount(other));
  const reported = [...new Set([last, amount])].filter((report) => report !== undefined);
  return [...plans(), ...reported].sort(inOrder);
}

function statesAmount(report: ItemReport): boolean {
  return report.type === 'ProgressMeasured' && isAmount(report.data.measure);
}

/** Which facts are rises or productions, fed with the plans in order. */
class Moves {
  private readonly money = new Money();
  private readonly progress = new Progress(shippedLexicon);
  private table = planTableOf(undefined);

  adopt(plan: Fact<'PlanAdopted'>): void {
    this.table = planTableOf(plan);
    this.progress.add(plan);
  }

  say(fact: MoveFact): Effect {
    if (fact.type === 'InvestmentReported') {
      const isRise = this.money.say(fact);
      return { isMore: isRise, isRise, isProduction: false };
    }
    return this.progress.add(fact);
  }

  move(stalls: Stalls, fact: MoveFact, moved: readonly Stretch['what'][]): void {
    const items = itemsAbout(fact, this.table);
    for (const what of moved) stalls.move(dayNumber(fact.asOf), what, fact, items);
  }
}

function take(stalls: Stalls, fact: IndexedFact): void {
  if (fact.type === 'NoChangeReported') stalls.unchanged(fact);
  else if (isStallFact(fact)) stalls.take(fact);
}

function isSuspension(fact: IndexedFact): boolean {
  return fact.type === 'StageEntered' && fact.data.stage === 'suspended';
}

function isMove(fact: IndexedFact): fact is MoveFact {
  return isItemReport(fact) || fact.type === 'InvestmentReported' || fact.type === 'StageEntered';
}
