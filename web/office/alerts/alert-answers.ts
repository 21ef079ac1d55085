import type { Alert } from '../../../domain/alerts/alert.js';
import type { AlertEventType } from '../../../domain/alerts/events.js';
import type { NoticeOfSubscription, NoticeRecord } from '../../../src/app/alerts/alerts.js';
import type { SubscriptionAnswer, SubscriptionPreview } from '../../../src/app/governance/governance.js';
import type { PageOf } from '../../../src/app/queries/asked.js';
import type { StreamLine } from '../../../src/http/alert-stream/frames.js';
import type { Localised } from '../../../src/http/answers/language.js';

export type AlertShown = Localised<Alert>;

/** `GET /alerts` */
export type AlertsAnswer = PageOf<AlertShown>;

/** `GET /alerts/{id}/notices` */
export interface NoticesAnswer {
  items: NoticeRecord[];
}

/** One event of `GET /alerts/stream?language=both`. */
export interface Happening extends StreamLine<Alert> {
  /** Notices are not part of the stream. */
  type: Exclude<AlertEventType, 'NoticeSent' | 'NoticeFailed'>;
}

/** `GET /subscriptions`; the answer to a creation also has the secret, once. */
export type SubscriptionShown = SubscriptionAnswer;
export type SubscriptionsAnswer = PageOf<SubscriptionShown>;

/** `POST /subscriptions/preview` */
export type SubscriptionPreviewShown = SubscriptionPreview;

/** `GET /subscriptions/{id}/notices` */
export type NoticesOfSubscriptionAnswer = PageOf<NoticeOfSubscription>;

/** `POST /subscriptions/{id}/test` */
export interface TestAnswer {
  outcome: string;
  why?: string;
  status?: number;
}
