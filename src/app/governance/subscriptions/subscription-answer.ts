import type { Subscribed } from '../../../../domain/governance/governance.js';
import type { Instant } from '../../../../domain/values/days/calendar.js';
import { urlOf } from '../../deliveries/address.js';
import type { Vault } from '../../ports.js';
import type { Views } from '../../views/views.js';
import type { SubscriptionAnswer } from '../governance.js';
import { shownMailAddress, shownUrl } from './shown-address.js';

/** The pending notices of a subscription: their number, and the next attempt; a failing one blocks the others. */
interface Waiting {
  waiting: number;
  nextAt?: Instant;
}

/** The pending notices of some subscriptions; absent for one without any. */
export function waitingFor(views: Views, subscriptions: readonly string[]): ReadonlyMap<string, Waiting> {
  const rows = views.rows(
    `SELECT subscription, count(*) AS waiting, max(next_at) AS next_at FROM outbox
    WHERE subscription IN (SELECT value FROM json_each(?)) GROUP BY subscription`,
    JSON.stringify(subscriptions),
  );
  return new Map(
    rows.map(({ subscription, waiting, next_at: nextAt }) => [
      String(subscription),
      { waiting: Number(waiting), ...(nextAt === null ? {} : { nextAt: String(nextAt) }) },
    ]),
  );
}

/** A subscription as its owner sees it: without secrets, and with a recognizable part of its address. */
export function answerOf(
  subscribed: Subscribed,
  vault: Vault,
  waiting: Waiting = { waiting: 0 },
): SubscriptionAnswer {
  const { channel, secrets: _, exposed = [], confirmed: __, addedPosition: ___, ...rest } = subscribed;
  const { confirmation, ...said } = rest;
  const { askedAt = '', confirmBy = '' } = confirmation ?? {};
  const open = confirmation ? { ...said, confirmation: { askedAt, confirmBy } } : said;
  const { subscription } = open;
  const isGone = open.status === 'ended';
  if (channel.kind === 'webhook') {
    const url = isGone ? undefined : urlOf({ subscription, channel }, vault);
    const isInClear = url !== undefined && exposed.includes(url);
    const shown = {
      kind: 'webhook' as const,
      url: shownUrl(url),
      ...(isInClear ? { isInClear: true as const } : {}),
    };
    return { ...open, ...waiting, channel: shown };
  }
  const address = isGone ? undefined : vault.open(subscription, channel.address);
  return { ...open, ...waiting, channel: { kind: 'email', address: shownMailAddress(address) } };
}
