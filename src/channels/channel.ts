import type { Instant } from '../../domain/values/calendar.js';
import type { Notice } from '../app/deliveries/notice.js';

/** Where a notice goes, opened for one delivery: nothing sealed is left in it. */
export type Address =
  | {
      kind: 'webhook';
      url: string;
      /** Standard Webhooks secrets (`whsec_` and base64); two while one of them is being replaced. */
      secrets: readonly string[];
    }
  | { kind: 'email'; address: string };

/** What became of one attempt. */
export type Outcome =
  | { kind: 'accepted'; status?: number }
  /** Try again: later than `retryAfterMs` when the receiver says so. */
  | { kind: 'failed'; why: string; status?: number; retryAfterMs?: number }
  /** The receiver wants nothing more, ever (410 of a webhook, an unknown mailbox): its subscription is paused. */
  | { kind: 'gone'; why: string; status?: number }
  /** This notice can never be accepted, others may. */
  | { kind: 'refused'; why: string; status?: number };

/** A question to the owner of an address. */
export interface Asking {
  /** UUID of this question. */
  id: string;
  /** What the subscription is called. */
  name: string;
  language: 'en' | 'zh';
  timeZone: string;
  /** Where the owner says yes: an address, or only a path where the installation does not know its own. */
  link: string;
  /** The link is good until then. */
  confirmBy: Instant;
}

/** A way to tell somebody something. It never throws for what a receiver does, and every attempt ends within 20 s. */
export interface ChannelPort {
  deliver(notice: Notice, address: Address): Promise<Outcome>;
  /**
   * Sees that an address may be used and that its owner wants it: of a webhook, that the URL is allowed and that the
   * receiver answers a challenge.
   *
   * @returns what is wrong with it; undefined when all is well
   */
  check(address: Address): Promise<AddressFault | undefined>;
  /** Asks the owner of an address whether they want what will be told; only of channels that have no challenge. */
  askToConfirm?(asking: Asking, address: Address): Promise<Outcome>;
  close(): Promise<void>;
}

export interface AddressFault {
  reason: 'address-refused' | 'challenge-failed' | 'channel-unavailable';
  /** Such as `channel.url`. */
  member: string;
  seen: string;
  expected: string;
}
