import type { AnyRecordedEvent } from '../../domain/any-event.js';
import type { View } from '../view.js';

/**
 * What happened to every alert, by position: where a reader of the stream goes on, and which alerts there are.
 *
 * `alert` has a row an alert: its project, when it was first raised, and whether it stands now. `alert_event` has a row
 * for everything that happened to one, notices too, and `told` one for every attempt to tell a subscription.
 */
export const alertsView: View = {
  name: 'alerts',
  version: 2,
  schema: `CREATE TABLE alert (
    alert TEXT PRIMARY KEY, project TEXT NOT NULL, raised_position INTEGER NOT NULL, is_open INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
    CREATE INDEX alert_by_project ON alert (project, raised_position);
    CREATE TABLE alert_event (
    position INTEGER NOT NULL, alert TEXT NOT NULL, project TEXT NOT NULL, type TEXT NOT NULL, stream TEXT NOT NULL,
    revision INTEGER NOT NULL, PRIMARY KEY (position, alert)) STRICT, WITHOUT ROWID;
    CREATE INDEX alert_event_by_alert ON alert_event (alert, position);
    CREATE TABLE told (
    subscription TEXT NOT NULL, position INTEGER NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL,
    PRIMARY KEY (subscription, position)) STRICT, WITHOUT ROWID;`,
  prepare(db) {
    const raise = db.prepare(
      `INSERT INTO alert VALUES (?, ?, ?, 1) ON CONFLICT (alert) DO UPDATE SET is_open = 1`,
    );
    const clear = db.prepare('UPDATE alert SET is_open = 0 WHERE alert = ?');
    const note = db.prepare('INSERT INTO alert_event VALUES (?, ?, ?, ?, ?, ?)');
    const tell = db.prepare('INSERT INTO told VALUES (?, ?, ?, ?)');
    const add = (event: AnyRecordedEvent) => {
      const { stream, revision, position, type } = event;
      if (!stream.startsWith('alerts-')) return;
      const project = stream.slice('alerts-'.length);
      const notice = event.type === 'NoticeSent' || event.type === 'NoticeFailed' ? event.data : undefined;
      const alert = 'alert' in event.data ? event.data.alert : undefined;
      if (event.type === 'AlertRaised') raise.run(event.data.alert, project, position);
      if (event.type === 'AlertCleared') clear.run(event.data.alert);
      if (notice) tell.run(notice.subscription, position, stream, revision);
      for (const id of alert === undefined ? (notice?.alerts ?? []) : [alert])
        note.run(position, id, project, type, stream, revision);
    };
    return (events) => events.forEach(add);
  },
};
