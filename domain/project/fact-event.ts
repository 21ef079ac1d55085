import type { Day } from '../values/days/calendar.js';
import type { Command, FactCommand } from './commands.js';
import type { ProjectEvent } from './events.js';
import type { Fact, FactTable, HasPassed, Known } from './facts/fact.js';
import type { Said } from './said.js';

/** What the event of a fact may depend on of its project. */
export interface FactsOfProject {
  /** The known facts. */
  facts: FactTable;
  live: Known['live'];
}

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
  { facts, live }: FactsOfProject,
  { latestDay, today }: EnteredOn,
  corrected?: Said,
): ProjectEvent {
  const event = eventOfFact(command, facts, (day) => day < today(), corrected);
  facts[event.type]?.refuse?.(event.data, { latestDay, live, asOf: event.entry.asOf });
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
  facts: FactTable,
  hasPassed: HasPassed,
  corrected?: Said,
): ProjectEvent {
  const { complete }: Fact = facts[type] as Fact;
  const before = corrected?.type === type ? corrected.data : undefined;
  return {
    type,
    data: complete ? complete(data, entry.asOf, before, hasPassed) : data,
    entry,
  } as ProjectEvent;
}

/** True for a command that states a fact of a table. */
export function isFact(command: Command, facts: FactTable): command is FactCommand {
  return Object.hasOwn(facts, command.type);
}
