import type { Alert } from '../../../../domain/alerts/alert.js';
import type { Day } from '../../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../../domain/values/omit-undefined.js';
import type { Views } from '../../views/views.js';
import type { AlertState } from '../alerts.js';

/** What an open alert is chosen, counted and ordered by; its words are read for the alerts that are shown. */
export interface OpenAlert
  extends Pick<Alert, 'alert' | 'project' | 'of' | 'rule' | 'severity' | 'raisedAt'> {
  status: 'open';
  /** The day by which it is to be answered; null without a deadline. */
  dueOn: Day | null;
  /** Whose duty it is; absent without a deadline. */
  role?: string;
  owner?: { name: string; until: Day };
  /** The last day of its silence. */
  silentUntil?: Day;
  isMuted: boolean;
}

/** How far an open alert is answered on a day: an owner or a silence counts up to its day, inclusive. */
export function stateOf({ owner, silentUntil, isMuted }: OpenAlert, today: Day): AlertState {
  if (isMuted || (silentUntil !== undefined && silentUntil >= today)) return 'quiet';
  return owner && owner.until >= today ? 'in-hand' : 'waiting';
}

/** Alerts read between two turns; each takes a look-up. */
const batch = 100;

const changedSql = `SELECT DISTINCT alert, project FROM alert_event
  WHERE position > ? AND position <= ? AND type NOT IN ('NoticeSent', 'NoticeFailed')`;

/** What the list of open alerts reads from. */
interface Sources {
  views: Views;
  /** Yields to other work. */
  turn: () => Promise<void>;
  /** The alerts that are open at a position. */
  openAt(position: number): Promise<readonly Pick<Alert, 'alert' | 'project'>[]>;
  /** Finds alerts as they were at a position. */
  alertsAt(position: number): (of: Pick<Alert, 'alert' | 'project'>) => Alert;
}

/** The open alerts of all projects; those of the latest position asked for are cached, and continued by what changed. */
export class OpenAlerts {
  private cached: { position: number; alerts: Map<string, OpenAlert> } | undefined;
  private working: Promise<unknown> = Promise.resolve();

  constructor(private readonly sources: Sources) {}

  /** Those that are open at a position, in no order. One caller at a time reads; the others wait for it. */
  at(position: number): Promise<readonly OpenAlert[]> {
    const read = this.working.then(() => this.read(position));
    this.working = read.catch(() => undefined);
    return read;
  }

  private async read(position: number): Promise<readonly OpenAlert[]> {
    const { cached } = this;
    if (cached?.position === position) return [...cached.alerts.values()];
    if (cached && position > cached.position) {
      const changed = this.sources.views.rows(changedSql, cached.position, position);
      // Half a change would be taken for the whole one.
      this.cached = undefined;
      await this.add(cached.alerts, changed as unknown as Pick<Alert, 'alert' | 'project'>[], position);
      this.cached = { position, alerts: cached.alerts };
      return [...cached.alerts.values()];
    }
    const alerts = new Map<string, OpenAlert>();
    await this.add(alerts, await this.sources.openAt(position), position);
    if (!cached) this.cached = { position, alerts };
    return [...alerts.values()];
  }

  private async add(
    alerts: Map<string, OpenAlert>,
    changed: readonly Pick<Alert, 'alert' | 'project'>[],
    position: number,
  ): Promise<void> {
    const alertAt = this.sources.alertsAt(position);
    for (const [index, one] of changed.entries()) {
      const alert = alertAt(one);
      if (alert.status === 'open') alerts.set(alert.alert, openAlertOf(alert));
      else alerts.delete(alert.alert);
      if (index % batch === batch - 1) await this.sources.turn();
    }
  }
}

/** What the list holds of an open alert. */
function openAlertOf(alert: Alert): OpenAlert {
  const { project, of, rule, severity, raisedAt, deadline, acknowledged, silenced, mutedBy } = alert;
  return {
    ...{ alert: alert.alert, project, of, rule, severity, raisedAt, status: 'open' },
    dueOn: acknowledged?.dueOn ?? deadline?.dueOn ?? null,
    isMuted: mutedBy !== undefined,
    ...omitUndefined({
      role: deadline?.duty.role,
      owner: acknowledged && { name: acknowledged.name, until: acknowledged.dueOn },
      silentUntil: silenced?.until,
    }),
  };
}
