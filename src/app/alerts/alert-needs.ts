import type { Alert } from '../../../domain/alerts/alert.js';
import { isAbove, lightRank } from '../../../domain/governance/rules.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { DueDay, ProjectNeed } from './alerts.js';

/**
 * True if an open alert asks somebody to act on a day: it is red or yellow, neither muted nor silenced, and nobody
 * acknowledged it, or the day by which it was to be answered has passed.
 */
function needsAction(alert: Alert, today: Day): boolean {
  const { status, severity, mutedBy, silenced, acknowledged } = alert;
  if (status !== 'open' || severity === 'blue' || mutedBy !== undefined) return false;
  if (silenced !== undefined && silenced.until >= today) return false;
  return acknowledged === undefined || acknowledged.dueOn < today;
}

/** The projects with alerts that ask somebody to act, the most urgent first: by severity, then by deadline. */
export class Needs {
  private readonly byProject = new Map<string, ProjectNeed>();

  constructor(private readonly today: Day) {}

  add(alert: Alert): void {
    if (!needsAction(alert, this.today)) return;
    const known = this.byProject.get(alert.project);
    const { severity } = alert;
    const dueOn = alert.acknowledged?.dueOn ?? alert.deadline?.dueOn ?? null;
    if (!known) {
      const { project, of } = alert;
      this.byProject.set(project, { project, of, severity, dueOn, alerts: 1, first: alert });
      return;
    }
    known.alerts += 1;
    if (isAbove(severity, known.severity) || (severity === known.severity && isEarlier(dueOn, known.dueOn)))
      Object.assign(known, { severity, dueOn, first: alert });
  }

  inOrder(): ProjectNeed[] {
    return [...this.byProject.values()].sort(
      (a, b) =>
        lightRank(b.severity) - lightRank(a.severity) ||
        (a.dueOn === b.dueOn ? (a.project < b.project ? -1 : 1) : isEarlier(a.dueOn, b.dueOn) ? -1 : 1),
    );
  }
}

/** The deadlines of some projects, the earliest first; those of the past too. */
export function dueDaysOf(needs: readonly ProjectNeed[]): DueDay[] {
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

/** No day is later than every day. */
function isEarlier(one: Day | null, other: Day | null): boolean {
  return one !== null && (other === null || one < other);
}
