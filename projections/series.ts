import type { Day } from '../src/domain/calendar.js';
import { planTree } from '../src/domain/plan.js';
import { completion, planInForce } from './completion.js';
import { upTo } from './facts.js';
import { type Basis, investment } from './investment.js';
import { plannedBasisPoints, weightedLeaves } from './planned.js';
import type { ProjectState } from './project.js';
import { stalls } from './stalls.js';

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
/** One point for each day from `from` to `to`, both inclusive, that an entry for a figure is about, oldest first. */
export function projectSeries(state: ProjectState, { from, to }: { from?: Day; to: Day }): SeriesPoint[] {
  // What the schedule keeps is all that any of the figures is made of.
  const days = new Set(upTo(state.schedule.facts, to).map((fact) => fact.asOf));
  return [...days].filter((day) => from === undefined || day >= from).map((day) => pointOn(state, day));
}

function pointOn(state: ProjectState, asOf: Day): SeriesPoint {
  const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints } = completion.view(
    state.completion,
    asOf,
  );
  const { sinceStartMinor, currency, basis } = investment.view(state.investment, asOf);
  const plan = planInForce(state.completion.facts, asOf);
  return {
    asOf,
    floorBasisPoints,
    percentBasisPoints,
    ceilingBasisPoints,
    plannedBasisPoints: plannedBasisPoints(weightedLeaves(planTree(plan?.data.items ?? [])), asOf),
    sinceStartMinor,
    currency,
    basis,
    openStalls: stalls.view(state.stalls, asOf).episodes.filter((episode) => episode.status === 'open')
      .length,
  };
}
