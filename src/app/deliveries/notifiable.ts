import type { AlertCause, AlertEventType } from '../../../domain/alerts/events.js';
import type { AlertChoice } from '../../../domain/governance/events.js';
import { type RuleKind, type Severity, severities } from '../../../domain/governance/rules.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Day } from '../../../domain/values/calendar.js';

/** What decides who is told of an alert, as it is after an event; plain JSON. */
export interface Notifiable {
  project: string;
  district?: string;
  sector?: string;
  rule: RuleKind;
  cause: AlertCause;
  severity: Severity;
  /** Whose duty it is, when it stands under a deadline. */
  role?: string;
  isOpen: boolean;
  isMuted: boolean;
  /** Position of the event that raised it. */
  raisedBy: number;
  /** Not told up to this day, inclusive. */
  silencedUntil?: Day;
}

type HappeningType = Exclude<AlertEventType, 'NoticeSent' | 'NoticeFailed'>;

/** What decides who is told of an alert after one more event of it; undefined for one that was never raised. */
export function notifiableAfter(
  before: Notifiable | undefined,
  event: AnyRecordedEvent<AlertEventType>,
): Notifiable | undefined {
  if (event.type === 'AlertRaised') {
    const { rule, cause, severity, of, deadline, mutedBy } = event.data;
    const { district, sector } = of;
    return {
      project: event.stream.slice('alerts-'.length),
      ...(district === undefined ? {} : { district }),
      ...(sector === undefined ? {} : { sector }),
      rule,
      cause,
      severity,
      ...(deadline ? { role: deadline.duty.role } : {}),
      isOpen: true,
      isMuted: mutedBy !== undefined,
      raisedBy: event.position,
      ...(before?.silencedUntil ? { silencedUntil: before.silencedUntil } : {}),
    };
  }
  return before && changed(before, event);
}

function changed(before: Notifiable, event: AnyRecordedEvent<AlertEventType>): Notifiable {
  switch (event.type) {
    case 'AlertEscalated':
      return { ...before, severity: event.data.to, ...roleOf(event) };
    case 'AlertRevised':
      return { ...before, severity: event.data.severity };
    case 'AlertReminded':
      return { ...before, ...roleOf(event) };
    case 'AlertSilenced':
      return { ...before, silencedUntil: event.data.until };
    case 'AlertMuted':
      return { ...before, isMuted: event.data.mutedBy !== null };
    case 'AlertCleared':
      return { ...before, isOpen: false };
    case 'AlertRaised':
    case 'AlertAcknowledged':
    case 'NoticeSent':
    case 'NoticeFailed':
      return before;
  }
}

function roleOf({ data }: AnyRecordedEvent<'AlertEscalated' | 'AlertReminded'>): { role?: string } {
  return data.deadline ? { role: data.deadline.duty.role } : {};
}

/** Told whenever it happens; an alert that is no longer muted is told like one that is raised. */
const isTold: Readonly<Record<HappeningType, boolean>> = {
  AlertRaised: true,
  AlertEscalated: true,
  AlertReminded: true,
  AlertMuted: true,
  AlertCleared: true,
  AlertRevised: false,
  AlertAcknowledged: false,
  AlertSilenced: false,
};

/**
 * True for an event that subscribers are told of, given the alert as it is after it: not while it is muted or silenced, the
 * silence's last day included. That it is cleared is told always, to those whom it concerns (`concernsEnd`).
 */
export function isNotified(alert: Notifiable, event: AnyRecordedEvent<AlertEventType>): boolean {
  if (event.type === 'NoticeSent' || event.type === 'NoticeFailed' || !isTold[event.type]) return false;
  if (event.type === 'AlertCleared') return true;
  const isSilenced = alert.silencedUntil !== undefined && event.entry.asOf <= alert.silencedUntil;
  return alert.isOpen && !alert.isMuted && !isSilenced;
}

/**
 * True for a subscriber who is told that an alert is over: who was told of it, or who subscribed while it stood unmuted and chose
 * such alerts.
 */
export function concernsEnd(
  alert: Notifiable,
  { choice, since }: { choice: AlertChoice; since: number },
  wasTold: boolean,
): boolean {
  return wasTold || (since > alert.raisedBy && !alert.isMuted && isChosen(choice, alert));
}

/** True when an alert fits a choice: every member that is present, with any of its values. */
export function isChosen(choice: AlertChoice, alert: Notifiable): boolean {
  const { projects, districts, sectors, rules, atLeast, roles } = choice;
  return (
    fits(projects, alert.project) &&
    fits(districts, alert.district) &&
    fits(sectors, alert.sector) &&
    fits(rules, alert.rule) &&
    fits(roles, alert.role) &&
    (atLeast === undefined || severities.indexOf(alert.severity) >= severities.indexOf(atLeast))
  );
}

function fits(values: readonly string[] | undefined, value: string | undefined): boolean {
  return values === undefined || (value !== undefined && values.includes(value));
}
