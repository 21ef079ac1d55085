import { addDays, type Day } from '../src/domain/calendar.js';
import { type Finding, finding } from './contradiction.js';
import { type Fact, ofType } from './facts.js';
import { isItemWord, type Scene, type SceneFact, saidRange } from './scene.js';
import { episodesOf, type StallEpisode } from './stalls.js';

export const stallRules = [noProgressButRose, producedWhileBlocked];

/** A stretch of days of which somebody said that nothing moved; both ends inclusive. */
interface Stillness {
  fact: SceneFact;
  from: Day;
  to: Day | undefined;
}

function noProgressButRose(scene: Scene): Finding[] {
  const rises = risesOf(scene);
  return stillnesses(scene).flatMap(({ fact, from, to }) => {
    const within = rises.filter((rise) => rise.asOf >= from && (to === undefined || rise.asOf <= to));
    const [first] = within;
    if (!first) return [];
    const sides = within.map((rise) => ({ fact: rise }));
    // The id leaves the figures out, so that one more of them is not another contradiction.
    const since = first.asOf > fact.asOf ? first.asOf : fact.asOf;
    return [finding('no-progress-but-rose', [{ fact }, ...sides], { about: fact.id, since })];
  });
}

function producedWhileBlocked(scene: Scene): Finding[] {
  const productions = scene.facts.filter((fact) => isProduction(fact, scene));
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
  if (fact.type === 'StageEntered') return ['trial-production', 'in-production'].includes(fact.data.stage);
  if (!isItemWord(fact) || fact.data.step !== undefined) return false;
  return scene.tree.items.get(fact.data.item)?.stage !== undefined && saidRange(fact, scene).floor === 10000;
}

/** Stalls that block works, until they are cleared, and reports of no change. */
function stillnesses(scene: Scene): Stillness[] {
  const declared = stallsOf(scene).flatMap(({ episode, facts }) =>
    facts.flatMap((fact): Stillness[] => {
      if (fact.type !== 'StallDeclared' || !fact.data.blocks.includes('works')) return [];
      const lastDay = episode.clearedOn === undefined ? undefined : addDays(episode.clearedOn, -1);
      return [{ fact, from: fact.data.from, to: earlier(fact.data.to, lastDay) }];
    }),
  );
  const unchanged = ofType(scene.facts, 'NoChangeReported').map((fact) => ({
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
  const told = scene.facts.filter((fact) => fact.type === 'StallDeclared' || fact.type === 'StallCleared');
  return episodesOf(told).map((episode) => ({
    episode,
    facts: told.filter((fact) => episode.entries.includes(fact.id)),
  }));
}

/** Figures above 0 that are the first of their kind or higher than the one before, in the order (asOf, position). */
function risesOf(scene: Scene): SceneFact[] {
  const last = new Map<string, number>();
  return scene.facts.filter((fact) => {
    const figure = figureOf(fact, scene);
    if (!figure) return false;
    const before = last.get(figure.of) ?? 0;
    last.set(figure.of, figure.value);
    return figure.value > before;
  });
}

function figureOf(fact: SceneFact, scene: Scene): { of: string; value: number } | undefined {
  if (isItemWord(fact)) {
    const { item, step } = fact.data;
    return { of: JSON.stringify([item, step ?? null]), value: saidRange(fact, scene).percent };
  }
  if (fact.type !== 'InvestmentReported') return undefined;
  const { span, basis, amount } = fact.data;
  // A year begins at nothing again, and what was invested in a month stands for itself.
  const period = { 'since-start': '', year: fact.asOf.slice(0, 4), month: fact.id }[span];
  return { of: JSON.stringify([span, basis, amount.currency, period]), value: amount.amountMinor };
}

function earlier(a: Day | undefined, b: Day | undefined): Day | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
