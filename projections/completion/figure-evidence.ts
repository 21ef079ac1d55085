import type { Day } from '../../domain/values/days/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import { Completed } from './completed.js';
import { planInForce } from './completion.js';
import type { Bound } from './entries-behind.js';
import type { CompletionFact } from './reports.js';

/** The three figures of completion. */
export type CompletionFigure = 'floor' | 'percent' | 'ceiling';

export const boundOf: Readonly<Record<CompletionFigure, Bound>> = {
  floor: 'low',
  percent: 'point',
  ceiling: 'high',
};

/** The entries behind each figure of completion: those that raise the floor, state or imply the percent, limit the ceiling; the plan first. */
export function completionEvidence(
  facts: readonly CompletionFact[],
  asOf: Day,
): Record<CompletionFigure, string[]> {
  const plan = planInForce(facts, asOf);
  const completed = new Completed(facts, plan, asOf, shippedLexicon);
  const behind = (figure: CompletionFigure) => [
    ...(plan ? [plan.id] : []),
    ...completed.entriesOf(boundOf[figure]),
  ];
  return { floor: behind('floor'), percent: behind('percent'), ceiling: behind('ceiling') };
}
