import { type Observable, Subject } from 'rxjs';
import { type GovernanceEvent, governanceStream } from '../../../domain/governance/events.js';
import {
  emptyGovernance,
  type GovernanceState,
  type LexiconInTime,
  lexiconInForce,
  replayGovernance,
  rulesInForce,
  type Subscribed,
} from '../../../domain/governance/governance.js';
import type { AdoptedRules } from '../../../domain/governance/rules.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { WorkCalendar } from '../../../domain/values/days/working-days.js';
import type { Calendars } from '../ports.js';
import type { Views } from '../views/views.js';

export type { Subscribed } from '../../../domain/governance/governance.js';

/** Which part of the governance changed. */
export type Governs = 'rules' | 'lexicon' | 'calendars' | 'subscriptions';

/** The governance in the views: rules, calendars and subscriptions in force; follows the log. */
export class Governed {
  private state: GovernanceState = emptyGovernance();
  private readonly changes = new Subject<Governs>();

  constructor(
    private readonly views: Views,
    private readonly shipped: Calendars,
  ) {
    this.state = replayGovernance(this.state, this.stored());
    views.events$.subscribe((events) => this.take(events.filter(isOfGovernance)));
    views.swaps$.subscribe(() => this.take(this.stored()));
  }

  /** The rules in force; the default ones until others are adopted. */
  rules(): AdoptedRules {
    return rulesInForce(this.state).rules;
  }

  /** The event that adopted them; null for default rules that were never used. */
  rulesEntry(): string | null {
    return rulesInForce(this.state).entry;
  }

  /** The lexicon in force, with the event that adopted it. */
  lexicon(): LexiconInTime {
    return lexiconInForce(this.state);
  }

  /** An adopted calendar, or an included one. */
  calendar(name: string): WorkCalendar | undefined {
    return this.state.calendars.find((calendar) => calendar.name === name) ?? this.shipped.calendar(name);
  }

  /** Every calendar, sorted by name. */
  calendars(): WorkCalendar[] {
    const names = new Set([...this.shipped.names(), ...this.state.calendars.map(({ name }) => name)]);
    return [...names].sort().flatMap((name) => this.calendar(name) ?? []);
  }

  /** All subscriptions ever added, oldest first. */
  subscriptions(): readonly Subscribed[] {
    return this.state.subscriptions;
  }

  /** The whole governance, with its position. */
  present(): GovernanceState {
    return this.state;
  }

  /** Emits what changed, after it did. */
  get changes$(): Observable<Governs> {
    return this.changes;
  }

  private stored(): GovernanceEvent[] {
    return this.views.stream(governanceStream, this.views.position).filter(isOfGovernance);
  }

  private take(events: readonly GovernanceEvent[]): void {
    const changed = new Set<Governs>();
    const fresh = events.filter(({ position }) => position > this.state.position);
    this.state = replayGovernance(this.state, fresh);
    for (const event of fresh) changed.add(whatOf(event));
    for (const what of changed) this.changes.next(what);
  }
}

function isOfGovernance(event: AnyRecordedEvent): event is GovernanceEvent {
  return event.stream === governanceStream;
}

function whatOf({ type }: GovernanceEvent): Governs {
  if (type === 'RulesAdopted') return 'rules';
  if (type === 'LexiconAdopted') return 'lexicon';
  return type === 'CalendarAdopted' ? 'calendars' : 'subscriptions';
}
