import type { Day } from '../values/days/calendar.js';
import type { Command } from './commands.js';
import type { ProjectEvent } from './events.js';
import { type EnteredOn, factOf, isFact } from './fact-event.js';
import type { FactTable } from './facts/fact.js';
import { requireBegun } from './facts/refusals.js';
import { requireShape } from './metadata-shape.js';

/** What a decision without the entries of a project rests on. */
export interface AloneOn extends EnteredOn {
  latestDay: Day;
  facts: FactTable;
}

/**
 * The event of a command about a registered project as far as it follows from the command alone; undefined when `decide` has to look at
 * the entries: a command that states no fact, a correction, a fact that depends on earlier ones, or one that is refused.
 *
 * Where no entry of the project has the `sayingHash` of the event, `decide` appends it too.
 */
export function eventAlone(command: Command, { facts, ...enteredOn }: AloneOn): ProjectEvent | undefined {
  if (!isFact(command, facts) || command.entry.corrects !== undefined) return undefined;
  let hasLooked = false;
  const live = () => {
    hasLooked = true;
    return [];
  };
  try {
    requireBegun('asOf', command.entry.asOf, enteredOn.latestDay);
    requireShape(command.entry);
    const event = factOf(command, { facts, live }, enteredOn);
    return hasLooked ? undefined : event;
  } catch {
    // It is refused again, in the order in which `decide` refuses.
    return undefined;
  }
}
