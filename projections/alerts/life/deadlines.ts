import type { Alert } from '../../../domain/alerts/alert.js';
import type { Deadline } from '../../../domain/alerts/events.js';
import { isAbove, type LadderStep, type Severity } from '../../../domain/governance/rules.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import type { LadderContext } from './context.js';
import { pausedBy } from './exemptions.js';

/** The ladder step of a severity, if it has one. */
export function stepOf(severity: Severity, { rules }: LadderContext): LadderStep | undefined {
  return rules.ladder.find((step) => step.severity === severity);
}

/** The step above a severity for a missed answer, if there is one. */
export function stepAbove(severity: Severity, { rules }: LadderContext): LadderStep | undefined {
  return rules.ladder.find((step) => isAbove(step.severity, severity));
}

/** The duty of a step, with an answer due some working days after a day. */
export function deadlineOf(
  { duty, answerWithinDays }: LadderStep,
  on: Day,
  context: LadderContext,
): Deadline {
  return { duty, dueOn: context.afterWorkingDays(on, answerWithinDays) };
}

/**
 * The last day to answer an alert (inclusive), including everything that pauses its deadline: an acknowledgement whose
 * day is still to come, muted time, exemptions. One that eased has the full time of its lower step. Null if no deadline
 * runs, as on a severity without a step.
 */
export function answerDueOn(alert: Alert, context: LadderContext): Day | null {
  const { deadline, askedOn, acknowledged, unmutedOn, easedOn, toldOn } = alert;
  const step = stepOf(alert.severity, context);
  if (!deadline || !step || alert.status === 'cleared' || alert.mutedBy !== undefined) return null;
  const began = latest(askedOn ?? toldOn, unmutedOn ?? null, easedOn ?? null);
  const isWhole = unmutedOn !== undefined || easedOn !== undefined;
  const whole = isWhole ? context.afterWorkingDays(began, step.answerWithinDays) : null;
  return pausedBy(alert, began, latest(deadline.dueOn, acknowledged?.dueOn ?? null, whole), context);
}

/** The day of the next reminder, ignoring silence and exemptions; null if the ladder has no step for it. */
export function reminderDueOn(alert: Alert, context: LadderContext): Day | null {
  const step = stepOf(alert.severity, context);
  if (!step || alert.status === 'cleared' || alert.mutedBy !== undefined) return null;
  const { acknowledged, toldOn } = alert;
  return latest(
    context.afterWorkingDays(toldOn, step.remindEveryDays),
    acknowledged ? addDays(acknowledged.dueOn, 1) : null,
  );
}

/** The latest of some days; nulls are ignored. */
export function latest(day: Day, ...others: (Day | null)[]): Day {
  return others.reduce((last: Day, other) => (other !== null && other > last ? other : last), day);
}

/** The earlier of two days; null if there is none. */
export function earlier(one: Day | null, other: Day | null): Day | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
