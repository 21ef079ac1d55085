import { dueAlerts } from '../../../projections/alerts/due.js';
import type { Alert, StepContext } from '../../../projections/alerts/life/life.js';
import { applyToProject, emptyProjectState, type ProjectState } from '../../../projections/project.js';
import type { Day } from '../../domain/calendar.js';
import type { RecordedEvent } from '../../domain/events.js';
import type { AdoptedRules } from '../../domain/rules.js';

/** Entries recorded just before an alert that it may not have known, because both were written at once. */
const unknownToIt = 20;

/**
 * What ended an alert that is due no longer: the entry since which it has not been due, or the rules when none is.
 *
 * @param entries all entries of the project, oldest first
 * @param rulesEntry the event that adopted the rules in force
 */
export function clearedBy(
  alert: Alert,
  entries: readonly RecordedEvent[],
  by: { rules: AdoptedRules; rulesEntry: string | null; on: Day },
): ReturnType<StepContext['clearedBy']> {
  const states: ProjectState[] = [];
  for (const entry of entries) states.push(applyToProject(states.at(-1) ?? emptyProjectState(), entry));
  const since = entries.findIndex((entry) => entry.recordedAt >= alert.raisedAt);
  const first = Math.max(0, (since === -1 ? entries.length : since) - unknownToIt);
  for (let last = entries.length - 1; last > first; last--) {
    const [entry, before] = [entries[last], states[last - 1]];
    if (!entry || !before || !stands(alert, before, by)) continue;
    const isCorrection = entry.type === 'EntryWithdrawn' || entry.entry.corrects !== undefined;
    return { because: isCorrection ? 'correction' : 'fact', evidence: [entry.id] };
  }
  return { because: 'rules', evidence: by.rulesEntry === null ? [] : [by.rulesEntry] };
}

function stands(alert: Alert, state: ProjectState, { rules, on }: { rules: AdoptedRules; on: Day }): boolean {
  return dueAlerts(state, rules, on).watched.some(
    ({ rule, subject, severity, isHeld, anchor }) =>
      rule === alert.rule &&
      subject.kind === alert.subject.kind &&
      ('id' in subject ? subject.id : '') === ('id' in alert.subject ? alert.subject.id : '') &&
      (severity !== null || isHeld || anchor === alert.anchor),
  );
}
