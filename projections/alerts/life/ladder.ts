import type { Alert, AlertLife, Changing } from '../../../domain/alerts/alert.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import type { LadderContext } from './context.js';
import { answerDueOn, deadlineOf, earlier, latest, reminderDueOn, stepAbove, stepOf } from './deadlines.js';
import { exemptionEndOn, exemptionOf, firstDayAfterExemptions } from './exemptions.js';
import { climbsWords, reminderWords, staysWords } from './step-words.js';

/** The ladder's event for an open alert on a day: an escalation or a reminder. */
export function ladderStep(alert: Alert, context: LadderContext, on: Day): Changing | undefined {
  if (isQuiet(alert, context, on)) return undefined;
  const dueOn = answerDueOn(alert, context);
  if (dueOn !== null && dueOn < on) {
    const missed = missedStep(alert, dueOn, context, on);
    if (missed) return missed;
  }
  const remindOn = reminderDueOn(alert, context);
  // On the last day to answer no reminder is sent: the next day's event replaces it.
  if (remindOn === null || on < remindOn || on === dueOn) return undefined;
  const { alert: id, reminders } = alert;
  return { type: 'AlertReminded', data: { alert: id, number: reminders + 1, reason: reminderWords(alert) } };
}

/**
 * The next day after `on` on which `alertSteps` returns something without a further event: a missed deadline, a
 * reminder, the end of a silence or an exemption, the day until which open alerts wait for a clock that went back. Null
 * if there is none.
 *
 * The end of an exemption always counts, because only then the suppressed alerts are known.
 *
 * @param context.of the project now; by default, as it was when each alert was raised
 */
export function nextStepOn(
  life: AlertLife,
  context: LadderContext & { of?: Alert['of'] },
  on: Day,
): Day | null {
  const of = context.of ?? life.alerts.at(-1)?.of;
  const days = life.alerts.map((alert) => {
    if (alert.status === 'cleared') return null;
    const present = { ...alert, of: context.of ?? alert.of };
    return earlier(later(on, evaluatedOn(alert)), nextLadderOn(present, context, on));
  });
  return [exemptionEndOn(life.project, of, context.rules, on), ...days].reduce(earlier, null);
}

/** The last day with an event of an alert from the facts of that day. */
export function evaluatedOn({ toldOn, revisedOn }: Alert): Day {
  return latest(toldOn, revisedOn ?? null);
}

function nextLadderOn(alert: Alert, context: LadderContext, on: Day): Day | null {
  const { rules } = context;
  const silentUntil = alert.silenced ? addDays(alert.silenced.until, 1) : null;
  const notBefore = (day: Day) =>
    firstDayAfterExemptions(alert, rules, latest(day, addDays(on, 1), silentUntil));
  const dueOn = answerDueOn(alert, context);
  const remindOn = reminderDueOn(alert, context);
  const isAsked = dueOn !== null && missedStep(alert, dueOn, context, dueOn) !== undefined;
  const missedOn = isAsked ? notBefore(addDays(dueOn, 1)) : null;
  if (remindOn === null) return missedOn;
  const reminded = notBefore(remindOn);
  return earlier(missedOn, reminded === dueOn ? notBefore(addDays(reminded, 1)) : reminded);
}

/** Muted, silenced or exempt: it is open, and no answer is requested. */
function isQuiet(alert: Alert, { rules }: LadderContext, on: Day): boolean {
  const { mutedBy, silenced } = alert;
  return (
    mutedBy !== undefined ||
    (silenced !== undefined && silenced.until >= on) ||
    exemptionOf(alert, rules, on) !== undefined
  );
}

/** The day to answer has passed: the alert escalates, or at the top it is repeated with a new deadline. */
function missedStep(alert: Alert, missedOn: Day, context: LadderContext, on: Day): Changing | undefined {
  const { alert: id, severity, rulesVersion, since, anchor, evidence, reminders, clears } = alert;
  const next = stepAbove(severity, context);
  if (next && clears) {
    const to = next.severity;
    const reason = climbsWords(alert, missedOn, to, next.duty);
    const facts = { rulesVersion, since, anchor, evidence, reason, clears };
    const deadline = deadlineOf(next, on, context);
    return {
      type: 'AlertEscalated',
      data: { alert: id, from: severity, to, because: 'deadline', ...facts, deadline },
    };
  }
  const step = stepOf(severity, context);
  if (!step) return undefined;
  const reason = staysWords(alert, missedOn, step.duty);
  const deadline = deadlineOf(step, on, context);
  return { type: 'AlertReminded', data: { alert: id, number: reminders + 1, reason, deadline } };
}

function later(on: Day, day: Day): Day | null {
  return day > on ? day : null;
}
