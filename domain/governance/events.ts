import type { EntryMetadata, Recorded } from '../project/events.js';
import type { Instant } from '../values/days/calendar.js';
import type { WorkCalendar } from '../values/days/working-days.js';
import type { Uuid } from '../values/uuid.js';
import type { AdoptedLexicon } from './lexicons.js';
import type { AdoptedRules, RuleKind, Severity } from './rules.js';

/** A value that only this installation can read, in base64url; the key is outside the log. */
export interface Sealed {
  sealed: string;
}

/** Recorded unsealed by an earlier version. */
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
      kind: 'email' /** The address, sealed: the log holds no personal data in the clear. */;
      address: Sealed;
    };

/** When a subscriber wants to be notified; times are local times of the subscription's time zone. */
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

/** Outside these hours of working days, alerts that are not red wait. */
export interface WorkingHours {
  from: string;
  to: string;
  calendar: string;
}

/** Which alerts are notified; every present member must match, with any of its values. */
export interface AlertChoice {
  projects?: string[];
  districts?: string[];
  sectors?: string[];
  rules?: RuleKind[];
  /** This severity or a higher one. */
  atLeast?: Severity;
  /** The role whose duty the alert is. */
  roles?: string[];
}

export interface Subscription {
  subscription: Uuid;
  /** The name given by its owner. */
  name: string;
  channel: Channel;
  choice: AlertChoice;
  timing: Timing;
  hours?: WorkingHours;
  language: 'en' | 'zh';
  timeZone: string;
}

/** A new mail address gets no notices until its owner has confirmed it; absent if nothing needs confirmation. */
interface ToConfirm {
  /** The link sent to it is valid until then. */
  confirmBy?: Instant;
}

/** The stored contract of the stream `governance`. */
export interface GovernanceEventData {
  /** Recorded by an administrator, and by the system for the default rules before their first use. */
  RulesAdopted: AdoptedRules;
  /** Recorded by an administrator: every word of progress with its range and its phrases. */
  LexiconAdopted: AdoptedLexicon;
  /** Recorded by an administrator: the whole calendar; a later one of the same name replaces it. */
  CalendarAdopted: WorkCalendar;
  /** Recorded by a subscriber; for a webhook after its owner has answered the challenge. */
  SubscriptionAdded: Subscription & ToConfirm;
  /** Recorded by a subscriber: everything except the secret, as a whole. */
  SubscriptionChanged: Subscription & ToConfirm;
  /** Recorded by a subscriber: another link was sent to an unconfirmed address; earlier ones are invalid. */
  ConfirmationAsked: { subscription: string; confirmBy: Instant };
  /** Recorded by the reader of a mail: the address is theirs, and wants the notices. */
  AddressConfirmed: { subscription: string };
  /** Recorded by a subscriber: signatures are made with both secrets until the instant. */
  SecretRotated: { subscription: string; secret: Sealed; oldUntil: Instant };
  /**
   * Recorded by the system when a receiver cannot be reached for days (`failing`) or is gone, and by a subscriber
   * (`asked`); pending notices are kept.
   */
  SubscriptionPaused: { subscription: string; because: 'failing' | 'gone' | 'asked'; reason: string };
  /** Recorded by a subscriber: pending notices are sent. */
  SubscriptionResumed: { subscription: string };
  /**
   * Recorded by a subscriber, by the reader of an e-mail who unsubscribes, and by the system when the person who added it
   * was removed: no more notices.
   */
  SubscriptionEnded: { subscription: string; because: 'removed' | 'unsubscribed' | 'owner-removed' };
}

export const governanceStream = 'governance';

export type GovernanceEventType = keyof GovernanceEventData;

/** An event of the stream `governance` as a store returns it. */
export type GovernanceEvent = {
  [K in GovernanceEventType]: { type: K; data: GovernanceEventData[K]; entry: EntryMetadata };
}[GovernanceEventType] &
  Recorded;
