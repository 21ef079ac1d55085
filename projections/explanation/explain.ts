import { lastDay } from '../../domain/values/days/calendar.js';
import { ProjectDays } from '../alerts/project-on-day.js';
import { planInForce } from '../completion/completion.js';
import { unsettledOn } from '../contradictions/contradictions.js';
import { factsIn } from '../facts/facts.js';
import { finished, type Steps } from '../facts/steps.js';
import { type JournalEntry, journalInSteps, type Line } from '../project/journal.js';
import { evaluatedInSteps } from './alerts.js';
import { type Explanation, entriesIn, nodesOf } from './explanation.js';
import { Figures, isOfRules } from './figures.js';
import type { ExplainedMoment } from './moment.js';
import { leftIn, notUsedOf } from './not-used.js';

/**
 * Explains one figure of a project by the fold: every number down to the entries, and the entries that do not count for
 * it; undefined for a figure that the project does not have at the moment.
 *
 * Figures: `percent`, `floor`, `ceiling` of the project, and of an item or a group `percent:ITEM` and so on; `invested`,
 * `share-of-plan`, `planned-investment`, `implied-investment`, `annual-plan`, `annual-invested`, `annual-share`,
 * `elapsed`, `annual-ahead`, `month-target:MONTH`, `target-so-far:MONTH`, `month-invested:MONTH`, `money:ENTRY`;
 * `budget`, `planned-value`, `earned-value`, `actual-cost`, `spi`, `cpi`; `planned`, `dated-percent`, `ahead`,
 * `slip:TARGET`, `slip:ITEM:start`, `moved:ENTRY`, `baseline:VERSION:TARGET`, `baseline-forecast:VERSION:TARGET`,
 * `overdue:ITEM`; `stalled:BLOCKED`, `stall:ID`; `light`, `alert:RULE/project`, `alert:RULE/KIND/ID`;
 * `contradictions`.
 */
export function explain(moment: ExplainedMoment, figure: string): Explanation | undefined {
  return finished(explainInSteps(moment, figure));
}

/**
 * The same in steps.
 *
 * @param days of the same project, which continue from what was folded before
 */
export function* explainInSteps(
  moment: ExplainedMoment,
  figure: string,
  days = new ProjectDays(moment.state),
): Steps<Explanation | undefined> {
  const { state, asOf, lexiconVersion, rules, latest } = moment;
  const evaluated = isOfRules(figure) ? yield* evaluatedInSteps(state, rules, asOf, days) : undefined;
  const unsettled =
    figure === 'contradictions'
      ? yield* unsettledOn(state.contradictions, asOf, yield* days.on(asOf))
      : undefined;
  const found = new Figures(moment, { evaluated, unsettled }).find(figure);
  if (!found) return undefined;
  yield;
  const nodes = nodesOf(found.term);
  const plan = planInForce(factsIn(state.completion), asOf);
  const used = entriesIn(nodes);
  if (plan) used.add(plan.id);
  yield;
  const known = state.journal.lines;
  const later = latest?.journal.lines.slice(known.length) ?? [];
  const { left, leftCount } = leftIn({ known, later, asOf, used }, found.why);
  yield;
  const wanted = new Set([...used, ...left.map(({ line }) => line.id)]);
  const { entries } = yield* journalInSteps(state.journal, lastDay, undefined, wanted);
  const entryOf = new Map(entries.map((entry) => [entry.id, entry]));
  for (const entry of yield* laterEntries(later, wanted, latest)) entryOf.set(entry.id, entry);
  return {
    figure,
    plan: plan ? { version: plan.data.version, entry: plan.id } : null,
    lexiconVersion,
    rulesVersion: rules.version,
    nodes,
    entries: entries.filter(({ id }) => used.has(id)),
    notUsed: notUsedOf(left, entryOf),
    notUsedCount: leftCount,
  };
}

/** The figures that `explain` has for a project at a moment. */
export function explainable(moment: ExplainedMoment): string[] {
  const { state, asOf, rules } = moment;
  const figures = new Figures(moment, { evaluated: finished(evaluatedInSteps(state, rules, asOf)) });
  const items = planInForce(factsIn(state.completion), asOf)?.data.items ?? [];
  return [...figures.names(items.map(({ id }) => id)), 'contradictions'];
}

/** Those of the wanted entries that were recorded after the moment, as known now. */
function* laterEntries(
  later: readonly Line[],
  wanted: ReadonlySet<string>,
  latest: ExplainedMoment['latest'],
): Steps<readonly JournalEntry[]> {
  const ids = new Set(later.flatMap(({ id }) => (wanted.has(id) ? [id] : [])));
  if (!latest || ids.size === 0) return [];
  return (yield* journalInSteps(latest.journal, lastDay, undefined, ids)).entries;
}
