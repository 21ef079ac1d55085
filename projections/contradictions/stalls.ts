import { itemOf } from '../../domain/project/facts/members.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import type { Day } from '../../domain/values/calendar.js';
import { countBefore, countUpTo, type Fact } from '../facts/facts.js';
import type { Steps } from '../facts/steps.js';
import { episodesOf, type StallEpisode } from '../stalls/stalls.js';
import { type ContradictionRule, type Finding, finding, mostNamed, type Rule } from './contradiction.js';
import {
  type FactIndex,
  type IndexedFact,
  type ItemReport,
  inOrder,
  isItemReport,
  reportedRange,
} from './fact-index.js';

export const stallRules: readonly Rule[] = [noProgressButRose, producedWhileBlocked];

/** A period reported without progress; both ends inclusive, and excluding the day it was cleared. */
interface Stillness {
  fact: IndexedFact;
  from: Day;
  to: Day | undefined;
  clearedOn?: Day | undefined;
  /** True if a fact about its first day counts: a figure may still be about earlier work, production is not. */
  countsFirst: boolean;
}

function* noProgressButRose(
  factIndex: FactIndex,
  about?: IndexedFact,
  known?: ReadonlySet<string>,
): Steps<Finding[]> {
  const isFigure = about && (isItemReport(about) || about.type === 'InvestmentReported');
  if (isFigure && !isRise(about, factIndex)) return [];
  const meant = stillnesses(factIndex).filter(
    (stillness) =>
      !known?.has(`no-progress-but-rose:${stillness.fact.id}`) &&
      (!about || stillness.fact === about || (isFigure && covers(stillness, about))),
  );
  if (meant.length === 0) return [];
  yield;
  const rises = yield* risesOf(factIndex);
  return meant.flatMap((stillness) =>
    against('no-progress-but-rose', stillness.fact, coveredBy(stillness, rises)),
  );
}

function* producedWhileBlocked(
  factIndex: FactIndex,
  about?: IndexedFact,
  known?: ReadonlySet<string>,
): Steps<Finding[]> {
  const isStall = about?.type === 'StallDeclared';
  if (about && !isStall && !isProduction(about, factIndex)) return [];
  const meant = blockings(factIndex).filter(
    (stillness) =>
      !known?.has(`produced-while-blocked:${stillness.fact.id}`) &&
      (!about || stillness.fact === about || (!isStall && covers(stillness, about))),
  );
  if (meant.length === 0) return [];
  yield;
  const productions = productionsOf(factIndex);
  yield;
  return meant.flatMap((stillness) =>
    against('produced-while-blocked', stillness.fact, coveredBy(stillness, productions)),
  );
}

/** What contradicts a stall or a report of no change, in the order (asOf, place): one contradiction, or none. */
function against(rule: ContradictionRule, fact: IndexedFact, others: readonly IndexedFact[]): Finding[] {
  const [first] = others;
  if (!first) return [];
  const sides = others.slice(0, mostNamed).map((other) => ({ fact: other }));
  const since = first.asOf > fact.asOf ? first.asOf : fact.asOf;
  // The id excludes them, so that one more of them is not another contradiction.
  return [finding(rule, [{ fact }, ...sides], { about: fact.id, since, left: others.length - sides.length })];
}

function covers({ from, to, clearedOn, countsFirst }: Stillness, { asOf }: IndexedFact): boolean {
  if (asOf < from || (asOf === from && !countsFirst)) return false;
  return (to === undefined || asOf <= to) && (clearedOn === undefined || asOf < clearedOn);
}

/** The facts in a period; they are consecutive in the order (asOf, place). */
function coveredBy(
  { from, to, clearedOn, countsFirst }: Stillness,
  facts: readonly IndexedFact[],
): readonly IndexedFact[] {
  const first = countsFirst ? countBefore(facts, from) : countUpTo(facts, from);
  const last = Math.min(
    to === undefined ? facts.length : countUpTo(facts, to),
    clearedOn === undefined ? facts.length : countBefore(facts, clearedOn),
  );
  return facts.slice(first, last);
}

function productionsOf(factIndex: FactIndex): IndexedFact[] {
  const staged = [...factIndex.tree.items.values()].filter(({ stage }) => stage !== undefined);
  const said = [...factIndex.ofType('StageEntered'), ...staged.flatMap(({ id }) => factIndex.wordsOn(id))];
  return said.filter((fact) => isProduction(fact, factIndex)).sort(inOrder);
}

