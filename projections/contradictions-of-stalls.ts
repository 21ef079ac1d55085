import type { Day } from '../src/domain/calendar.js';
import { type Finding, finding, type Rule } from './contradiction.js';
import type { Fact } from './facts.js';
import { type ItemWord, isItemWord, type Scene, type SceneFact, saidRange } from './scene.js';
import { episodesOf, type StallEpisode } from './stalls.js';

export const stallRules: readonly Rule[] = [noProgressButRose, producedWhileBlocked];

/** A stretch of days of which somebody said that nothing moved; both ends inclusive, and none from the day it was cleared. */
interface Stillness {
  fact: SceneFact;
  from: Day;
  to: Day | undefined;
  clearedOn?: Day | undefined;
}

function noProgressButRose(scene: Scene, about?: SceneFact, known?: ReadonlySet<string>): Finding[] {
  const isFigure = about && (isItemWord(about) || about.type === 'InvestmentReported');
  if (isFigure && !isRise(about, scene)) return [];
  const meant = stillnesses(scene).filter(
    (stillness) =>
      !known?.has(`no-progress-but-rose:${stillness.fact.id}`) &&
      (!about || stillness.fact === about || (isFigure && covers(stillness, about))),
  );
  if (meant.length === 0) return [];
  const rises = risesOf(scene);
  return meant.flatMap((stillness) => {
    const { fact } = stillness;
    const within = rises.filter((rise) => covers(stillness, rise));
    const [first] = within;
    if (!first) return [];
    const sides = within.map((rise) => ({ fact: rise }));
    // The id leaves the figures out, so that one more of them is not another contradiction.
    const since = first.asOf > fact.asOf ? first.asOf : fact.asOf;
    return [finding('no-progress-but-rose', [{ fact }, ...sides], { about: fact.id, since })];
  });
}

/** True for a figure about these days; one about the first of several may still tell of the work before them. */
function covers({ from, to, clearedOn }: Stillness, { asOf }: SceneFact): boolean {
  if (asOf < from || (asOf === from && from !== to)) return false;
  return (to === undefined || asOf <= to) && (clearedOn === undefined || asOf < clearedOn);
}

function producedWhileBlocked(scene: Scene, about?: SceneFact): Finding[] {
  const candidates = about && about.type !== 'StallDeclared' ? [about] : scene.facts;
  const productions = candidates.filter((fact) => isProduction(fact, scene));
  if (productions.length === 0) return [];
  return stallsOf(scene).flatMap(({ episode, facts }) => {
    const blocking = facts.findLast(
      (fact) => fact.type === 'StallDeclared' && fact.data.blocks.includes('production'),
    );
    if (!blocking || !episode.blocks.includes('production')) return [];
    const { from, clearedOn } = episode;
    return productions
      .filter((fact) => fact.asOf >= from && (clearedOn === undefined || fact.asOf < clearedOn))
      .map((fact) => finding('produced-while-blocked', [{ fact: blocking }, { fact }]));
  });
}

function isProduction(fact: SceneFact, scene: Scene): boolean {
  if (fact.type === 'StageEntered')
    return fact.data.stage === 'trial-production' || fact.data.stage === 'in-production';
  if (!isItemWord(fact) || fact.data.step !== undefined) return false;
  if (scene.tree.items.get(fact.data.item)?.stage === undefined || !isReached(fact, scene)) return false;
  const words = scene.wordsOn(fact.data.item);
  const before = words[words.indexOf(fact) - 1];
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
      return [{ fact, from: fact.data.from, to: fact.data.to, clearedOn: episode.clearedOn }];
    }),
  );
  const unchanged = scene.ofType('NoChangeReported').map((fact) => ({
    fact,
    from: fact.data.from,
    to: fact.data.to,
  }));
  return [...declared, ...unchanged];
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
function risesOf(scene: Scene): SceneFact[] {
  const rises = new Set<SceneFact>(moneyRises(scene));
  for (const item of scene.spokenItems())
    for (const rise of itemRises(scene.wordsOn(item), scene)) rises.add(rise);
  return scene.facts.filter((fact) => rises.has(fact));
}

function isRise(fact: SceneFact, scene: Scene): boolean {
  if (isItemWord(fact)) return itemRises(scene.wordsOn(fact.data.item), scene).includes(fact);
  return fact.type === 'InvestmentReported' && moneyRises(scene).includes(fact);
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
  return scene.ofType('InvestmentReported').filter(({ id, asOf, data }) => {
    const { span, basis, amount } = data;
    // A year begins at nothing again, and what was invested in a month stands for itself.
    const period = { 'since-start': '', year: asOf.slice(0, 4), month: id }[span];
    const kind = `${span} ${basis} ${amount.currency} ${period}`;
    const isHigher = amount.amountMinor > (last.get(kind) ?? 0);
    last.set(kind, amount.amountMinor);
    return isHigher;
  });
}
