import type { Reach } from '../../../domain/access/scope.js';
import type { Subscription } from '../../../domain/governance/events.js';
import type { AdoptedLexicon, LexiconSet } from '../../../domain/governance/lexicons.js';
import type { AdoptedRules, RuleSet, Where } from '../../../domain/governance/rules.js';
import type { Day, Instant } from '../../../domain/values/days/calendar.js';
import type { WorkCalendar } from '../../../domain/values/days/working-days.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { BackTest } from '../../../projections/alerts/back-test.js';
import type { LexiconTest } from '../../../projections/lexicon/lexicon-test.js';
import type { Address, Outcome } from '../../channels/channel.js';
import type { NoticeOfSubscription } from '../alerts/alerts.js';
import type { Limited } from '../deliveries/owners.js';
import type { Previewed, PreviewTerms } from '../deliveries/preview.js';
import type { Page, PageOf, WriteRequest } from '../queries/asked.js';

/** An adopted version of the rules; version 1 has no entry until something is evaluated under it. */
export interface RulesVersion {
  rules: AdoptedRules;
  /** The event that adopted it. */
  entry: Uuid | null;
  /** Of that event: from there on they are in force. */
  position: number | null;
  recordedAt: Instant | null;
  by: string | null;
}

/** A version of the lexicon; the one that comes with Topout has no entry. */
export type LexiconVersion = Omit<RulesVersion, 'rules'> & { lexicon: AdoptedLexicon };

/** A subscriber's input; only here are secrets and addresses unencrypted. */
export type SubscriptionAsked = Omit<Subscription, 'subscription' | 'channel'> & {
  channel:
    | { kind: 'webhook'; url: string /** Generated when absent. */; secret?: string }
    | { kind: 'email'; address: string };
};

/** The new terms of a subscription; an omitted address stays. */
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
        /** An earlier version recorded it unencrypted, and it is still in use. */
        isInClear?: true;
      }
    | {
        kind: 'email';
        /** Only its beginning and its domain, `l…@example.org`. */
        address: string;
      };
  /** `unconfirmed`: no notices until the owner of the address has confirmed it. */
  status: 'active' | 'unconfirmed' | 'paused' | 'ended';
  /** When the owner of the address was last asked, and the expiry of that link. */
  confirmation?: { askedAt: Instant; confirmBy: Instant };
  /** Why it is paused or ended, and since when. */
  because?: { why: string; at: Instant };
  /**
   * How the present roles of the person who added it narrow it: nothing is sent (`no-role`: none includes subscriptions;
   * `no-project`: none includes a chosen project), or only what they include (`roles`). Absent if they do not.
   */
  limited?: Limited;
  by: string;
  addedAt: Instant;
  /** The position from which on it is notified. */
  since: number;
  /** Pending notices. */
  waiting: number;
  /** The next attempt of the first; while one fails the others wait behind it. */
  nextAt?: Instant;
};

/** What a subscription would have sent, and by which channels this installation can send. */
export type SubscriptionPreview = Previewed & { channels: Address['kind'][] };

/** The result of a test notice. */
export interface TestOutcome {
  /** `failed`: it may be retried; `refused`: the receiver does not accept it; `gone`: the receiver wants nothing more. */
  outcome: Outcome['kind'];
  why?: string;
  status?: number;
}

/** The follower of long work. */
export interface Following {
  /** Only projects of which the caller may know; all when absent. */
  within?: Reach;
  /** Aborted when the client has left. */
  leaving?: AbortSignal;
  /** The number of processed projects, of how many. */
  onProgress?(done: number, of: number): void;
}

