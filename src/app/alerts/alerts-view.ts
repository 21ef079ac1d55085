import { type Alert, alertAfter } from '../../../domain/alerts/alert.js';
import type { AlertEvent } from '../../../domain/alerts/events.js';
import { projectOfAlerts } from '../../../domain/alerts/events.js';
import { type AnyRecordedEvent, isOfAlerts } from '../../../domain/log/any-event.js';
import { type ByLanguage } from '../../../domain/values/by-language.js';
import type { View } from '../views/view.js';
import { rankOf } from './order.js';

/**
 * Every event of every alert, by position: for stream readers to resume, and for lists.
 *
 * `alert` has a row for each time that an alert came to stand otherwise in lists, with all that lists order and choose by, so
 * that those of any position are read and not folded; only the last row of an alert has a `rank`, and its present state. `alert_event`
 * has a row for everything that happened to one, notices too, and `told` one for every attempt to tell a subscription.
 */
export const alertsView: View = {
  name: 'alerts',
  version: 6,
  ignoresEntries: true,
  schema: `CREATE TABLE alert (
    alert TEXT NOT NULL, position INTEGER NOT NULL, project TEXT NOT NULL, status TEXT NOT NULL, severity TEXT NOT NULL,
    raised_at TEXT NOT NULL, rule TEXT NOT NULL, district TEXT, sector TEXT, rank TEXT,
    state TEXT,
    PRIMARY KEY (alert, position)) STRICT, WITHOUT ROWID;
    CREATE INDEX alert_by_rank ON alert (rank, project, status, severity, raised_at, rule, district, sector)
    WHERE rank IS NOT NULL;
    CREATE INDEX alert_by_project ON alert (project, rank) WHERE rank IS NOT NULL;
    CREATE TABLE alert_event (
    position INTEGER NOT NULL, alert TEXT NOT NULL, project TEXT NOT NULL, type TEXT NOT NULL, stream TEXT NOT NULL,
    revision INTEGER NOT NULL, PRIMARY KEY (position, alert)) STRICT, WITHOUT ROWID;
    CREATE INDEX alert_event_by_alert ON alert_event (alert, position);
    CREATE TABLE told (
    subscription TEXT NOT NULL, position INTEGER NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL,
    PRIMARY KEY (subscription, position)) STRICT, WITHOUT ROWID;`,
  prepare(db) {
    const last = db.prepare(
      'SELECT position, rank, state FROM alert WHERE alert = ? ORDER BY position DESC LIMIT 1',
    );
    const leave = db.prepare('UPDATE alert SET rank = NULL, state = NULL WHERE alert = ? AND position = ?');
    const enter = db.prepare('INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    const keep = db.prepare('UPDATE alert SET state = ? WHERE alert = ? AND position = ?');
    const note = db.prepare('INSERT INTO alert_event VALUES (?, ?, ?, ?, ?, ?)');
    const tell = db.prepare('INSERT INTO told VALUES (?, ?, ?, ?)');
    const stand = (id: string, event: AlertEvent) => {
      const row = last.get(id);
      const now = alertAfter(row && (JSON.parse(String(row.state)) as Alert), event);
      if (!now) return;
      const [rank, state] = [rankOf(now), JSON.stringify(now)];
      if (row?.rank === rank) {
        keep.run(state, id, row.position ?? null);
        return;
      }
      if (row) leave.run(id, row.position ?? null);
      const { project, status, severity, raisedAt, rule, of } = now;
      const place = [storedText(of.district), storedText(of.sector), rank];
      enter.run(id, event.position, project, status, severity, raisedAt, rule, ...place, state);
    };
    const add = (event: AnyRecordedEvent) => {
      if (!isOfAlerts(event)) return;
      const { stream, revision, position, type } = event;
      const project = projectOfAlerts(event);
      const notice = event.type === 'NoticeSent' || event.type === 'NoticeFailed' ? event.data : undefined;
      const alert = 'alert' in event.data ? event.data.alert : undefined;
      if (alert !== undefined) stand(alert, event);
      if (notice) tell.run(notice.subscription, position, stream, revision);
      for (const id of alert === undefined ? (notice?.alerts ?? []) : [alert])
        note.run(position, id, project, type, stream, revision);
    };
    return (events) => events.forEach(add);
  },
};

/** A text by language as a column of the table holds it. */
function storedText(text: ByLanguage | undefined): string | null {
  return text === undefined ? null : JSON.stringify(text);
}

/** The text by language in a column of the table. */
export function textStored(column: unknown): ByLanguage | undefined {
  return typeof column === 'string' ? (JSON.parse(column) as ByLanguage) : undefined;
}
