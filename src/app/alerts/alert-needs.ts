import { isAbove, lightRank } from '../../../domain/governance/rules.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { DueDay, ProjectNeed } from './alerts.js';
import { isEarlier } from './by-project/groups.js';
import { type OpenAlert, stateOf } from './by-project/open-alerts.js';

/** A project that needs action, with its most urgent alert. */
interface Need extends Omit<ProjectNeed, 'first'> {
  first: OpenAlert;
}

/**
 * True if an open alert asks somebody to act on a day: it is red or yellow, neither muted nor silenced, and nobody
 * acknowledged it, or the day by which it was to be answered has passed.
 */
function needsAction(alert: OpenAlert, today: Day): boolean {
  return alert.severity !== 'blue' && stateOf(alert, today) === 'waiting';
}

/** The projects with alerts that ask somebody to act, the most urgent first: by severity, then by deadline. */
export function needsOf(open: readonly OpenAlert[], today: Day): Need[] {
  const byProject = new Map<string, Need>();
  for (const alert of open) {
    if (!needsAction(alert, today)) continue;
    const { project, of, severity, dueOn } = alert;
    const known = byProject.get(project);
    if (!known) byProject.set(project, { project, of, severity, dueOn, alerts: 1, first: alert });
    else {
      known.alerts += 1;
      if (isMoreUrgent(alert, known.first)) Object.assign(known, { of, severity, dueOn, first: alert });
    }
  }
  return [...byProject.values()].sort(
    (a, b) =>
      lightRank(b.severity) - lightRank(a.severity) ||
      (a.dueOn === b.dueOn ? (a.project < b.project ? -1 : 1) : isEarlier(a.dueOn, b.dueOn) ? -1 : 1),
  );
}

/** Whatever the order in which alerts are read, the same one is the most urgent: the latest raised of equal ones. */
function isMoreUrgent(one: OpenAlert, other: OpenAlert): boolean {
  if (one.severity !== other.severity) return isAbove(one.severity, other.severity);
  if (one.dueOn !== other.dueOn) return isEarlier(one.dueOn, other.dueOn);
  return one.raisedAt === other.raisedAt ? one.alert < other.alert : one.raisedAt > other.raisedAt;
}

/** The deadlines of some projects, the earliest first; those of the past too. */
export function dueDaysOf(needs: readonly Pick<ProjectNeed, 'dueOn' | 'severity'>[]): DueDay[] {
  const byDay = new Map<Day, DueDay>();
  for (const { dueOn, severity } of needs) {
    if (dueOn === null) continue;
    const day = byDay.get(dueOn) ?? { on: dueOn, projects: 0, severity };
    day.projects += 1;
    if (isAbove(severity, day.severity)) day.severity = severity;
    byDay.set(dueOn, day);
  }
  return [...byDay.values()].sort((a, b) => (isEarlier(a.on, b.on) ? -1 : 1));
}
