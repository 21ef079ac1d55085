import { defaultRules } from '../../domain/governance/rules.js';
import type { RecordedEvent } from '../../domain/project/events.js';
import type { Basis } from '../../domain/project/facts/investment-reported.js';
import { type Day, dayNumber, lastDay } from '../../domain/values/days/calendar.js';
import { upTo } from '../facts/facts.js';
import { finished, inParts, type Steps } from '../facts/steps.js';
import { Money } from '../money/money.js';
import { planTableOf } from '../plan/plan-table.js';
import type { ProjectState } from '../project/project.js';
import { IncrementalRow } from '../rows/incremental-row.js';

/** The figures of a project at the end of a day on which something changed. */
export interface SeriesPoint {
  asOf: Day;
  floorBasisPoints: number;
  percentBasisPoints: number;
  ceilingBasisPoints: number;
  plannedBasisPoints: number | null;
  sinceStartMinor: number | null;
  currency: string | null;
  basis: Basis | null;
  openStalls: number;
}

/** One point for each day from `from` to `to`, both inclusive, with an entry for a figure, oldest first. */
export function projectSeries(state: ProjectState, between: { from?: Day; to: Day }): SeriesPoint[] {
  return finished(seriesInSteps(state, between));
}

/** The same in steps: one pass over all days, because each day's figures separately cost as much as all facts. */
export function* seriesInSteps(
  state: ProjectState,
  { from, to }: { from?: Day; to: Day },
): Steps<SeriesPoint[]> {
  // The schedule's state has everything that the figures are made of.
  const facts = upTo(state.schedule.facts, to);
  const [first] = facts;
  if (!first) return [];
  const walk = new IncrementalRow(defaultRules);
  const stream = `project-${state.identity.project ?? ''}`;
  for (const some of inParts(state.journal.lines)) {
    for (const line of some) walk.know({ ...line, stream, schema: 0 } as RecordedEvent);
    yield;
  }
  const steps = yield* walk.inStepsFrom(first.asOf);
  const points: SeriesPoint[] = [];
  const money = new Money();
  let { work } = planTableOf(undefined);
  let step = 0;
  for (const [index, fact] of facts.entries()) {
    if (fact.type === 'PlanAdopted') work = planTableOf(fact).work;
    if (fact.type === 'InvestmentReported' || fact.type === 'PlanAdopted') money.take(fact);
    const { asOf } = fact;
    if (facts[index + 1]?.asOf === asOf) continue;
    while ((steps[step + 1]?.from ?? lastDay) <= asOf) step += 1;
    const row = steps[step]?.row;
    if (!row || (from !== undefined && asOf < from)) continue;
    const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints } = row.completion;
    const lead = money.leadOn(asOf);
    points.push({
      asOf,
      floorBasisPoints,
      percentBasisPoints,
      ceilingBasisPoints,
      plannedBasisPoints: work.percentOn(dayNumber(asOf)),
      sinceStartMinor: row.investment?.sinceStartMinor ?? null,
      currency: lead?.amount.currency ?? null,
      basis: lead?.report.data.basis ?? null,
      openStalls: row.stalls.length,
    });
    if (points.length % pointsInAStep === 0) yield;
  }
  return points;
}

const pointsInAStep = 200;
