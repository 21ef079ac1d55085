import type { EntryMetadata, Recorded } from '../project/events.js';
import type { Instant } from '../values/calendar.js';
import type { Uuid } from '../values/uuid.js';
import type { WorkCalendar } from '../values/working-days.js';
import type { AdoptedRules, RuleKind, Severity } from './rules.js';

/** Something that only this installation can read, in base64url; the key lies outside the log. */
export interface Sealed {
  sealed: string;
}

/** What an earlier version recorded without a seal. */
interface InClear {
  clear: string;
}

export type Channel =
  | {
      kind: 'webhook' /** Sealed, because its path or its query may be a secret. */;
      url: Sealed | InClear /** `whsec_` and base64, sealed. */;
      secret: Sealed;
    }
  | {
      kind: 'email' /** The address, sealed: nothing about a person is in the log in the clear. */;
      address: Sealed;
    };

/** When a subscriber wants to be told; times are wall-clock times of the subscription's time zone. */
export type Timing =
  | { kind: 'at-once' }
  | {
      kind: 'daily';
      /** `HH:MM` */
      at: string;
    }
  | {
      kind: 'weekly';
      /** 0 is Sunday. */
      weekday: number;
      /** `HH:MM` */
      at: string;
    };

/** Outside these hours of working days, what is not red waits. */
export interface WorkingHours {
  from: string;
  to: string;
  calendar: string;
}

/** Which alerts are told; every member that is present has to fit, with any of its values. */
export interface AlertChoice {
  projects?: string[];
  districts?: string[];
  sectors?: string[];
  rules?: RuleKind[];
  /** This severe or more. */
  atLeast?: Severity;
  /** The role whose duty the alert stands under. */
  roles?: string[];
}

export interface Subscription {
  subscription: Uuid;
  /** What its owner calls it. */
  name: string;
  channel: Channel;
  choice: AlertChoice;
  timing: Timing;
  hours?: WorkingHours;
  language: 'en' | 'zh';
  timeZone: string;
}

/** A mail address that is new is told nothing until its owner has confirmed it; absent where there is nothing to confirm. */
interface ToConfirm {
  /** The link that was sent to it is good until then. */
  confirmBy?: Instant;
}

/** The stored contract of the stream `governance`. */
export interface GovernanceEventData {
  /** Said by an administrator, and by the system for the default rules before it judges by them. */
  RulesAdopted: AdoptedRules;
  /** Said by an administrator: the whole calendar; a later one of the same name takes its place. */
  CalendarAdopted: WorkCalendar;
  /** Said by a subscriber; of a webhook after its owner has answered the challenge. */
  SubscriptionAdded: Subscription & ToConfirm;
  /** Said by a subscriber: everything but the secret, whole. */
  SubscriptionChanged: Subscription & ToConfirm;
  /** Said by a subscriber: another link was sent to an address that is not confirmed; those before it are good no more. */
  ConfirmationAsked: { subscription: string; confirmBy: Instant };
  /** Said by the reader of a mail: the address is theirs, and wants the notices. */
  AddressConfirmed: { subscription: string };
  /** Said by a subscriber: signatures are made with both secrets until the instant. */
  SecretRotated: { subscription: string; secret: Sealed; oldUntil: Instant };
  /**
   * Said by the system when a receiver cannot be reached for days (`failing`) or says it is gone, and by a subscriber
   * (`asked`); what waits is kept.
   */
  SubscriptionPaused: { subscription: string; because: 'failing' | 'gone' | 'asked'; reason: string };
  /** Said by a subscriber: what waited is told. */
  SubscriptionResumed: { subscription: string };
  /** Said by a subscriber, or by the reader of an e-mail who unsubscribes: nothing more is told. */
  SubscriptionEnded: { subscription: string; because: 'removed' | 'unsubscribed' };
}

export const governanceStream = 'governance';

export type GovernanceEventType = keyof GovernanceEventData;

/** An event of the stream `governance` as a store returns it. */
export type GovernanceEvent = {
  [K in GovernanceEventType]: { type: K; data: GovernanceEventData[K]; entry: EntryMetadata };
}[GovernanceEventType] &
  Recorded;
