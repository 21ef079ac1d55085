import type { Instant } from '../../domain/values/days/calendar.js';
import type { Text } from '../../domain/values/words.js';
import type { Notice } from './notice.js';

/** A channel decrypted for one delivery. */
export type Address =
  | {
      kind: 'webhook';
      url: string;
      /** Standard Webhooks secrets (`whsec_` and base64); two during a rotation. */
      secrets: readonly string[];
    }
  | { kind: 'email'; address: string };

/** The result of one attempt. */
export type Outcome =
  | { kind: 'accepted'; status?: number }
  /** Try again, not before `retryAfterMs` if the receiver gives it. */
  | { kind: 'failed'; why: string; status?: number; retryAfterMs?: number }
  /** The receiver is gone for good (410 of a webhook, an unknown mailbox): its subscription is paused. */
  | { kind: 'gone'; why: string; status?: number }
  /** This notice can never be accepted; others may be. */
  | { kind: 'refused'; why: string; status?: number };

/** A confirmation request to the owner of an address. */
export interface Asking {
  /** UUID of this request. */
  id: string;
  /** The name of the subscription. */
  name: string;
  language: 'en' | 'zh';
  timeZone: string;
  /** The confirmation link: a URL, or only a path if the installation does not know its own URL. */
  link: string;
  /** The expiry of the link. */
  confirmBy: Instant;
}

/** A way to notify somebody. It never throws for a fault of the receiver, and every attempt ends within 20 s. */
export interface ChannelPort {
  deliver(notice: Notice, address: Address): Promise<Outcome>;
  /**
   * Checks that an address may be used and that its owner agrees: for a webhook, that the URL is allowed and the
   * receiver answers a challenge.
   *
   * @returns the fault; undefined if there is none
   */
  check(address: Address): Promise<AddressFault | undefined>;
  /** Asks the owner of an address for consent to notices; only for channels without a challenge. */
  askToConfirm?(asking: Asking, address: Address): Promise<Outcome>;
  close(): Promise<void>;
}

export interface AddressFault {
  reason: 'address-refused' | 'challenge-failed' | 'channel-unavailable';
  /** Such as `channel.url`. */
  member: string;
  seen: Text;
  expected: Text;
}
