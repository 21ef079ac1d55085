import type { Day } from '../../domain/values/calendar.js';
import { countBefore, countUpTo, type Fact } from '../project/facts.js';
import {
  type ItemWord,
  inOrder,
  isItemWord,
  type Scene,
  type SceneFact,
  saidRange,
} from '../project/scene.js';
import type { Steps } from '../project/steps.js';
import { episodesOf, type StallEpisode } from '../stalls/stalls.js';
import { type ContradictionRule, type Finding, finding, mostNamed, type Rule } from './contradiction.js';

export const stallRules: readonly Rule[] = [noProgressButRose, producedWhileBlocked];

/** A stretch of days of which somebody said that nothing moved; both ends inclusive, and none from the day it was cleared. */
interface Stillness {
  fact: SceneFact;
  from: Day;
  to: Day | undefined;
  clearedOn?: Day | undefined;
  /** True when a fact about its first day counts: a figure may still tell of the work before, a production does not. */
  countsFirst: boolean;
}

function* noProgressButRose(scene: Scene, about?: SceneFact, known?: ReadonlySet<string>): Steps<Finding[]> {
  const isFigure = about && (isItemWord(about) || about.type === 'InvestmentReported');
  if (isFigure && !isRise(about, scene)) return [];
  const meant = stillnesses(scene).filter(
    (stillness) =>
      !known?.has(`no-progress-but-rose:${stillness.fact.id}`) &&
      (!about || stillness.fact === about || (isFigure && covers(stillness, about))),
  );
  if (meant.length === 0) return [];
  yield;
  const rises = yield* risesOf(scene);
  return meant.flatMap((stillness) =>
    against('no-progress-but-rose', stillness.fact, coveredBy(stillness, rises)),
  );
}

function* producedWhileBlocked(
  scene: Scene,
  about?: SceneFact,
  known?: ReadonlySet<string>,
): Steps<Finding[]> {
  const isStall = about?.type === 'StallDeclared';
  if (about && !isStall && !isProduction(about, scene)) return [];
  const meant = blockings(scene).filter(
    (stillness) =>
      !known?.has(`produced-while-blocked:${stillness.fact.id}`) &&
      (!about || stillness.fact === about || (!isStall && covers(stillness, about))),
  );
  if (meant.length === 0) return [];
  yield;
  const productions = productionsOf(scene);
  yield;
  return meant.flatMap((stillness) =>
    against('produced-while-blocked', stillness.fact, coveredBy(stillness, productions)),
  );
}

/** What a stall or a report of no change stands against, in the order (asOf, place): one contradiction, or none. */
function against(rule: ContradictionRule, fact: SceneFact, others: readonly SceneFact[]): Finding[] {
  const [first] = others;
  if (!first) return [];
  const sides = others.slice(0, mostNamed).map((other) => ({ fact: other }));
  const since = first.asOf > fact.asOf ? first.asOf : fact.asOf;
  // The id leaves them out, so that one more of them is not another contradiction.
  return [finding(rule, [{ fact }, ...sides], { about: fact.id, since, left: others.length - sides.length })];
}

function covers({ from, to, clearedOn, countsFirst }: Stillness, { asOf }: SceneFact): boolean {
  if (asOf < from || (asOf === from && !countsFirst)) return false;
  return (to === undefined || asOf <= to) && (clearedOn === undefined || asOf < clearedOn);
}

/** The facts that a stretch covers; they lie side by side in the order (asOf, place). */
function coveredBy(
  { from, to, clearedOn, countsFirst }: Stillness,
  facts: readonly SceneFact[],
): readonly SceneFact[] {
  const first = countsFirst ? countBefore(facts, from) : countUpTo(facts, from);
  const last = Math.min(
    to === undefined ? facts.length : countUpTo(facts, to),
    clearedOn === undefined ? facts.length : countBefore(facts, clearedOn),
  );
  return facts.slice(first, last);
}

function productionsOf(scene: Scene): SceneFact[] {
  const staged = [...scene.tree.items.values()].filter(({ stage }) => stage !== undefined);
  const said = [...scene.ofType('StageEntered'), ...staged.flatMap(({ id }) => scene.wordsOn(id))];
  return said.filter((fact) => isProduction(fact, scene)).sort(inOrder);
}

