import type { Recorded } from '../project/events.js';
import type { Instant } from '../values/days/calendar.js';
import type { Decision } from '../values/decision.js';
import type { NewLeadershipEvent } from './events.js';

/** The last record of the stream: who leads, or led until it handed over. */
export interface Leader {
  revision: number;
  replica: string;
  since: Instant;
  hasHandedOver: boolean;
}

/** What a replica asks for. */
export interface Claim {
  replica: string;
  at: Instant;
  since: Instant;
  /** `handedOver` to end it. */
  until: Instant;
  /** True when the lease of the last leader is over or its own. */
  isFree: boolean;
}

/** Until when a lease lasts that was handed over; no clock has to agree on it. */
export const handedOver: Instant = '1970-01-01T00:00:00.000Z';

/** The leader after one more event of the stream. */
export function leaderAfter(
  before: Leader | undefined,
  { revision, recordedAt, data }: NewLeadershipEvent & Recorded,
): Leader {
  const { replica, until } = data;
  // An older version does not record since when; then it is known from its first record that was read.
  const since = data.since ?? (before?.replica === replica ? before.since : recordedAt);
  return { revision, replica, since, hasHandedOver: until === handedOver };
}

/** Decides on a claim: it is recorded unless another replica leads. */
export function decide(
  { replica, at, since, until, isFree }: Claim,
  leader: Leader | undefined,
): Decision<NewLeadershipEvent, Leader> {
  if (leader && !leader.hasHandedOver && !isFree) return { alreadySaid: leader };
  const entry = { asOf: at.slice(0, 10), precision: 'day', source: { kind: 'system' } } as const;
  return { append: [{ type: 'DeliveriesTaken', data: { replica, until, since }, entry }] };
}
