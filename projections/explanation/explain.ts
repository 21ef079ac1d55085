import { planInForce } from '../completion/completion.js';
import { unsettledOn } from '../contradictions/contradictions.js';
import { finished, type Steps } from '../facts/steps.js';
import { type JournalEntry, journalInSteps } from '../project/journal.js';
import { evaluatedInSteps } from './alerts.js';
import { type Explanation, entriesIn, nodesOf } from './explanation.js';
import { Figures, isOfRules } from './figures.js';
import type { ExplainedMoment } from './moment.js';
import { notUsedIn } from './not-used.js';

/** A day after every other one. */
const lastDay = '9999-12-31';

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

/** The same in steps. */
export function* explainInSteps(moment: ExplainedMoment, figure: string): Steps<Explanation | undefined> {
  const { state, asOf, lexiconVersion, rules, latest } = moment;
  const evaluated = isOfRules(figure) ? yield* evaluatedInSteps(state, rules, asOf) : undefined;
  const unsettled = figure === 'contradictions' ? yield* unsettledOn(state.contradictions, asOf) : undefined;
  const found = new Figures(moment, { evaluated, unsettled }).find(figure);
  if (!found) return undefined;
  yield;
  const nodes = nodesOf(found.term);
  const plan = planInForce(state.completion.facts, asOf);
  const used = entriesIn(nodes);
  if (plan) used.add(plan.id);
  yield;
  const { entries: known } = yield* journalInSteps(state.journal, lastDay);
  const later = yield* laterEntries(known.length, latest);
  return {
    figure,
    plan: plan ? { version: plan.data.version, entry: plan.id } : null,
    lexiconVersion,
    rulesVersion: rules.version,
    nodes,
    entries: known.filter(({ id }) => used.has(id)),
    ...notUsedIn({ known, later, asOf, used }, found.why),
  };
}

/** The figures that `explain` has for a project at a moment. */
export function explainable(moment: ExplainedMoment): string[] {
  const { state, asOf, rules } = moment;
  const figures = new Figures(moment, { evaluated: finished(evaluatedInSteps(state, rules, asOf)) });
  const items = planInForce(state.completion.facts, asOf)?.data.items ?? [];
  return [...figures.names(items.map(({ id }) => id)), 'contradictions'];
}

/** The entries that were recorded after the known ones. */
function* laterEntries(known: number, latest: ExplainedMoment['latest']): Steps<readonly JournalEntry[]> {
  if (!latest || latest.journal.lines.length <= known) return [];
  const { entries } = yield* journalInSteps(latest.journal, lastDay);
  return entries.slice(known);
}
