import type { AlertEvent } from '../../../domain/alerts/events.js';
import { projectOfAlerts } from '../../../domain/alerts/events.js';
import type { NoticeOfSubscription } from './alerts.js';

/** The attempt that an event records; undefined for other events. */
export function noticeIn(event: AlertEvent): NoticeOfSubscription | undefined {
  if (event.type !== 'NoticeSent' && event.type !== 'NoticeFailed') return undefined;
  const { position, recordedAt: at, data } = event;
  const project = projectOfAlerts(event);
  return 'outcome' in data
    ? { ...data, project, at, position }
    : { ...data, outcome: 'accepted', project, at, position };
}
