import type { Sealed, Subscription, WorkCalendar } from '../domain/governance-events.js';
import type { AdoptedRules } from '../domain/rules.js';
import type { Calendars } from './ports.js';
import type { Views } from './views.js';

/** A subscription with what became of it. */
export interface Subscribed extends Subscription {
  status: 'active' | 'paused' | 'ended';
  /** Secrets in force, the newest first; of a webhook only. The instant is when an older one ends. */
  secrets: { secret: Sealed; until?: string }[];
  because?: { why: string; at: string };
  by: string;
  addedAt: string;
  /** Position of the event that added it. */
  since: number;
}

/** The governance as the views hold it: rules, calendars and subscriptions in force; follows the log. */
export class Governed {
  constructor(
    readonly _views: Views,
    readonly _calendars: Calendars,
  ) {}

  /** The rules in force; the default ones until others are adopted. */
  rules(): AdoptedRules {
    throw new Error('rules');
  }

  /** The event that adopted them; null for default rules that were never needed. */
  rulesEntry(): string | null {
    throw new Error('rulesEntry');
  }

  /** An adopted calendar, or one that comes with the installation. */
  calendar(_name: string): WorkCalendar | undefined {
    throw new Error('calendar');
  }

  /** All subscriptions that were ever added, oldest first. */
  subscriptions(): readonly Subscribed[] {
    throw new Error('subscriptions');
  }

  /** Calls back after rules, calendars or subscriptions changed. */
  onChange(_listener: (what: 'rules' | 'calendars' | 'subscriptions') => void): void {
    throw new Error('onChange');
  }
}
