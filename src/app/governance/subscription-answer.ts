import type { Instant } from '../../domain/calendar.js';
import type { Subscribed } from '../../domain/governance.js';
import type { Vault } from '../ports.js';
import type { Views } from '../views.js';
import type { SubscriptionAnswer } from './governance.js';

/** What waits for a subscription: how many, and when they are tried again; one that fails holds the others back. */
interface Waiting {
  waiting: number;
  nextAt?: Instant;
}

/** What waits for each of some subscriptions; nothing is there for one for which nothing waits. */
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

/** A subscription as its owner sees it: without secrets, and of a mail address only the beginning. */
export function answerOf(
  subscribed: Subscribed,
  vault: Vault,
  waiting: Waiting = { waiting: 0 },
): SubscriptionAnswer {
  const { channel, secrets: _, ...open } = subscribed;
  if (channel.kind === 'webhook') {
    return { ...open, ...waiting, channel: { kind: 'webhook', url: channel.url } };
  }
  const isGone = subscribed.status === 'ended';
  const address = isGone ? undefined : vault.open(subscribed.subscription, channel.address);
  return { ...open, ...waiting, channel: { kind: 'email', address: masked(address) } };
}

/** `l…@example.org`; only `…` when it cannot be read any more. */
function masked(address: string | undefined): string {
  const at = address?.lastIndexOf('@') ?? -1;
  if (address === undefined || at < 1) return '…';
  return `${[...address][0]}…${address.slice(at)}`;
}
