import canonicalize from 'canonicalize';
import type { Instant } from '../../domain/values/days/calendar.js';
import type { Notice, NoticeItem } from './notice.js';

/**
 * The body of a notice: ids, types, positions and a link, in canonical member order (RFC 8785).
 *
 * Names and reasons are omitted; reading them requires authorisation. `timestamp` is that of the latest event, so that
 * the body of every attempt is equal; for a notice without items it is the time of the attempt.
 */
export function noticeBody(notice: Notice): string {
  const { kind, subscription, items, at } = notice;
  return canonicalText({
    type: 'alerts.notice',
    timestamp: items.at(-1)?.recordedAt ?? at,
    data: { notice: notice.notice, subscription, kind, items: items.map((item) => thin(item, notice)) },
  });
}

/** The body of a challenge to a receiver. */
export function challengeBody(challenge: string, at: Instant): string {
  return canonicalText({ type: 'challenge', timestamp: at, challenge });
}

function thin(item: NoticeItem, { links }: Notice) {
  const { type, event, position, alert, project, rule, severity, since, sinceExactness } = item;
  const link = links ? { link: linkTo(alert, links.alerts) } : {};
  return {
    type,
    event,
    position,
    alert,
    project,
    rule,
    severity,
    since,
    ...(sinceExactness ? { sinceExactness } : {}),
    ...link,
  };
}

/** The URL of one alert is below that of the list. */
function linkTo(alert: string, list: string): string {
  const url = new URL(list);
  return `${url.origin}${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(alert)}`;
}

function canonicalText(value: object): string {
  return canonicalize(value) as string;
}
