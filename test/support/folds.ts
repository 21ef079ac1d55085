import type { AdoptedRules, Severity } from '../../domain/governance/rules.js';
import type { RecordedEvent } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { omitUndefined } from '../../domain/values/omit-undefined.js';
import { type ContradictionsView, contradictions } from '../../projections/contradictions/contradictions.js';
import { FactIndex, FactsInOrder, type IndexedFact } from '../../projections/contradictions/fact-index.js';
import { allPlaced } from '../../projections/facts/places.js';
import { applyEvent, type Handlers } from '../../projections/facts/projection.js';
import { type JournalView, journal } from '../../projections/project/journal.js';
import {
  figuresAt,
  type ProjectFigures,
  type ProjectRow,
  type ProjectState,
} from '../../projections/project/project.js';
import { IncrementalRow } from '../../projections/rows/incremental-row.js';
import type { RowStep } from '../../projections/rows/row-step.js';

/** The figures of a project with its register of contradictions. */
export interface ProjectView extends ProjectFigures {
  contradictions: ContradictionsView;
}

/** Folds all entries of a project one by one, oldest first. */
export function fold<State>(
  projection: { readonly init: () => State; readonly on: Handlers<State> },
  events: readonly RecordedEvent[],
): State {
  let state = projection.init();
  for (const event of allPlaced(events)) state = applyEvent(projection, state, event);
  return state;
}

/** Every figure of a project on a day, and the register of contradictions. */
export function projectAt(state: ProjectState, asOf: Day): ProjectView {
  return { ...figuresAt(state, asOf), contradictions: contradictions.view(state.contradictions, asOf) };
}

/** The journal of a project up to a day. */
export function journalAt(state: ProjectState, asOf: Day): JournalView {
  return journal.view(state.journal, asOf);
}

/** One project as a row of a list, by its figures, with its light under the rules. */
export function rowOf(view: ProjectView, light: Severity | null): ProjectRow {
  const { name, aliases, district, sector, owner, phase } = view.details;
  const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints, coverageBasisPoints } = view.completion;
  const { sinceStartMinor, currency, basis, shareOfPlanBasisPoints, asOf, entry } = view.investment;
  const isReported =
    sinceStartMinor !== null && currency !== null && basis !== null && asOf !== null && entry !== null;
  return omitUndefined({
    project: view.project ?? '',
    name,
    aliases,
    district,
    sector,
    owner,
    phase,
    stage: view.stage?.stage ?? null,
    isSuspended: view.isSuspended,
    hasPlan: view.completion.plan !== null,
    completion: { floorBasisPoints, percentBasisPoints, ceilingBasisPoints, coverageBasisPoints },
    investment: isReported ? { sinceStartMinor, currency, basis, shareOfPlanBasisPoints, asOf, entry } : null,
    annualPlan: annualOf(view.investment),
    stalls: view.stalls.episodes
      .filter((episode) => episode.status === 'open')
      .map(({ status: _, clearedOn: __, ...shown }) => shown),
    lastReportOn: view.lastReportOn,
    ...(view.lastReportOnExactness ? { lastReportOnExactness: view.lastReportOnExactness } : {}),
    openContradictions: view.contradictions.open.length,
    light,
  });
}

/** The annual plan as a row has it, from the answer of the project. */
function annualOf({ annualPlan: plan, figures }: ProjectView['investment']): ProjectRow['annualPlan'] {
  if (!plan) return null;
  const { year, currency, plannedMinor, basis, shareOn, shareIs, elapsedBasisPoints, entries } = plan;
  const { shareBasisPoints, lowBasisPoints, highBasisPoints } = plan;
  if (basis === null || shareOn === null || shareIs === null || shareBasisPoints === null)
    return { year, currency, plannedMinor, done: null };
  const figure = figures.find(
    (one) =>
      one.basis === basis && one.currency === currency && one.period === String(year) && one.item === null,
  );
  const level = figure && figure.asOf >= shareOn ? figure : undefined;
  const part = (share: number | null) =>
    Number((BigInt(plannedMinor) * BigInt(share ?? 0) * 2n + 10_000n) / 20_000n);
  return {
    year,
    currency,
    plannedMinor,
    done: {
      basis,
      investedMinor: level?.amountMinor ?? part(shareBasisPoints),
      lowMinor: level?.lowMinor ?? part(lowBasisPoints),
      highMinor: level?.highMinor ?? part(highBasisPoints),
      isFromShare: !level,
      shareBasisPoints,
      lowBasisPoints: lowBasisPoints ?? 0,
      highBasisPoints: highBasisPoints ?? 0,
      shareIs,
      asOf: shareOn,
      elapsedBasisPoints,
      entry: level?.entry ?? entries[0] ?? '',
    },
  };
}

/** The steps of a project from a day on, inclusive, as its journal gives them. */
export function rowSteps(state: ProjectState, rules: AdoptedRules, since: Day): RowStep[] {
  const row = new IncrementalRow(rules);
  const stream = `project-${state.identity.project ?? ''}`;
  for (const line of state.journal.lines) row.know({ ...line, stream, schema: 0 } as RecordedEvent);
  return row.stepsFrom(since);
}

/** The fact index of facts in the order (asOf, place) that are all live together. */
export function factIndexOf(facts: readonly IndexedFact[]): FactIndex {
  return new FactIndex(new FactsInOrder(facts), () => true);
}
