import { type Alert, alertAfter } from '../../../domain/alerts/alert.js';
import type { AlertEvent } from '../../../domain/alerts/events.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import type { Notice, NoticeItem } from '../../channels/notice.js';
import type { Subscribed } from '../governance/governed.js';
import type { Views } from '../views/views.js';
import type { Waiting } from './outbox.js';
import type { Pending } from './pending.js';
import { endedSilenceRemark, givenUpRemark, unmutedRemark } from './remarks.js';

/** What a notice is written from, beside the events that it tells. */
export interface Writing {
  subscription: Pick<Subscribed, 'subscription' | 'language' | 'timeZone'>;
  pending: Pending;
  givenUp: { count: number; since?: Instant };
  at: Instant;
  links?: Notice['links'];
}

/** Renders a notice from the alerts in the views, each right after the event in question. */
export function noticeOf(views: Pick<Views, 'rows'>, writing: Writing): Notice {
  const { subscription, pending, givenUp, at, links } = writing;
  const alerts = Map.groupBy(pending.rows, ({ alert }) => alert);
  const items: NoticeItem[] = [];
  const remarks: Notice['remarks'] = [];
  for (const [alert, rows] of alerts) {
    const events = happeningsOf(views, alert);
    items.push(...itemsOf(alert, rows, events));
    const remark = endedSilenceRemark(events, rows, () => toldOf(views, alert, subscription.subscription));
    if (remark) remarks.push(remark);
  }
  const unmuted = pending.rows.filter(({ type }) => type === 'AlertMuted').length;
  if (unmuted > 0) remarks.push(unmutedRemark(unmuted));
  if (givenUp.since) remarks.push(givenUpRemark(givenUp.count, givenUp.since, subscription.timeZone));
  return {
    notice: pending.notice,
    subscription: subscription.subscription,
    kind: pending.kind,
    language: subscription.language,
    timeZone: subscription.timeZone,
    items: items.sort((a, b) => a.position - b.position),
    remarks,
    at,
    ...(links ? { links } : {}),
  };
}

/** Links for the reader of a notice: to the alerts (of its project, if there is only one), and to unsubscribe. */
export function linksOf(
  publicUrl: string,
  { rows }: Pending,
  subscription: string,
  token: string,
): NonNullable<Notice['links']> {
  const base = publicUrl.replace(/\/+$/, '');
  const [project, ...others] = new Set(rows.map((row) => row.project));
  const isOfOne = project !== undefined && others.length === 0;
  return {
    alerts: `${base}/alerts${isOfOne ? `?project=${encodeURIComponent(project)}` : ''}`,
    unsubscribe: `${base}/subscriptions/${encodeURIComponent(subscription)}/unsubscribe?token=${encodeURIComponent(token)}`,
  };
}

/** The events of an alert, oldest first; without notices, of which there may be very many. */
export function happeningsOf(views: Pick<Views, 'rows'>, alert: string): AlertEvent[] {
  const sql = `SELECT journal.event FROM alert_event JOIN journal USING (stream, revision)
    WHERE alert_event.alert = ? AND alert_event.type NOT IN ('NoticeSent', 'NoticeFailed') ORDER BY alert_event.position`;
  return views.rows(sql, alert).map((row) => JSON.parse(String(row.event)) as AlertEvent);
}

/** Ids of an alert's events that a subscription's receiver has accepted. */
function toldOf(views: Pick<Views, 'rows'>, alert: string, subscription: string): ReadonlySet<string> {
  const sql = `SELECT journal.event ->> '$.data.events' AS events
    FROM alert_event JOIN journal USING (stream, revision)
    WHERE alert_event.alert = ? AND alert_event.type = 'NoticeSent' AND journal.event ->> '$.data.subscription' = ?`;
  return new Set(
    views.rows(sql, alert, subscription).flatMap((row) => JSON.parse(String(row.events)) as string[]),
  );
}

function itemsOf(id: string, rows: readonly Waiting[], events: readonly AlertEvent[]): NoticeItem[] {
  const wanted = new Set(rows.map(({ event }) => event));
  const items: NoticeItem[] = [];
  let alert: Alert | undefined;
  for (const event of events) {
    alert = alertAfter(alert, event);
    if (alert && wanted.delete(event.id)) items.push(itemOf(alert, event));
  }
  if (wanted.size > 0) throw new Error(`The views do not hold ${[...wanted].join(', ')} of alert ${id}.`);
  return items;
}

/** An event of an alert as sent, given the alert right after it. */
function itemOf(alert: Alert, event: AlertEvent): NoticeItem {
  const { data } = event;
  const { of, deadline } = alert;
  return {
    // A subscriber who missed it while muted gets it now for the first time.
    type: event.type === 'AlertMuted' ? 'AlertRaised' : event.type,
    event: event.id,
    position: event.position,
    recordedAt: event.recordedAt,
    alert: alert.alert,
    project: alert.project,
    projectName: of.name,
    ...(of.district === undefined ? {} : { district: of.district }),
    ...(of.sector === undefined ? {} : { sector: of.sector }),
    rule: alert.rule,
    rulesVersion: alert.rulesVersion,
    subject: alert.subject,
    cause: alert.cause,
    ...(alert.silence === undefined ? {} : { silence: alert.silence }),
    severity: alert.severity,
    since: alert.since,
    ...(alert.sinceExactness ? { sinceExactness: alert.sinceExactness } : {}),
    reason: reasonOf(alert, event),
    ...(alert.clears ? { clears: alert.clears } : {}),
    ...(deadline && alert.status === 'open' ? { duty: deadline.duty.words, dueOn: deadline.dueOn } : {}),
    evidence: 'evidence' in data ? data.evidence : alert.evidence,
  };
}

/** Why it is sent now; for a missed deadline or a reminder also the subject of the alert, unless included. */
function reasonOf(alert: Alert, event: AlertEvent): NoticeItem['reason'] {
  if (event.type === 'AlertRaised' || event.type === 'AlertCleared') return event.data.reason;
  if (event.type !== 'AlertEscalated' && event.type !== 'AlertReminded') return alert.reason;
  const said = event.data.reason;
  const { en, zh } = alert.reason;
  return {
    en: said.en.includes(en) ? said.en : `${said.en.replace(/\.?$/, '.')} ${en}`,
    zh: said.zh.includes(zh) ? said.zh : `${said.zh.replace(/。?$/, '。')}${zh}`,
  };
}