/** Rules, lexicons, calendars and subscriptions. Refusals are `Refused` with the reasons of `refusals.ts`. */
export interface Governance {
  /** @throws Refused `rules-unknown` a version that was never adopted */
  rules(version?: number): Promise<RulesVersion>;
  /** All versions, latest first. */
  rulesVersions(): Promise<RulesVersion[]>;
  /** Equal rules record nothing. @throws Refused `rules-invalid`, `calendar-unknown`, `revision-stale` */
  adoptRules(
    rules: RuleSet,
    request: WriteRequest,
  ): Promise<RulesVersion & { outcome: 'recorded' | 'replayed' | 'already-said' }>;
  /**
   * Evaluates all history under a candidate and the adopted rules; nothing is recorded or sent. Both days are
   * inclusive.
   *
   * @throws Refused `rules-invalid`, `calendar-unknown`, `rules-tests-busy` when two run already; ClientLeft
   */
  testRules(
    candidate: RuleSet,
    period: { from: Day; to: Day },
    where: Where,
    following?: Following,
  ): Promise<BackTest>;
  /** The lexicon in force now, by which phrases of new entries are read. */
  phrasebook(): AdoptedLexicon;
  /** @throws Refused `lexicon-unknown` a version that was never adopted */
  lexicon(version?: number): Promise<LexiconVersion>;
  /** All versions, latest first. */
  lexiconVersions(): Promise<LexiconVersion[]>;
  /** An equal lexicon records nothing. @throws Refused `lexicon-invalid`, `revision-stale` */
  adoptLexicon(
    lexicon: LexiconSet,
    request: WriteRequest,
  ): Promise<LexiconVersion & { outcome: 'recorded' | 'replayed' | 'already-said' }>;
  /**
   * Compares the completion of projects on a day by a candidate and by the lexicon in force; nothing is recorded.
   *
   * @throws Refused `lexicon-invalid`, `rules-tests-busy` when two tests run already; ClientLeft
   */
  testLexicon(candidate: LexiconSet, on: Day, where: Where, following?: Following): Promise<LexiconTest>;
  calendars(): Promise<WorkCalendar[]>;
  /** @throws Refused `calendar-invalid` */
  adoptCalendar(calendar: WorkCalendar, request: WriteRequest): Promise<WorkCalendar>;
  /** A page of all subscriptions ever added, or of those that one owner added, oldest first. @throws Refused `cursor-invalid` */
  subscriptions(page: Page, owner?: string): Promise<PageOf<SubscriptionAnswer>>;
  /** @throws Refused `subscription-unknown` */
  subscription(id: string): Promise<SubscriptionAnswer>;
  /** Who added a subscription; undefined if there is no such one. */
  ownerOf(id: string): string | undefined;
  /**
   * Adds a subscription after checking its address; the secret of a webhook is returned only here.
   *
   * @throws Refused `subscription-invalid`, `address-refused`, `challenge-failed`, `channel-unavailable`,
   * `secret-weak`, `calendar-unknown`
   */
  subscribe(
    asked: SubscriptionAsked,
    request: WriteRequest,
  ): Promise<SubscriptionAnswer & { secret?: string }>;
  /**
   * What a subscription with these terms would have sent in the last 30 days of projects within reach, by the rules and in
   * the words of what is sent; nothing is recorded.
   *
   * @throws Refused `subscription-invalid`, `calendar-unknown`; ClientLeft
   */
  preview(terms: PreviewTerms, following?: Omit<Following, 'onProgress'>): Promise<SubscriptionPreview>;
  /** Changes everything but the secret; a new address is checked like the first one. */
  change(id: string, moved: SubscriptionMoved, request: WriteRequest): Promise<SubscriptionAnswer>;
  /** The old secret signs beside the new one for 24 h. @throws Refused `subscription-unknown`, `secret-weak` */
  rotateSecret(
    id: string,
    secret: string | undefined,
    request: WriteRequest,
  ): Promise<{ secret: string; oldUntil: Instant }>;
  /** Every attempt to notify a subscription of projects within reach, latest first. @throws Refused `subscription-unknown`, `cursor-invalid` */
  notices(id: string, page: Page, within?: Reach): Promise<PageOf<NoticeOfSubscription>>;
  /** Stops notices until it is resumed, and keeps them pending; idempotent. */
  pause(id: string, request: WriteRequest): Promise<SubscriptionAnswer>;
  /**
   * Sends another link to an unconfirmed address; does nothing if it is confirmed.
   *
   * @throws Refused `subscription-unknown`, `subscription-ended`, `confirmation-recent`, `confirmation-unsent`
   */
  askToConfirm(id: string, request: WriteRequest): Promise<SubscriptionAnswer>;
  /**
   * Checks a confirmation link; a used one stays valid.
   *
   * @throws Refused `subscription-unknown` it belongs to no subscription, `confirmation-expired`, `subscription-ended`
   */
  requireConfirmable(id: string, token: string): void;
  /** Starts an unconfirmed subscription. @throws Refused as `requireConfirmable` */
  confirm(id: string, token: string, request: WriteRequest): Promise<void>;
  /** Resumes a paused subscription; pending notices are sent. */
  resume(id: string, request: WriteRequest): Promise<SubscriptionAnswer>;
  end(id: string, because: 'removed' | 'unsubscribed', request: WriteRequest): Promise<void>;
  /** Sends a test notice now and returns its result; nothing is recorded. */
  test(id: string): Promise<TestOutcome>;
  /** True if a token of an unsubscribe link is that of the subscription. */
  mayUnsubscribe(id: string, token: string): boolean;
  /**
   * Destroys keys of subscriptions that were never recorded, for example after a kill; only those already unrecorded at
   * the previous call.
   */
  tidyKeys(): Promise<void>;
  /** The public half of the installation's signing key, `whpk_` and base64, for `v1a` signatures. */
  verifyingKey(): Promise<string>;
}
