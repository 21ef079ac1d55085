import { defaultRules } from '../../domain/governance/rules.js';
import type { RecordedEvent } from '../../domain/project/events.js';
import { planTree } from '../../domain/project/plan.js';
import type { Day } from '../../domain/values/calendar.js';
import { yearOf } from '../../domain/values/calendar.js';
import { type Fact, upTo } from '../facts/facts.js';
import { finished, inParts, type Steps } from '../facts/steps.js';
import type { Basis } from '../money/investment.js';
import type { ProjectState } from '../project/project.js';
import { IncrementalRow } from '../rows/incremental-row.js';
import { plannedBasisPoints, weightedLeaves } from '../schedule/planned.js';
import type { ScheduleFact } from '../schedule/schedule.js';

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
  const said = new Said();
  let step = 0;
  for (const [index, fact] of facts.entries()) {
    said.take(fact);
    const { asOf } = fact;
    if (facts[index + 1]?.asOf === asOf) continue;
    while ((steps[step + 1]?.from ?? '9999-12-31') <= asOf) step += 1;
    const row = steps[step]?.row;
    if (!row || (from !== undefined && asOf < from)) continue;
    const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints } = row.completion;
    points.push({
      asOf,
      floorBasisPoints,
      percentBasisPoints,
      ceilingBasisPoints,
      ...said.on(asOf),
      openStalls: row.stalls.length,
    });
    if (points.length % pointsInAStep === 0) yield;
  }
  return points;
}

const pointsInAStep = 200;

/** The plan and the money of a project after a prefix of its facts. */
class Said {
  private leaves = weightedLeaves(planTree([]));
  private sinceStart: Fact<'InvestmentReported'> | undefined;
  private report: Fact<'InvestmentReported'> | undefined;

  take(fact: ScheduleFact): void {
    if (fact.type === 'PlanAdopted') this.leaves = weightedLeaves(planTree(fact.data.items));
    if (fact.type !== 'InvestmentReported') return;
    this.report = fact;
    if (fact.data.span === 'since-start') this.sinceStart = fact;
  }

  /** As in `investment`: the money of a year is its figure only in that year. */
  on(asOf: Day): Pick<SeriesPoint, 'plannedBasisPoints' | 'sinceStartMinor' | 'currency' | 'basis'> {
    const { sinceStart, report } = this;
    const lead = sinceStart ?? (report && yearOf(report.asOf) === yearOf(asOf) ? report : undefined);
    return {
      plannedBasisPoints: plannedBasisPoints(this.leaves, asOf),
      sinceStartMinor: sinceStart?.data.amount.amountMinor ?? null,
      currency: lead?.data.amount.currency ?? null,
      basis: lead?.data.basis ?? null,
    };
  }
}
