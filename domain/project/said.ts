import type { EventType, ProjectEvent } from './events.js';
import type { FactTable } from './facts/fact.js';

/** One entry as the project remembers it: enough to recognize a repetition, and to withdraw it. */
export type Said<T extends EventType = EventType> = ProjectEvent<T> & {
  id: string;
  revision: number;
  /** Its author; absent where nobody asks. */
  by?: string;
};

/**
 * The subject of an event, topic first; of two about one subject for one day the later one counts.
 *
 * Entries of different topics are never compared.
 */
export function subjectOf(
  event: ProjectEvent,
  facts: FactTable,
): readonly [string, ...(string | undefined)[]] {
  if (event.type === 'EntryWithdrawn') return [`withdrawal ${event.data.entry}`];
  if (event.type === 'ContradictionExplained') return [`explanation ${event.data.contradiction}`];
  return facts[event.type]?.subject(event.data) ?? [event.type];
}

/** The coarse subject of an event: two about one subject always have one topic. */
export function topicOf(event: ProjectEvent, facts: FactTable): string {
  return subjectOf(event, facts)[0];
}
