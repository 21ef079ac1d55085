import { type AdoptedRules, type Severity, severities } from '../../domain/governance/rules.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { finished, type Steps } from '../facts/steps.js';
import type { ProjectFigures, ProjectState } from '../project/project.js';
import { type Due, dueInSteps, type Watched } from './due.js';
import { byKeyOf, isOvertaken } from './life/raising.js';
import type { ProjectDays } from './project-on-day.js';

/**
 * What the rules require for a project on a day, whether or not anybody was notified: equal for every point of both
 * clocks.
 */
export interface AlertsAt extends Pick<Due, 'notJudged' | 'nextOn'> {
  /** The highest severity due; null if none. */
  light: Severity | null;
  rulesVersion: number;
  /** Due alerts, most severe first; none for a day whose overdue one is due. */
  due: Watched[];
}

/**
 * The alerts due for a project on a day under given rules, with its light.
 *
 * @param known the figures of the project on that day, if already computed
 * @param days of the same project, where one day after another is shown
 */
export function alertsAt(
  state: ProjectState,
  rules: AdoptedRules,
  asOf: Day,
  known?: ProjectFigures,
  days?: ProjectDays,
): AlertsAt {
  return finished(alertsInSteps(state, rules, asOf, known, days));
}

/** The same in steps. */
export function* alertsInSteps(
  state: ProjectState,
  rules: AdoptedRules,
  asOf: Day,
  known?: ProjectFigures,
  days?: ProjectDays,
): Steps<AlertsAt> {
  const { watched, notJudged, nextOn } = yield* dueInSteps(state, rules, asOf, known, days);
  const byKey = byKeyOf(watched);
  const bySeverity = severities
    .toReversed()
    .flatMap((severity) => watched.filter((one) => one.severity === severity));
  // A copy has its words instead of what they are made from.
  const due = bySeverity.filter((one) => !isOvertaken(one, byKey)).map((one) => ({ ...one }));
  return { light: bySeverity[0]?.severity ?? null, rulesVersion: rules.version, due, notJudged, nextOn };
}
