import type { Day, Instant } from '../../../domain/values/calendar.js';
import type { Alert, Changing, Raising } from './alert.js';
import { isAbove } from './deadlines.js';

/** When and by whom an event of an alert was recorded. */
export interface Said {
  /** The business day. */
  on: Day;
  at: Instant;
  by: string;
  /** Id of the event. */
  entry: string;
  position: number;
}

/** A newly raised alert; a reopened one keeps only its silence. */
export function raised(project: string, data: Raising['data'], said: Said, before?: Alert): Alert {
  return {
    ...data,
    project,
    status: 'open',
    raisedOn: said.on,
    raisedAt: said.at,
    toldOn: said.on,
    reminders: 0,
    ...(data.deadline ? { askedOn: said.on } : {}),
    ...(before?.silenced ? { silenced: before.silenced } : {}),
    position: said.position,
  };
}

/** An alert after one more event. */
export function changed(alert: Alert, step: Changing, said: Said): Alert {
  const { on, at, by, entry, position } = said;
  const now = { ...alert, position };
  switch (step.type) {
    case 'AlertEscalated': {
      const { to, because, rulesVersion, since, anchor, evidence, clears, cause, deadline } = step.data;
      // After a missed deadline the alert still states its condition, not the missing answer.
      const reason = because === 'threshold' ? step.data.reason : alert.reason;
      const { isByDeadline: _, ...rest } = withDeadline(now, deadline, on);
      const facts = { severity: to, rulesVersion, since, anchor, evidence, reason, clears };
      return {
        ...rest,
        ...facts,
        ...(cause === undefined ? {} : { cause }),
        toldOn: on,
        ...(because === 'deadline' ? { isByDeadline: true as const } : {}),
      };
    }
    case 'AlertRevised': {
      const { alert: _, ...facts } = step.data;
      const eased = isAbove(alert.severity, facts.severity) ? { easedOn: on } : {};
      return { ...now, ...facts, ...eased, revisedOn: on };
    }
    case 'AlertReminded': {
      const { number, deadline } = step.data;
      return { ...(deadline ? withDeadline(now, deadline, on) : now), reminders: number, toldOn: on };
    }
    case 'AlertAcknowledged': {
      const answered = alert.deadline && { ...alert.deadline, dueOn: step.data.dueOn };
      return { ...withDeadline(now, answered, on), acknowledged: { ...step.data, by, at, entry } };
    }
    case 'AlertSilenced':
      return { ...now, silenced: { ...step.data, by, at, entry } };
    case 'AlertMuted':
      return muted(now, step.data.mutedBy, on);
    case 'AlertCleared': {
      const { alert: _, ...cleared } = step.data;
      return {
        ...withDeadline(now, undefined, on),
        status: 'cleared',
        clears: null,
        cleared: { ...cleared, on, at },
      };
    }
  }
}

function muted(alert: Alert, mutedBy: string | null, on: Day): Alert {
  const { mutedBy: _, unmutedOn: __, ...rest } = alert;
  if (mutedBy !== null) return { ...rest, mutedBy };
  return { ...rest, unmutedOn: on, toldOn: on > alert.toldOn ? on : alert.toldOn };
}

/** A new deadline starts in full on its day, whatever muted the alert before. */
function withDeadline(alert: Alert, deadline: Alert['deadline'], on: Day): Alert {
  const { deadline: _, askedOn: __, unmutedOn: ___, easedOn: ____, ...rest } = alert;
  return deadline ? { ...rest, deadline, askedOn: on } : rest;
}
