import { type AccessState, emptyAccess, type Grant } from '../../../domain/access/access.js';
import { foundPerson } from '../../../domain/access/decide.js';
import type { Commander, PlaceOf } from '../../../domain/access/delegation.js';
import { isEverywhere, isWithin, type Reach, type Scope } from '../../../domain/access/scope.js';
import { notPermitted } from '../refusals.js';
import { isInSight } from './access-answers.js';

/** What a command is about. */
export interface About {
  person?: string;
  /** Of a new grant, or to which a key is limited. */
  scope?: Scope | undefined;
  /** Throws what refuses it; a grant is in sight if its scope is. */
  check?(state: AccessState, isInSight: (scope: Scope) => boolean, placeOf: PlaceOf): void;
}

/**
 * Refuses a command about somebody of whom its commander may not know.
 *
 * @throws Refused `not-permitted` the commander manages nobody
 * @throws CommandRejected `person-unknown` as for somebody absent
 */
export function requireInSight(
  person: string,
  { person: self, rights }: Commander,
  state: AccessState,
  placeOf: PlaceOf,
): void {
  if (person === self) return;
  const reach = rights['people-manage'];
  if (!reach) throw notPermitted();
  if (!isInSight(state, person, reach, placeOf)) foundPerson(emptyAccess(), person);
}

/** Which grants are shown within a reach. */
export function isShownIn(reach: Reach, placeOf: PlaceOf): (grant: Grant) => boolean {
  return isEverywhere(reach) ? () => true : ({ scope }) => isWithin(reach, placeOf(scope));
}
