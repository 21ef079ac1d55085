import type { AdoptedRules } from '../../domain/governance/rules.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { type AlertsAt, alertsInSteps } from '../alerts/alerts-at.js';
import { ProjectDays } from '../alerts/project-on-day.js';
import type { Found } from '../contradictions/contradictions.js';
import type { Steps } from '../facts/steps.js';
import {
  figuresInSteps,
  type ProjectFigures,
  type ProjectRow,
  type ProjectState,
} from '../project/project.js';
import { rowOn } from '../rows/row-on.js';

/** One project on a day as answers show it, with contradictions not yet in words. */
export interface Shown {
  figures: ProjectFigures;
  alerts: AlertsAt;
  /** Latest first. */
  found: readonly Found[];
}

/**
 * Every figure of a project on a day, its alerts and its contradictions, in steps.
 *
 * @param days of the same project, if they are known
 */
export function* shownInSteps(
  state: ProjectState,
  rules: AdoptedRules,
  asOf: Day,
  days = new ProjectDays(state),
): Steps<Shown> {
  const soFar = yield* days.on(asOf);
  const figures = yield* figuresInSteps(state, asOf, soFar);
  yield;
  const alerts = yield* alertsInSteps(state, rules, asOf, figures, days);
  return { figures, alerts, found: yield* days.register.on(state.contradictions, asOf, soFar) };
}

/** One project as a row on a day, in steps. */
export function* rowInSteps(
  state: ProjectState,
  rules: AdoptedRules,
  asOf: Day,
  days = new ProjectDays(state),
): Steps<ProjectRow> {
  return rowOn(asOf, yield* days.on(asOf), rules);
}
