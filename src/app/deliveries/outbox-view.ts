import type { DatabaseSync } from 'node:sqlite';
import type { AlertEvent } from '../../../domain/alerts/events.js';
import { type GovernanceEvent, governanceStream } from '../../../domain/governance/events.js';
import {
  applyToGovernance,
  emptyGovernance,
  type GovernanceState,
  replayGovernance,
} from '../../../domain/governance/governance.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { View } from '../views/view.js';
import { isFor, isNotified, type Notifiable, notifiableAfter } from './notifiable.js';

/**
 * Pending notices: a row for each event of an alert and each subscription that selects it, until it is sent.
 *
 * Subscriptions and answers of receivers are events too, so the view follows from the log alone: a rebuild tells nothing twice.
 * `outbox_alert` holds the state of each alert, `outbox_told` who was told of the present opening of an alert, `outbox_given_up`
 * the notices that were given up since a receiver last accepted one. Of a row, `waits_since` is when it was recorded, or when
 * its subscription was resumed; `failing_since` and `next_at` are there while its notice fails.
 */
export const outboxView: View = {
  name: 'outbox',
  version: 6,
  ignoresEntries: true,
  schema: `CREATE TABLE outbox (
    subscription TEXT NOT NULL, position INTEGER NOT NULL, event TEXT NOT NULL, alert TEXT NOT NULL, project TEXT NOT NULL,
    cause TEXT NOT NULL, correlation TEXT NOT NULL, type TEXT NOT NULL, severity TEXT NOT NULL, recorded_at TEXT NOT NULL,
    waits_since TEXT NOT NULL, attempts INTEGER NOT NULL, failing_since TEXT, next_at TEXT, notice TEXT,
    PRIMARY KEY (subscription, position)) STRICT, WITHOUT ROWID;
    CREATE INDEX outbox_by_position ON outbox (position);
    CREATE INDEX outbox_by_event ON outbox (event, subscription);
    CREATE TABLE outbox_alert (alert TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE outbox_told (alert TEXT NOT NULL, subscription TEXT NOT NULL, PRIMARY KEY (alert, subscription))
    STRICT, WITHOUT ROWID;
    CREATE TABLE outbox_given_up (
    subscription TEXT NOT NULL, notice TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (subscription, notice))
    STRICT, WITHOUT ROWID;`,
  prepare(db) {
    const governance = followGovernance(db);
    const tell = tellInto(db);
    const answer = answersInto(db);
    const change = changesInto(db);
    const add = (event: AnyRecordedEvent) => {
      if (event.stream === governanceStream) {
        governance.add(event as GovernanceEvent);
        change(event as GovernanceEvent);
      } else if (event.type === 'NoticeSent' || event.type === 'NoticeFailed') answer(event);
      else if (event.stream.startsWith('alerts-')) {
        tell(event as AlertEvent, () => governance.before(event.position));
      }
    };
    return (events) => events.forEach(add);
  },
};

/** The governance before a position; read from the journal again when the views went back. */
function followGovernance(db: DatabaseSync): {
  add(event: GovernanceEvent): void;
  before(position: number): GovernanceState;
} {
  const stored = db.prepare('SELECT event FROM journal WHERE stream = ? AND position < ? ORDER BY revision');
  const read = (position: number): GovernanceState => {
    const events = stored
      .all(governanceStream, position)
      .map((row) => JSON.parse(String(row.event)) as GovernanceEvent);
    return replayGovernance(emptyGovernance(), events);
  };
  let state: GovernanceState | undefined;
  const before = (position: number): GovernanceState => {
    state = state && state.position < position ? state : read(position);
    return state;
  };
  return {
    before,
    add(event) {
      state = applyToGovernance(before(event.position), event);
    },
  };
}

