import type { Day } from '../../domain/values/calendar.js';
import { completionEvidence } from '../../projections/completion/figure-evidence.js';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import type { ProjectState } from '../../projections/project/project.js';
import type { ShownFigures } from './replay/replay.js';

/** The figures of a project that link to their own entries. */
export type EvidentFigure =
  | 'percent'
  | 'floor'
  | 'ceiling'
  | 'money'
  | 'share'
  | 'planned'
  | 'light'
  | 'stands'
  | 'stage'
  | 'report'
  | 'contradictions';

const noReports = new Set(['ProjectRegistered', 'ProjectDescribed', 'PlanAdopted', 'EntryWithdrawn']);

/** The ids of the entries behind a figure of a project on a day; computed on demand. */
export function evidenceOf(
  figure: EvidentFigure,
  shown: ShownFigures,
  state: ProjectState,
  asOf: Day,
): string[] {
  const { investment, completion, alerts, stalls, stage, isSuspended, lastReportOn } = shown;
  const plan = completion.plan ? [completion.plan.entry] : [];
  switch (figure) {
    case 'percent':
    case 'floor':
    case 'ceiling':
      return completionEvidence(state.completion.facts, asOf)[figure];
    case 'money':
      return investment.entry ? [investment.entry] : [];
    case 'share':
      return [
        ...(investment.entry ? [investment.entry] : []),
        ...(investment.shareIs === 'computed' ? plan : []),
      ];
    case 'planned':
      return plan;
    case 'light':
      return alerts.due
        .filter(({ severity }) => severity === alerts.light)
        .flatMap(({ evidence }) => evidence);
    case 'stands':
      return stalls.episodes.filter(({ status }) => status === 'open').flatMap(({ entries }) => entries);
    case 'stage':
      return [...(stage ? [stage.entry] : []), ...(isSuspended ? pausesUpTo(state, asOf) : [])];
    case 'report':
      return reportsOn(state, lastReportOn);
    case 'contradictions':
      return contradictions.view(state.contradictions, asOf).open.flatMap(({ entries }) => entries);
  }
}

function pausesUpTo({ identity }: ProjectState, asOf: Day): string[] {
  const last = identity.facts.findLast(
    (fact) => fact.type === 'StageEntered' && fact.data.stage === 'suspended' && fact.asOf <= asOf,
  );
  return last ? [last.id] : [];
}

function reportsOn({ journal }: ProjectState, day: Day | null): string[] {
  const withdrawn = new Set(
    journal.lines.flatMap((line) => (line.type === 'EntryWithdrawn' ? [line.data.entry] : [])),
  );
  return journal.lines
    .filter(({ id, type, entry }) => entry.asOf === day && !noReports.has(type) && !withdrawn.has(id))
    .map(({ id }) => id);
}
