import type { AdoptedRules } from '../../domain/governance/rules.js';
import { markedAs } from '../../domain/values/day-marks.js';
import { type Day, dayNumber, dayOf } from '../../domain/values/days/calendar.js';
import type { ProjectRow } from '../project/project.js';
import { lightsOf } from './lights.js';
import type { ProjectSoFar } from './project-so-far.js';
import type { RowStep } from './row-step.js';

/** The row of a project on a day without further entries. */
export function rowOn(day: Day, soFar: ProjectSoFar, rules: AdoptedRules): ProjectRow {
  soFar.lookOn(dayNumber(day));
  return { ...rowOf(soFar), light: lightsOf(soFar, soFar.rulesInForce(rules)).on(dayNumber(day)) };
}

/** The rows from a day on until another one, exclusive, without further entries. */
export function stepsBetween(
  day: number,
  until: number,
  soFar: ProjectSoFar,
  rules: AdoptedRules,
): RowStep[] {
  const steps: RowStep[] = [];
  for (let on = day; on < until; ) {
    const next = Math.min(until, soFar.nextChangeAfter(on));
    soFar.lookOn(on);
    const row = rowOf(soFar);
    const lights = lightsOf(soFar, soFar.rulesInForce(rules)).between(on, next);
    for (const { from, light } of lights) steps.push({ from: dayOf(from), row: { ...row, light } });
    on = next;
  }
  return steps;
}

function rowOf(soFar: ProjectSoFar): ProjectRow {
  const { name, aliases, district, sector, owner, phase } = soFar.details;
  return {
    project: soFar.project,
    name,
    ...(aliases ? { aliases } : {}),
    ...(district ? { district } : {}),
    ...(sector ? { sector } : {}),
    ...(owner ? { owner } : {}),
    ...(phase ? { phase } : {}),
    stage: soFar.stage,
    isSuspended: soFar.isSuspended,
    hasPlan: soFar.table.plan !== undefined,
    completion: soFar.completion,
    investment: investedOf(soFar),
    annualPlan: soFar.annualPlan,
    stalls: soFar.stallsShown,
    lastReportOn: soFar.lastReport,
    ...markedAs('lastReportOnExactness', soFar.lastReportOnExactness),
    openContradictions: soFar.openContradictions,
    light: null,
  };
}

function investedOf({ money }: ProjectSoFar): ProjectRow['investment'] {
  const { headline } = money;
  if (!headline) return null;
  const { amount, report } = headline;
  return {
    sinceStartMinor: amount.amountMinor,
    currency: amount.currency,
    basis: report.data.basis,
    shareOfPlanBasisPoints: money.shareOfPlan()?.point ?? null,
    asOf: report.asOf,
    entry: report.id,
  };
}