/** Notes who is to be told of an event of an alert. */
function tellInto(db: DatabaseSync): (event: AlertEvent, governance: () => GovernanceState) => void {
  const known = db.prepare('SELECT state FROM outbox_alert WHERE alert = ?');
  const keep = db.prepare(
    'INSERT INTO outbox_alert VALUES (?1, ?2) ON CONFLICT (alert) DO UPDATE SET state = ?2',
  );
  const wasTold = db.prepare('SELECT subscription FROM outbox_told WHERE alert = ?');
  const noteTold = db.prepare('INSERT OR IGNORE INTO outbox_told VALUES (?, ?)');
  const forgetTold = db.prepare('DELETE FROM outbox_told WHERE alert = ?');
  const insert = db.prepare(
    'INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, NULL, NULL, NULL)',
  );
  return (event, governance) => {
    if (!('alert' in event.data)) return;
    const { id, position, recordedAt, entry } = event;
    const { alert } = event.data;
    const row = known.get(alert);
    const state = notifiableAfter(row && (JSON.parse(String(row.state)) as Notifiable), event);
    if (!state) return;
    keep.run(alert, JSON.stringify(state));
    if (!isNotified(state.alert, event)) return;
    const isCleared = event.type === 'AlertCleared';
    const told = new Set(wasTold.all(alert).map(({ subscription }) => subscription));
    for (const subscribed of governance().subscriptions) {
      const hasBegun = subscribed.status !== 'ended' && !subscribed.confirmation?.isFirst;
      const { subscription } = subscribed;
      if (!hasBegun || !isFor(state, event, subscribed, told.has(subscription))) continue;
      const { project, cause, severity } = state.alert;
      const correlation = entry.correlationId ?? id;
      insert.run(
        ...[subscription, position, id, alert, project, cause, correlation],
        ...[event.type, severity, recordedAt, recordedAt],
      );
      noteTold.run(alert, subscription);
    }
    if (isCleared) forgetTold.run(alert);
  };
}

/** Removes accepted events; reschedules failed ones. */
function answersInto(db: DatabaseSync): (event: AnyRecordedEvent<'NoticeSent' | 'NoticeFailed'>) => void {
  const remove = db.prepare('DELETE FROM outbox WHERE event = ? AND subscription = ?');
  const delay = db.prepare(
    `UPDATE outbox SET attempts = ?, next_at = ?, notice = ?, failing_since = coalesce(failing_since, ?)
    WHERE event = ? AND subscription = ?`,
  );
  const giveUp = db.prepare('INSERT OR IGNORE INTO outbox_given_up VALUES (?, ?, ?)');
  const reached = db.prepare('DELETE FROM outbox_given_up WHERE subscription = ?');
  return ({ data, type, recordedAt }) => {
    const { subscription, notice, events, attempt } = data;
    const isRetried = 'outcome' in data && data.outcome === 'retry';
    if (type === 'NoticeSent') reached.run(subscription);
    else if (data.outcome === 'given-up') giveUp.run(subscription, notice, recordedAt);
    for (const event of events) {
      if (isRetried) delay.run(attempt, data.nextAt ?? null, notice, recordedAt, event, subscription);
      else remove.run(event, subscription);
    }
  };
}

/** Clears the rows of an ended subscription; a changed or resumed one is tried immediately. */
function changesInto(db: DatabaseSync): (event: GovernanceEvent) => void {
  const tables = ['outbox', 'outbox_told', 'outbox_given_up'];
  const removals = tables.map((table) => db.prepare(`DELETE FROM ${table} WHERE subscription = ?`));
  const tryNow = db.prepare('UPDATE outbox SET next_at = NULL, failing_since = NULL WHERE subscription = ?');
  const restartWait = db.prepare('UPDATE outbox SET waits_since = ? WHERE subscription = ?');
  return ({ type, data, recordedAt }) => {
    if (!('subscription' in data)) return;
    const { subscription } = data;
    if (type === 'SubscriptionEnded') for (const removal of removals) removal.run(subscription);
    if (type === 'SubscriptionChanged' || type === 'SubscriptionResumed') tryNow.run(subscription);
    if (type === 'SubscriptionResumed' || type === 'AddressConfirmed')
      restartWait.run(recordedAt, subscription);
  };
}
