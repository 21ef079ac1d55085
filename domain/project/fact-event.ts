import type { Day } from '../values/calendar.js';
import type { FactCommand } from './commands.js';
import type { Entries } from './entries.js';
import type { EventType, ProjectEvent } from './events.js';
import type { Fact, HasPassed } from './facts/fact.js';
import type { Said } from './said.js';

/** The days on which a fact is entered. */
export interface EnteredOn {
  /** The last day that has begun. */
  latestDay: Day;
  /** The business day of the project. */
  today(): Day;
}

/**
 * The event that records a fact, unless the fact cannot be true.
 *
 * @param corrected the entry that it corrects
 * @throws CommandRejected for a reason that the descriptor of the fact gives
 */
export function factOf(
  command: FactCommand,
  said: Entries,
  { latestDay, today }: EnteredOn,
  corrected?: Said,
): ProjectEvent {
  const event = eventOfFact(command, said, (day) => day < today(), corrected);
  const live = (type: string) => said.live(type as EventType).map(({ data }) => data);
  said.facts[event.type]?.refuse?.(event.data, { latestDay, live, asOf: event.entry.asOf });
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
  hasPassed: HasPassed,
  corrected?: Said,
): ProjectEvent {
  const { complete }: Fact = said.facts[type] as Fact;
  const before = corrected?.type === type ? corrected.data : undefined;
  return {
    type,
    data: complete ? complete(data, entry.asOf, before, hasPassed) : data,
    entry,
  } as ProjectEvent;
}
