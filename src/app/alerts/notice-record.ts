import type { AlertEvent, NoticeRecord } from './alerts.js';
import { projectOfAlerts } from './lives.js';

/** One attempt to tell a subscription, with what it told of. */
export interface NoticeOfSubscription extends NoticeRecord {
  project: string;
  /** Ids of the alerts of the project that it told of. */
  alerts: string[];
}

/** The attempt that an event records; undefined when it records something else. */
export function noticeIn(event: AlertEvent): NoticeOfSubscription | undefined {
  if (event.type !== 'NoticeSent' && event.type !== 'NoticeFailed') return undefined;
  const { position, recordedAt: at, data } = event;
  const project = projectOfAlerts(event);
  return 'outcome' in data
    ? { ...data, project, at, position }
    : { ...data, outcome: 'accepted', project, at, position };
}
