import type { AccessEventData } from '../access/events.js';
import { type AlertEventData, type AlertEventType, isAlertsStream } from '../alerts/events.js';
import type { GovernanceEventData } from '../governance/events.js';
import type { LeadershipEventData } from '../leadership/events.js';
import {
  type EntryMetadata,
  type EventData,
  isProjectStream,
  type Recorded,
  type RecordedEvent,
} from '../project/events.js';
import type { FactTable } from '../project/facts/fact.js';
import { type FactType, facts } from '../project/facts/facts.js';
import type { LedgerEventData } from './ledger-events.js';

/** What the streams of every kind hold: projects, their alerts, the governance, who may do what, who leads, and where the log comes from. */
export interface AnyEventData
  extends EventData,
    AlertEventData,
    GovernanceEventData,
    AccessEventData,
    LeadershipEventData,
    LedgerEventData {}
export type AnyEventType = keyof AnyEventData;

/** A new event of any stream. */
export type AnyEvent<T extends AnyEventType = AnyEventType> = {
  [K in T]: { type: K; data: AnyEventData[K]; entry: EntryMetadata };
}[T];

/** An event of any stream as a store returns it. */
export type AnyRecordedEvent<T extends AnyEventType = AnyEventType> = AnyEvent<T> & Recorded;

/** Current schemas of the events other than facts; the descriptor of a fact holds its own. */
const schemasBefore = { ProjectRegistered: 2, ProjectDescribed: 2, PlanAdopted: 4 } as const;
const schemasAfter: Readonly<Record<Exclude<AnyEventType, FactType | keyof typeof schemasBefore>, number>> = {
  EntryWithdrawn: 1,
  ContradictionExplained: 1,
  AlertRaised: 2,
  AlertEscalated: 1,
  AlertRevised: 1,
  AlertReminded: 1,
  AlertAcknowledged: 1,
  AlertSilenced: 1,
  AlertMuted: 1,
  AlertCleared: 1,
  NoticeSent: 1,
  NoticeFailed: 1,
  RulesAdopted: 1,
  LexiconAdopted: 1,
  CalendarAdopted: 1,
  SubscriptionAdded: 2,
  SubscriptionChanged: 2,
  ConfirmationAsked: 1,
  AddressConfirmed: 1,
  SecretRotated: 1,
  SubscriptionPaused: 1,
  SubscriptionResumed: 1,
  SubscriptionEnded: 1,
  PersonAdded: 1,
  PersonRemoved: 1,
  RoleGranted: 1,
  RoleRevoked: 1,
  CredentialIssued: 1,
  CredentialRevoked: 1,
  CredentialRenewed: 1,
  SignedOutEverywhere: 1,
  ErasureRequested: 1,
  ErasureCancelled: 1,
  PersonErased: 1,
  PersonNamed: 1,
  PasswordSet: 1,
  DeviceLabelled: 1,
  DeliveriesTaken: 1,
  LogContinued: 1,
  StoreRolledBack: 1,
};

/** The current schema of each event type, with the facts of a table. */
export function schemasOf(table: FactTable): Readonly<Record<string, number>> {
  const schemas: Record<string, number> = { ...schemasBefore };
  for (const type of Object.keys(table)) schemas[type] = table[type]?.schema ?? 0;
  return { ...schemas, ...schemasAfter };
}

/** The current schema of each event type; older ones are upcast on reading. */
export const schemas = schemasOf(facts) as Readonly<Record<AnyEventType, number>>;

/** True for an event of a project's own stream. */
export function isOfProject(event: AnyRecordedEvent): event is RecordedEvent {
  return isProjectStream(event.stream);
}

/** True for an event of the alerts of a project. */
export function isOfAlerts(event: AnyRecordedEvent): event is AnyRecordedEvent<AlertEventType> {
  return isAlertsStream(event.stream);
}

/** The events of projects' own streams among others. */
export function ofProjects(events: readonly AnyRecordedEvent[]): RecordedEvent[] {
  return events.filter(isOfProject);
}
