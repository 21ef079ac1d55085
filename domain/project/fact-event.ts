import type { Day } from '../values/calendar.js';
import type { FactCommand } from './commands.js';
import type { Entries } from './entries.js';
import type { EventType, ProjectEvent } from './events.js';
import type { Fact } from './facts/fact.js';
import type { Said } from './said.js';

/**
 * The event that records a fact, unless the fact cannot be true.
 *
 * @param corrected the entry that it corrects
 * @throws CommandRejected for a reason that the descriptor of the fact gives
 */
export function factOf(command: FactCommand, said: Entries, latestDay: Day, corrected?: Said): ProjectEvent {
  const event = eventOfFact(command, said, corrected);
  const live = (type: string) => said.live(type as EventType).map(({ data }) => data);
  said.facts[event.type]?.refuse?.(event.data, { latestDay, live });
  return event;
}

/**
 * The event that records a fact, whether or not the fact can be true.
 *
 * @param corrected the entry that it corrects
 * @throws CommandRejected a corrected stall gets another id
 */
export function eventOfFact(
  { type, data, entry }: FactCommand,
  said: Entries,
  corrected?: Said,
): ProjectEvent {
  const { complete }: Fact = said.facts[type] as Fact;
  const before = corrected?.type === type ? corrected.data : undefined;
  return { type, data: complete ? complete(data, entry.asOf, before) : data, entry } as ProjectEvent;
}
