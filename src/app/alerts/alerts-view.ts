import type { RuleKind } from '../../../domain/governance/rules.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { View } from '../views/view.js';
import { type Place, rankOf } from './order.js';

/** How an alert stands in lists. */
interface Standing extends Place {
  project: string;
  rule: RuleKind;
  district: string | null;
  sector: string | null;
}

/**
 * What happened to every alert, by position: where a reader of the stream goes on, and which alerts there are.
 *
 * `alert` has a row for each time that an alert came to stand otherwise in lists, with all that lists order and choose by, so
 * that those of any position are read and not folded; only the last row of an alert has a `rank`. `alert_event` has a row for
 * everything that happened to one, notices too, and `told` one for every attempt to tell a subscription.
 */
export const alertsView: View = {
  name: 'alerts',
  version: 4,
  schema: `CREATE TABLE alert (
    alert TEXT NOT NULL, position INTEGER NOT NULL, project TEXT NOT NULL, status TEXT NOT NULL, severity TEXT NOT NULL,
    raised_at TEXT NOT NULL, rule TEXT NOT NULL, district TEXT, sector TEXT, rank TEXT,
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
    const last = db.prepare('SELECT * FROM alert WHERE alert = ? ORDER BY position DESC LIMIT 1');
    const leave = db.prepare('UPDATE alert SET rank = NULL WHERE alert = ? AND position = ?');
    const enter = db.prepare('INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    const note = db.prepare('INSERT INTO alert_event VALUES (?, ?, ?, ?, ?, ?)');
    const tell = db.prepare('INSERT INTO told VALUES (?, ?, ?, ?)');
    const put = (position: number, now: Standing) => {
      const before = last.get(now.alert);
      if (before) leave.run(now.alert, Number(before.position));
      const { alert, project, status, severity, raisedAt, rule, district, sector } = now;
      enter.run(alert, position, project, status, severity, raisedAt, rule, district, sector, rankOf(now));
    };
    const change = (
      alert: string,
      position: number,
      what: Partial<Pick<Standing, 'status' | 'severity'>>,
    ) => {
      const row = last.get(alert);
      if (!row || (what.severity === row.severity && what.status === undefined)) return;
      put(position, { ...row, raisedAt: row.raised_at, ...what } as unknown as Standing);
    };
    const stand = (event: AnyRecordedEvent, project: string) => {
      const { position, recordedAt: raisedAt } = event;
      if (event.type === 'AlertRaised') {
        const { alert, severity, rule, of } = event.data;
        const place = { district: of.district ?? null, sector: of.sector ?? null };
        put(position, { alert, project, status: 'open', severity, raisedAt, rule, ...place });
      }
      if (event.type === 'AlertEscalated') change(event.data.alert, position, { severity: event.data.to });
      if (event.type === 'AlertRevised')
        change(event.data.alert, position, { severity: event.data.severity });
      if (event.type === 'AlertCleared') change(event.data.alert, position, { status: 'cleared' });
    };
    const add = (event: AnyRecordedEvent) => {
      const { stream, revision, position, type } = event;
      if (!stream.startsWith('alerts-')) return;
      const project = stream.slice('alerts-'.length);
      const notice = event.type === 'NoticeSent' || event.type === 'NoticeFailed' ? event.data : undefined;
      const alert = 'alert' in event.data ? event.data.alert : undefined;
      stand(event, project);
      if (notice) tell.run(notice.subscription, position, stream, revision);
      for (const id of alert === undefined ? (notice?.alerts ?? []) : [alert])
        note.run(position, id, project, type, stream, revision);
    };
    return (events) => events.forEach(add);
  },
};
