import { type Alert, alertAfter } from '../../../domain/alerts/alert.js';
import type { AlertEvent, AlertEventType } from '../../../domain/alerts/events.js';
import type { AlertChoice } from '../../../domain/governance/events.js';
import { isAbove } from '../../../domain/governance/rules.js';
import { type ByLanguage, isCalled } from '../../../domain/values/by-language.js';

/** An alert after an event, with what else decides who is notified of it; plain JSON. */
export interface Notifiable {
  alert: Alert;
  /** Position of the event that raised it. */
  raisedBy: number;
  /** Whose duty it is; of a cleared alert whose duty it was. */
  role?: string;
}

/** An alert after one more event of it, as subscriptions look at it; undefined while it was never raised. */
export function notifiableAfter(before: Notifiable | undefined, event: AlertEvent): Notifiable | undefined {
  const alert = alertAfter(before?.alert, event);
  if (!alert) return undefined;
  const known = event.type === 'AlertRaised' ? undefined : before;
  const role = alert.deadline?.duty.role ?? known?.role;
  const raisedBy = known?.raisedBy ?? event.position;
  return { alert, raisedBy, ...(role === undefined ? {} : { role }) };
}

type HappeningType = Exclude<AlertEventType, 'NoticeSent' | 'NoticeFailed'>;

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
 * True for an event that subscribers get, given the alert after it: not while it is muted or silenced, including the
 * silence's last day. Clearing is always notified, to those concerned (`concernsEnd`).
 */
export function isNotified({ status, mutedBy, silenced }: Alert, event: AlertEvent): boolean {
  if (event.type === 'NoticeSent' || event.type === 'NoticeFailed' || !isTold[event.type]) return false;
  if (event.type === 'AlertCleared') return true;
  const isSilenced = silenced !== undefined && event.entry.asOf <= silenced.until;
  return status === 'open' && mutedBy === undefined && !isSilenced;
}

/** True if an event that subscribers get (`isNotified`) is for a subscription that was in force at it. */
export function isFor(
  notifiable: Notifiable,
  event: AlertEvent,
  subscription: { choice: AlertChoice; since: number },
  wasTold: boolean,
): boolean {
  return event.type === 'AlertCleared'
    ? concernsEnd(notifiable, subscription, wasTold)
    : isChosen(subscription.choice, notifiable);
}

/**
 * True for a subscriber to notify of a clearing: who was notified of the alert, or who subscribed while it was open,
 * unmuted and selected.
 */
function concernsEnd(
  notifiable: Notifiable,
  { choice, since }: { choice: AlertChoice; since: number },
  wasTold: boolean,
): boolean {
  const { alert, raisedBy } = notifiable;
  return wasTold || (since > raisedBy && alert.mutedBy === undefined && isChosen(choice, notifiable));
}

/** True when an alert fits a choice: every member that is present, with any of its values. */
function isChosen(choice: AlertChoice, { alert, role }: Notifiable): boolean {
  const { projects, districts, sectors, rules, atLeast, roles } = choice;
  return (
    fits(projects, alert.project) &&
    fitsText(districts, alert.of.district) &&
    fitsText(sectors, alert.of.sector) &&
    fits(rules, alert.rule) &&
    fits(roles, role) &&
    (atLeast === undefined || !isAbove(atLeast, alert.severity))
  );
}

function fitsText(values: readonly string[] | undefined, text: ByLanguage | undefined): boolean {
  return values === undefined || values.some((value) => isCalled(text, value));
}

function fits(values: readonly string[] | undefined, value: string | undefined): boolean {
  return values === undefined || (value !== undefined && values.includes(value));
}
