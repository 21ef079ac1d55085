import type { AlertEvent } from '../../../domain/alerts/events.js';
import type { Subscription } from '../../../domain/governance/events.js';
import { type Instant, instantAfter } from '../../../domain/values/days/calendar.js';
import { msPerDay } from '../../../domain/values/days/durations.js';
import type { Letter, Notice } from '../../channels/notice.js';
import type { Governed } from '../governance/governed.js';
import type { World } from '../ports.js';
import type { Pace } from '../turns.js';
import type { Views } from '../views/views.js';
import { happeningsOf, noticeOf } from './notices.js';
import { isFor, isNotified, type Notifiable, notifiableAfter } from './notifiable.js';
import type { Waiting } from './outbox.js';
import { type Pending, pendingNotices, wishOf, withWhatCameBefore } from './pending.js';
import { overBefore } from './settling.js';

/** The days of a preview. */
const previewedDays = 30;
/** What happened so many days earlier may be sent within them: a weekly digest, or after holidays. */
const leadDays = 14;
/** Notices that are shown in words, and alerts of each. */
const most = { notices: 3, alerts: 5 };

/** The terms that decide what is sent, when and in which words. */
export type PreviewTerms = Pick<Subscription, 'choice' | 'timing' | 'hours' | 'language' | 'timeZone'>;

/** A notice in the words of the mail. */
interface PreviewedNotice {
  at: Instant;
  subject: string;
  opening: string;
  groups: Letter['groups'];
  /** Further changes of alerts in it, which are not shown here. */
  unshown: number;
}

/** What a subscription would have sent in the last 30 days, had there been one. */
export interface Previewed {
  from: Instant;
  to: Instant;
  /** How many notices. */
  notices: number;
  /** How many changes of alerts in them. */
  changes: number;
  /** What waits for its time, such as that of a digest; absent if nothing does. */
  next?: { at: Instant; changes: number };
  /** The latest notices, the latest first, with the one that waits. */
  latest: PreviewedNotice[];
}

/** The ports of a preview. */
export interface PreviewPorts {
  views: Pick<Views, 'rows' | 'positionOf'>;
  governed: Pick<Governed, 'calendar'>;
  world: Pick<World, 'now'>;
  settlingMs: number;
  letterOf(notice: Notice): Letter;
  isReached(project: string): boolean;
  pace: Pace;
}

/**
 * What a subscription would have sent in the last 30 days, had it been added before: selected, timed and worded by the
 * same rules as what is sent. Nothing is recorded.
 *
 * @throws ClientLeft
 */
export async function previewOf(terms: PreviewTerms, ports: PreviewPorts): Promise<Previewed> {
  const { views, world, letterOf, pace } = ports;
  const to = world.now();
  const from = instantAfter(to, -previewedDays * msPerDay);
  const rows = await rowsFor(terms, views.positionOf(instantAfter(from, -leadDays * msPerDay)) + 1, ports);
  const all = timed(rows, terms, to, ports).filter(({ dueAt }) => dueAt >= from);
  all.sort((a, b) => (a.dueAt < b.dueAt ? 1 : -1));
  const waiting = all.filter(({ dueAt }) => dueAt > to);
  const sent = all.slice(waiting.length);
  const latest: PreviewedNotice[] = [];
  for (const pending of all.slice(0, most.notices)) {
    if (pace.isOver) await pace.rest();
    const subscription = { ...terms, subscription: preview };
    const writing = { subscription, pending, givenUp: { count: 0 }, at: pending.dueAt };
    latest.push(shownOf(letterOf(noticeOf(views, writing)), pending));
  }
  const [first] = waiting.slice(-1);
  const next = first && { at: first.dueAt, changes: changesIn(waiting) };
  return { from, to, notices: sent.length, changes: changesIn(sent), ...(next ? { next } : {}), latest };
}

function changesIn(notices: readonly Pending[]): number {
  return notices.reduce((sum, { rows }) => sum + rows.length, 0);
}

/** In place of the id of a subscription. */
const preview = 'preview';

const alertsSql = `SELECT DISTINCT alert, project FROM alert_event
  WHERE position >= ? AND type NOT IN ('NoticeSent', 'NoticeFailed')`;

/** The events that the subscription gets from a position on (inclusive), oldest first. */
async function rowsFor(
  { choice }: PreviewTerms,
  since: number,
  { views, isReached, settlingMs, pace }: PreviewPorts,
): Promise<Waiting[]> {
  const rows: Waiting[] = [];
  for (const { alert, project } of views.rows(alertsSql, since)) {
    if (pace.isOver) await pace.rest();
    const of = String(project);
    if (!isReached(of) || choice.projects?.includes(of) === false) continue;
    const its = rowsOfAlert(happeningsOf(views, String(alert)), choice, since);
    const over = new Set(overBefore(its, settlingMs));
    rows.push(...its.filter((row) => !over.has(row)));
  }
  return rows.sort((a, b) => a.position - b.position);
}

function rowsOfAlert(
  events: readonly AlertEvent[],
  choice: PreviewTerms['choice'],
  since: number,
): Waiting[] {
  const rows: Waiting[] = [];
  let state: Notifiable | undefined;
  let wasTold = false;
  for (const event of events) {
    state = notifiableAfter(state, event);
    if (!state || event.position < since || !isNotified(state.alert, event)) continue;
    if (!isFor(state, event, { choice, since }, wasTold)) continue;
    wasTold = event.type !== 'AlertCleared';
    rows.push(rowOf(state, event));
  }
  return rows;
}

function rowOf({ alert: { alert, project, cause, severity } }: Notifiable, event: AlertEvent): Waiting {
  const { id, type, position, recordedAt, entry } = event;
  const correlation = entry.correlationId ?? id;
  const when = { position, recordedAt, waitsSince: recordedAt, attempts: 0 };
  return { ...when, event: id, type, alert, project, cause, correlation, severity };
}

/** The notices, each with when it was due: an immediate one counts from when it was recorded, not from now. */
function timed(
  rows: readonly Waiting[],
  terms: PreviewTerms,
  now: Instant,
  { governed, settlingMs }: PreviewPorts,
): Pending[] {
  const wish = wishOf({ ...terms, subscription: preview }, (name) => governed.calendar(name), settlingMs);
  // No id is shown, and the names are as distinct.
  const named = (name: string) => name;
  const all = pendingNotices(rows, wish, now, named);
  if (terms.timing.kind !== 'at-once') return all;
  const each = all.flatMap(({ rows: its }) => pendingNotices(its, wish, its[0]?.recordedAt ?? now, named));
  return withWhatCameBefore(each);
}

/** A letter, cut to what is shown of it. */
function shownOf({ subject, opening, groups }: Letter, { dueAt: at, rows }: Pending): PreviewedNotice {
  let left = most.alerts;
  const shown = groups.flatMap(({ project, alerts }) => {
    const some = alerts.slice(0, left);
    left -= some.length;
    return some.length > 0 ? [{ project, alerts: some }] : [];
  });
  return { at, subject, opening, groups: shown, unshown: rows.length - (most.alerts - left) };
}
