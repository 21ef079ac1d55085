import { type Instant, instantAfter } from '../values/days/calendar.js';
import { msPerDay } from '../values/days/durations.js';
import type { Decision } from '../values/decision.js';
import type { AccessState, ErasureRequest, Person } from './access.js';
import type { AccessCommand } from './commands.js';
import type { NewAccessEvent } from './events.js';
import { holdersOf } from './rights.js';

/** For how long another administrator can confirm an erasure. */
const confirmableDays = 7;

/**
 * Decides on the erasure of a person: an only administrator erases alone, and of two or more one asks for it and another one
 * confirms it. Asking again records nothing.
 */
export function decideErasure(
  { person, by, at }: Extract<AccessCommand, { type: 'ErasePerson' }>,
  state: AccessState,
  known: Person,
): Decision<NewAccessEvent, Person> {
  const request = requestInForce(state, known, at);
  const isAlone = holdersOf(state, 'administrator').every((administrator) => administrator === by);
  if (isAlone || (request && request.by !== by)) {
    const removed = known.removed ? [] : [{ type: 'PersonRemoved', data: { person } } as const];
    return { append: [...removed, { type: 'PersonErased', data: { person } }] };
  }
  if (request) return { alreadySaid: known };
  const until = instantAfter(at, confirmableDays * msPerDay);
  return { append: [{ type: 'ErasureRequested', data: { person, until } }] };
}

/** The request to erase a person that can be confirmed now: one that expired, or of a former administrator, cannot. */
export function requestInForce(
  state: AccessState,
  { erasure }: Person,
  at: Instant,
): ErasureRequest | undefined {
  if (!erasure || erasure.until <= at) return undefined;
  return holdersOf(state, 'administrator').includes(erasure.by) ? erasure : undefined;
}
