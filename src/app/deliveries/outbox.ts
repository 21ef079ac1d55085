import type { AlertCause, AlertEventType } from '../../../domain/alerts/events.js';
import type { Severity } from '../../../domain/governance/rules.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import type { Views } from '../views/views.js';

/** A pending alert event of a subscription. */
export interface Waiting {
  position: number;
  /** Id of the event. */
  event: string;
  type: AlertEventType;
  alert: string;
  project: string;
  cause: AlertCause;
  correlation: string;
  severity: Severity;
  recordedAt: Instant;
  /** When it was recorded, or when its subscription was resumed. */
  waitsSince: Instant;
  /** Failed attempts so far. */
  attempts: number;
  failingSince?: Instant;
  /** Not before. */
  nextAt?: Instant;
  /** The notice that contained it at a failed attempt. */
  notice?: string;
}

const columns = `position, event, type, alert, project, cause, correlation, severity, recorded_at, waits_since, attempts,
  failing_since, next_at, notice`;

/** Reads pending notices from the view `outbox`. */
export class Outbox {
  constructor(private readonly views: Pick<Views, 'rows'>) {}

  /** The pending events of a subscription, oldest first, up to a limit. */
  waiting(subscription: string, limit: number): Waiting[] {
    const sql = `SELECT ${columns} FROM outbox WHERE subscription = ? ORDER BY position LIMIT ?`;
    return this.views.rows(sql, subscription, limit).map(waitingOf);
  }

  /** The pending events of some alerts for a subscription, from a position on (inclusive), oldest first. */
  ofAlerts(subscription: string, alerts: readonly string[], from: number): Waiting[] {
    const sql = `SELECT ${columns} FROM outbox WHERE subscription = ? AND position >= ?
      AND alert IN (SELECT value FROM json_each(?)) ORDER BY position`;
    return this.views.rows(sql, subscription, from, JSON.stringify(alerts)).map(waitingOf);
  }

  /** True if a red event is pending for a subscription. */
  hasRed(subscription: string): boolean {
    const sql = `SELECT 1 FROM outbox WHERE subscription = ? AND severity = 'red' LIMIT 1`;
    return this.views.rows(sql, subscription).length > 0;
  }

  /** Subscriptions with pending events after a position (exclusive) and up to another. */
  subscriptions(after: number, upTo: number): string[] {
    const sql = 'SELECT DISTINCT subscription FROM outbox WHERE position > ? AND position <= ?';
    return this.views.rows(sql, after, upTo).map((row) => String(row.subscription));
  }

  /** Notices given up since the subscription last accepted one. */
  givenUp(subscription: string): { count: number; since?: Instant } {
    const sql = 'SELECT count(*) AS count, min(at) AS since FROM outbox_given_up WHERE subscription = ?';
    const [row] = this.views.rows(sql, subscription);
    return { count: Number(row?.count ?? 0), ...(row?.since ? { since: String(row.since) } : {}) };
  }
}

function waitingOf(row: ReturnType<Views['rows']>[number]): Waiting {
  return {
    position: Number(row.position),
    event: String(row.event),
    type: String(row.type) as AlertEventType,
    alert: String(row.alert),
    project: String(row.project),
    cause: String(row.cause) as AlertCause,
    correlation: String(row.correlation),
    severity: String(row.severity) as Severity,
    recordedAt: String(row.recorded_at),
    waitsSince: String(row.waits_since),
    attempts: Number(row.attempts),
    ...(row.failing_since === null ? {} : { failingSince: String(row.failing_since) }),
    ...(row.next_at === null ? {} : { nextAt: String(row.next_at) }),
    ...(row.notice === null ? {} : { notice: String(row.notice) }),
  };
}
