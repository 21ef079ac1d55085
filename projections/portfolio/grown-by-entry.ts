import type { EventType } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';
import { ProjectDays } from '../alerts/project-on-day.js';
import { completionIn } from '../completion/completion.js';
import { factsIn } from '../facts/facts.js';
import type { Steps } from '../facts/steps.js';
import type { ProjectState } from '../project/project.js';

/** True for an entry by which a total may grow. */
export function mayGrow({ type, data }: { type: EventType | string; data: object }): boolean {
  if (type === 'PlanAdopted') return true;
  const { kind } = ('measure' in data ? data.measure : {}) as { kind?: string };
  return kind === 'count' || kind === 'quantity' || kind === 'storeys';
}

/**
 * The totals that grew by a day, in words, by the entry with the new total; in steps.
 *
 * @param days of the same project, if they are known
 */
export function* grownByEntry(
  state: ProjectState,
  asOf: Day,
  days = new ProjectDays(state),
): Steps<ReadonlyMap<Uuid, readonly Words[]>> {
  const soFar = yield* days.on(asOf);
  const { grown = [] } = completionIn(factsIn(state.completion), asOf, soFar);
  const byEntry = new Map<Uuid, Words[]>();
  for (const { words, entries } of grown) {
    const entry = entries.at(-1) as Uuid;
    byEntry.set(entry, [...(byEntry.get(entry) ?? []), words]);
  }
  return byEntry;
}
