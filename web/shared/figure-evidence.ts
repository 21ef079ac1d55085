import type { Day } from '../../domain/values/days/calendar.js';
import { completionEvidence } from '../../projections/completion/figure-evidence.js';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import { reportsOn, stagesUpTo } from '../../projections/facts/identity.js';
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
      return [...(stage ? [stage.entry] : []), ...(isSuspended ? pauseOn(state, asOf) : [])];
    case 'report':
      return lastReportOn === null ? [] : reportsOn(state.identity, lastReportOn).map(({ id }) => id);
    case 'contradictions':
      return contradictions.view(state.contradictions, asOf).open.flatMap(({ entries }) => entries);
  }
}

function pauseOn({ identity }: ProjectState, asOf: Day): string[] {
  const { pause } = stagesUpTo(identity, asOf);
  return pause ? [pause.id] : [];
}