function isProduction(fact: IndexedFact, factIndex: FactIndex): boolean {
  if (fact.type === 'StageEntered')
    return fact.data.stage === 'trial-production' || fact.data.stage === 'in-production';
  if (!isItemReport(fact) || fact.data.step !== undefined) return false;
  const item = itemOf(fact.data);
  if (factIndex.tree.items.get(item)?.stage === undefined || !isReached(fact, factIndex)) return false;
  const before = factIndex.before(fact, factIndex.allOn(item), () => true);
  // A repeated report is not a second production.
  return before === undefined || before.data.step !== undefined || !isReached(before, factIndex);
}

function isReached(word: ItemReport, factIndex: FactIndex): boolean {
  return reportedRange(word, factIndex).floor === wholeBasisPoints;
}

/** Stalls that block works, until cleared, and reports of no change. */
function stillnesses(factIndex: FactIndex): Stillness[] {
  const declared = stallsOf(factIndex).flatMap(({ episode, facts }) =>
    facts.flatMap((fact): Stillness[] => {
      if (fact.type !== 'StallDeclared' || !fact.data.blocks.includes('works')) return [];
      const { from, to } = fact.data;
      return [{ fact, from, to, clearedOn: episode.clearedOn, countsFirst: from === to }];
    }),
  );
  const unchanged = factIndex.ofType('NoChangeReported').map((fact) => {
    const { from, to } = fact.data;
    return { fact, from, to, countsFirst: from === to };
  });
  return [...declared, ...unchanged];
}

/** Stalls that block production, by the last declaration that says so, until cleared. */
function blockings(factIndex: FactIndex): Stillness[] {
  return stallsOf(factIndex).flatMap(({ episode, facts }) => {
    const fact = facts.findLast(
      (one) => one.type === 'StallDeclared' && one.data.blocks.includes('production'),
    );
    if (!fact || !episode.blocks.includes('production')) return [];
    const { from, clearedOn } = episode;
    return [{ fact, from, to: undefined, clearedOn, countsFirst: true }];
  });
}

/** Stall episodes with their facts. */
function stallsOf(
  factIndex: FactIndex,
): { episode: StallEpisode; facts: Fact<'StallDeclared' | 'StallCleared'>[] }[] {
  const declared = factIndex.stalls;
  const byId = new Map(declared.map((fact) => [fact.id, fact]));
  return episodesOf(declared).map((episode) => ({
    episode,
    facts: episode.entries.flatMap((id) => byId.get(id) ?? []),
  }));
}

/** Figures above 0 that are the first of their kind or higher than the one before, in the order (asOf, place). */
function* risesOf(factIndex: FactIndex): Steps<IndexedFact[]> {
  const rises = new Set<IndexedFact>(moneyRises(factIndex));
  for (const item of factIndex.spokenItems()) {
    for (const rise of itemRises(factIndex.wordsOn(item), factIndex)) rises.add(rise);
    yield;
  }
  return factIndex.facts.filter((fact) => rises.has(fact));
}

function isRise(fact: IndexedFact, factIndex: FactIndex): boolean {
  if (isItemReport(fact)) {
    const [item, { step }] = [itemOf(fact.data), fact.data];
    const before = factIndex.before(fact, factIndex.allOn(item), ({ data }) => data.step === step);
    return reportedRange(fact, factIndex).percent > (before ? reportedRange(before, factIndex).percent : 0);
  }
  if (fact.type !== 'InvestmentReported') return false;
  const kind = kindOf(fact);
  const before = factIndex.before(
    fact,
    factIndex.allOfType('InvestmentReported'),
    (other) => kindOf(other) === kind,
  );
  return fact.data.amount.amountMinor > (before?.data.amount.amountMinor ?? 0);
}

function itemRises(words: readonly ItemReport[], factIndex: FactIndex): ItemReport[] {
  const last = new Map<string | undefined, number>();
  return words.filter((word) => {
    const { step } = word.data;
    const { percent } = reportedRange(word, factIndex);
    const isHigher = percent > (last.get(step) ?? 0);
    last.set(step, percent);
    return isHigher;
  });
}

function moneyRises(factIndex: FactIndex): Fact<'InvestmentReported'>[] {
  const last = new Map<string, number>();
  return factIndex.ofType('InvestmentReported').filter((fact) => {
    const { amountMinor } = fact.data.amount;
    const kind = kindOf(fact);
    const isHigher = amountMinor > (last.get(kind) ?? 0);
    last.set(kind, amountMinor);
    return isHigher;
  });
}

/** The key under which figures of money are compared: a year starts from zero, and a month is separate. */
function kindOf({ id, asOf, data }: Fact<'InvestmentReported'>): string {
  const { span, basis, amount } = data;
  const period = { 'since-start': '', year: asOf.slice(0, 4), month: id }[span];
  return `${span} ${basis} ${amount.currency} ${period}`;
}
