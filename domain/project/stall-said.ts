import type { Day } from '../values/calendar.js';
import { CommandRejected } from '../values/rejections.js';
import type { Blocked, EventData, StallCause } from './events.js';

type StallDeclared = EventData['StallDeclared'];

/** A declared stall as it is said: what is absent follows from the entry, or is kept from the declaration that it corrects. */
export type StallSaid = Pick<StallDeclared, 'cause'> & Partial<StallDeclared>;

/** What a stall blocks when nobody says: works, but for two causes. */
const blockedBy: Readonly<Partial<Record<StallCause, Blocked>>> = {
  licence: 'production',
  labour: 'staffing',
};

/**
 * The whole declaration of a stall. A correction keeps the id, and what it does not say: what is blocked, the first day, and
 * both days when it says neither.
 *
 * @param asOf the day of the entry
 * @throws CommandRejected `stall-id-fixed`
 */
export function stallDeclared(
  said: StallSaid,
  asOf: Day,
  corrected: StallDeclared | undefined,
): StallDeclared {
  const { cause, blocks = corrected?.blocks ?? [blockedBy[cause] ?? 'works'] } = said;
  const isDated = said.from !== undefined || said.to !== undefined;
  const { from = corrected?.from ?? asOf, to } = isDated || !corrected ? said : corrected;
  const { stall = corrected?.stall ?? `${cause}-${from}` } = said;
  if (corrected && stall !== corrected.stall) {
    throw new CommandRejected('stall-id-fixed', {
      member: 'stall',
      seen: `"${stall}"`,
      expected: `no other id than "${corrected.stall}": a correction of a stall keeps its id`,
    });
  }
  return { stall, cause, blocks, from, ...(to === undefined ? {} : { to }) };
}
