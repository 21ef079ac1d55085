import type { AnyRecordedEvent } from '../../domain/any-event.js';
import type { View } from '../view.js';

/**
 * What happened to every alert, by position: where a reader of the stream goes on, and which alerts there are.
 *
 * `alert` has a row for each time that an alert came to stand otherwise in lists, with all that lists order and choose by, so
 * that those of any position are read and not folded. `alert_event` has a row for everything that happened to one, notices
 * too, and `told` one for every attempt to tell a subscription.
 */
export const alertsView: View = {
  name: 'alerts',
  version: 3,
  schema: `CREATE TABLE alert (
    alert TEXT NOT NULL, position INTEGER NOT NULL, project TEXT NOT NULL, status TEXT NOT NULL, severity TEXT NOT NULL,
    raised_at TEXT NOT NULL, rule TEXT NOT NULL, district TEXT, sector TEXT, PRIMARY KEY (alert, position))
    STRICT, WITHOUT ROWID;
    CREATE TABLE alert_event (
    position INTEGER NOT NULL, alert TEXT NOT NULL, project TEXT NOT NULL, type TEXT NOT NULL, stream TEXT NOT NULL,
    revision INTEGER NOT NULL, PRIMARY KEY (position, alert)) STRICT, WITHOUT ROWID;
    CREATE INDEX alert_event_by_alert ON alert_event (alert, position);
    CREATE TABLE told (
    subscription TEXT NOT NULL, position INTEGER NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL,
    PRIMARY KEY (subscription, position)) STRICT, WITHOUT ROWID;`,
  prepare(db) {
    const raise = db.prepare("INSERT INTO alert VALUES (?, ?, ?, 'open', ?, ?, ?, ?, ?)");
    const last = 'FROM alert WHERE alert = ?1 ORDER BY position DESC LIMIT 1';
    const grade =
      db.prepare(`INSERT INTO alert SELECT alert, ?2, project, status, ?3, raised_at, rule, district, sector
      FROM (SELECT * ${last}) WHERE severity <> ?3`);
    const clear = db.prepare(`INSERT INTO alert
      SELECT alert, ?2, project, 'cleared', severity, raised_at, rule, district, sector ${last}`);
    const note = db.prepare('INSERT INTO alert_event VALUES (?, ?, ?, ?, ?, ?)');
    const tell = db.prepare('INSERT INTO told VALUES (?, ?, ?, ?)');
    const stand = (event: AnyRecordedEvent, project: string) => {
      const { position, recordedAt } = event;
      if (event.type === 'AlertRaised') {
        const { alert, severity, rule, of } = event.data;
        const place = [of.district ?? null, of.sector ?? null];
        raise.run(alert, position, project, severity, recordedAt, rule, ...place);
      }
      if (event.type === 'AlertEscalated') grade.run(event.data.alert, position, event.data.to);
      if (event.type === 'AlertRevised') grade.run(event.data.alert, position, event.data.severity);
      if (event.type === 'AlertCleared') clear.run(event.data.alert, position);
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
