import type { Subscription } from '../../../domain/governance/events.js';
import type { AdoptedRules, RuleSet, Where } from '../../../domain/governance/rules.js';
import type { Day, Instant } from '../../../domain/values/calendar.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { WorkCalendar } from '../../../domain/values/working-days.js';
import type { BackTest } from '../../../projections/alerts/back-test.js';
import type { Outcome } from '../../channels/channel.js';
import type { NoticeOfSubscription } from '../alerts/alerts.js';
import type { Page, PageOf, WriteRequest } from '../queries/asked.js';

/** One set of rules as it was adopted; version 1 has no entry until something is judged by it. */
export interface RulesVersion {
  rules: AdoptedRules;
  /** The event that adopted it. */
  entry: Uuid | null;
  /** Of that event: from there on they are in force. */
  position: number | null;
  recordedAt: Instant | null;
  by: string | null;
}

/** What a subscriber gives; secrets and addresses are in the clear here, and nowhere else. */
export type SubscriptionAsked = Omit<Subscription, 'subscription' | 'channel'> & {
  channel:
    | { kind: 'webhook'; url: string /** Made when absent. */; secret?: string }
    | { kind: 'email'; address: string };
};

/** A subscription as it is to be; an address that is left out is the one it has. */
export type SubscriptionMoved = Omit<SubscriptionAsked, 'channel'> & {
  channel: { kind: 'webhook'; url?: string; secret?: string } | { kind: 'email'; address?: string };
};

/** A subscription as its owner sees it. */
export type SubscriptionAnswer = Omit<Subscription, 'channel'> & {
  channel:
    | {
        kind: 'webhook';
        /** Only its scheme and its host, `https://hooks.example.org/…`. */
        url: string;
        /** An earlier version recorded it as it is, and it is still in use. */
        isInClear?: true;
      }
    | {
        kind: 'email';
        /** Only its beginning and its domain, `l…@example.org`. */
        address: string;
      };
  /** `unconfirmed`: nothing is told until the owner of the address has confirmed it. */
  status: 'active' | 'unconfirmed' | 'paused' | 'ended';
  /** When the owner of the address was asked last, and until when that link is good. */
  confirmation?: { askedAt: Instant; confirmBy: Instant };
  /** Why it is paused or ended, and since when. */
  because?: { why: string; at: Instant };
  by: string;
  addedAt: Instant;
  /** The position from which on it is notified. */
  since: number;
  /** Notices that wait. */
  waiting: number;
  /** When the first of them is sent again; while one fails the others wait behind it. */
  nextAt?: Instant;
};

/** What became of a test notice. */
export interface TestOutcome {
  /** `failed`: it may be tried again; `refused`: the receiver does not take it; `gone`: the receiver wants nothing more. */
  outcome: Outcome['kind'];
  why?: string;
  status?: number;
}

/** Who follows long work. */
export interface Following {
  /** Aborted when nobody waits for it any more. */
  leaving?: AbortSignal;
  /** How many projects are looked at, of how many. */
  onProgress?(done: number, of: number): void;
}

/** Rules, calendars and subscriptions. Refusals are `Refused` with the reasons of `refusals.ts`. */
export interface Governance {
  /** @throws Refused `rules-unknown` a version that was never adopted */
  rules(version?: number): Promise<RulesVersion>;
  /** All versions, the latest first. */
  rulesVersions(): Promise<RulesVersion[]>;
  /** The same rules again record nothing. @throws Refused `rules-invalid`, `calendar-unknown`, `revision-stale` */
  adoptRules(
    rules: RuleSet,
    request: WriteRequest,
  ): Promise<RulesVersion & { outcome: 'recorded' | 'replayed' | 'already-said' }>;
  /**
   * Judges all history by a candidate and by the adopted rules; nothing is recorded or told. Both days are inclusive.
   *
   * @throws Refused `rules-invalid`, `calendar-unknown`, `rules-tests-busy` when two run already; ClientLeft
   */
  testRules(
    candidate: RuleSet,
    period: { from: Day; to: Day },
    where: Where,
    following?: Following,
  ): Promise<BackTest>;
  calendars(): Promise<WorkCalendar[]>;
  /** @throws Refused `calendar-invalid` */
  adoptCalendar(calendar: WorkCalendar, request: WriteRequest): Promise<WorkCalendar>;
  /** A page of all that were ever added, oldest first. @throws Refused `cursor-invalid` */
  subscriptions(page: Page): Promise<PageOf<SubscriptionAnswer>>;
  /** @throws Refused `subscription-unknown` */
  subscription(id: string): Promise<SubscriptionAnswer>;
  /**
   * Adds a subscription after its address was checked; the secret of a webhook is answered this once.
   *
   * @throws Refused `subscription-invalid`, `address-refused`, `challenge-failed`, `channel-unavailable`, `secret-weak`, `calendar-unknown`
   */
  subscribe(
    asked: SubscriptionAsked,
    request: WriteRequest,
  ): Promise<SubscriptionAnswer & { secret?: string }>;
  /** Changes everything but the secret; a new address is checked like the first one. */
  change(id: string, moved: SubscriptionMoved, request: WriteRequest): Promise<SubscriptionAnswer>;
  /** The old secret signs beside the new one for 24 h. @throws Refused `subscription-unknown`, `secret-weak` */
  rotateSecret(
    id: string,
    secret: string | undefined,
    request: WriteRequest,
  ): Promise<{ secret: string; oldUntil: Instant }>;
  /** Every attempt to tell a subscription, the latest first. @throws Refused `subscription-unknown`, `cursor-invalid` */
  notices(id: string, page: Page): Promise<PageOf<NoticeOfSubscription>>;
  /** Nothing is told until it is taken up again, and what happens meanwhile waits; one that is paused stays so. */
  pause(id: string, request: WriteRequest): Promise<SubscriptionAnswer>;
  /**
   * Sends another link to an address that is not confirmed; nothing happens where it is.
   *
   * @throws Refused `subscription-unknown`, `subscription-ended`, `confirmation-recent`, `confirmation-unsent`
   */
  askToConfirm(id: string, request: WriteRequest): Promise<SubscriptionAnswer>;
  /**
   * Sees that a link to confirm an address is good; one that was used is good for ever.
   *
   * @throws Refused `subscription-unknown` it belongs to no subscription, `confirmation-expired`, `subscription-ended`
   */
  requireConfirmable(id: string, token: string): void;
  /** Begins what waited for the owner of the address. @throws Refused as `requireConfirmable` */
  confirm(id: string, token: string, request: WriteRequest): Promise<void>;
  /** Takes a paused subscription up again; what waited is told. */
  resume(id: string, request: WriteRequest): Promise<SubscriptionAnswer>;
  end(id: string, because: 'removed' | 'unsubscribed', request: WriteRequest): Promise<void>;
  /** Sends a test notice now and says what became of it; nothing is recorded. */
  test(id: string): Promise<TestOutcome>;
  /** True when the token of an unsubscribe link is the one of the subscription. */
  mayUnsubscribe(id: string, token: string): boolean;
  /**
   * Destroys keys that were made for a subscription that was never recorded, as when the process was killed in between; of
   * those that were without a record at the call before, too.
   */
  tidyKeys(): Promise<void>;
  /** The public half of the installation's signing key, `whpk_` and base64, for `v1a` signatures. */
  verifyingKey(): Promise<string>;
}