function isProduction(fact: SceneFact, scene: Scene): boolean {
  if (fact.type === 'StageEntered')
    return fact.data.stage === 'trial-production' || fact.data.stage === 'in-production';
  if (!isItemWord(fact) || fact.data.step !== undefined) return false;
  const { item } = fact.data;
  if (scene.tree.items.get(item)?.stage === undefined || !isReached(fact, scene)) return false;
  const before = scene.before(fact, scene.toldOn(item), () => true);
  // Said again, it is no second production.
  return before === undefined || before.data.step !== undefined || !isReached(before, scene);
}

function isReached(word: ItemWord, scene: Scene): boolean {
  return saidRange(word, scene).floor === 10000;
}

/** Stalls that block works, until they are cleared, and reports of no change. */
function stillnesses(scene: Scene): Stillness[] {
  const declared = stallsOf(scene).flatMap(({ episode, facts }) =>
    facts.flatMap((fact): Stillness[] => {
      if (fact.type !== 'StallDeclared' || !fact.data.blocks.includes('works')) return [];
      const { from, to } = fact.data;
      return [{ fact, from, to, clearedOn: episode.clearedOn, countsFirst: from === to }];
    }),
  );
  const unchanged = scene.ofType('NoChangeReported').map((fact) => {
    const { from, to } = fact.data;
    return { fact, from, to, countsFirst: from === to };
  });
  return [...declared, ...unchanged];
}

/** Stalls that block production, by the declaration that says so last, until they are cleared. */
function blockings(scene: Scene): Stillness[] {
  return stallsOf(scene).flatMap(({ episode, facts }) => {
    const fact = facts.findLast(
      (one) => one.type === 'StallDeclared' && one.data.blocks.includes('production'),
    );
    if (!fact || !episode.blocks.includes('production')) return [];
    const { from, clearedOn } = episode;
    return [{ fact, from, to: undefined, clearedOn, countsFirst: true }];
  });
}

/** Stall episodes with the facts that tell of them. */
function stallsOf(
  scene: Scene,
): { episode: StallEpisode; facts: Fact<'StallDeclared' | 'StallCleared'>[] }[] {
  const told = scene.stalls;
  const byId = new Map(told.map((fact) => [fact.id, fact]));
  return episodesOf(told).map((episode) => ({
    episode,
    facts: episode.entries.flatMap((id) => byId.get(id) ?? []),
  }));
}

/** Figures above 0 that are the first of their kind or higher than the one before, in the order (asOf, place). */
function* risesOf(scene: Scene): Steps<SceneFact[]> {
  const rises = new Set<SceneFact>(moneyRises(scene));
  for (const item of scene.spokenItems()) {
    for (const rise of itemRises(scene.wordsOn(item), scene)) rises.add(rise);
    yield;
  }
  return scene.facts.filter((fact) => rises.has(fact));
}

function isRise(fact: SceneFact, scene: Scene): boolean {
  if (isItemWord(fact)) {
    const { item, step } = fact.data;
    const before = scene.before(fact, scene.toldOn(item), ({ data }) => data.step === step);
    return saidRange(fact, scene).percent > (before ? saidRange(before, scene).percent : 0);
  }
  if (fact.type !== 'InvestmentReported') return false;
  const kind = kindOf(fact);
  const before = scene.before(
    fact,
    scene.toldOfType('InvestmentReported'),
    (other) => kindOf(other) === kind,
  );
  return fact.data.amount.amountMinor > (before?.data.amount.amountMinor ?? 0);
}

function itemRises(words: readonly ItemWord[], scene: Scene): ItemWord[] {
  const last = new Map<string | undefined, number>();
  return words.filter((word) => {
    const { step } = word.data;
    const { percent } = saidRange(word, scene);
    const isHigher = percent > (last.get(step) ?? 0);
    last.set(step, percent);
    return isHigher;
  });
}

function moneyRises(scene: Scene): Fact<'InvestmentReported'>[] {
  const last = new Map<string, number>();
  return scene.ofType('InvestmentReported').filter((fact) => {
    const { amountMinor } = fact.data.amount;
    const kind = kindOf(fact);
    const isHigher = amountMinor > (last.get(kind) ?? 0);
    last.set(kind, amountMinor);
    return isHigher;
  });
}

/** What a figure of money is compared with the last one of: a year begins at nothing again, and a month stands for itself. */
function kindOf({ id, asOf, data }: Fact<'InvestmentReported'>): string {
  const { span, basis, amount } = data;
  const period = { 'since-start': '', year: asOf.slice(0, 4), month: id }[span];
  return `${span} ${basis} ${amount.currency} ${period}`;
}
