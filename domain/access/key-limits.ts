import { CommandRejected } from '../values/rejections.js';
import type { Words } from '../values/words.js';
import type { AccessState } from './access.js';
import type { PlaceOf } from './delegation.js';
import type { Limits } from './events.js';
import { placeWords } from './permission-words.js';
import { grantsInForce } from './rights.js';
import { roleNames } from './roles.js';
import { overlaps } from './scope.js';

/**
 * Refuses the limits of a new key that name a role which its person does not hold, or a scope in which they hold none.
 *
 * @throws CommandRejected `limits-foreign`
 */
export function requireLimitsHeld(
  { roles, scope }: Limits,
  state: AccessState,
  person: string,
  placeOf: PlaceOf,
): void {
  const held = grantsInForce(state, person);
  const missing = roles?.find((role) => !held.some((grant) => grant.role === role));
  if (missing !== undefined)
    throw foreign('limits.roles', roleNames[missing], {
      en: 'roles that the person holds',
      zh: '该人员拥有的角色',
    });
  if (!scope) return;
  const limited = held.filter(({ role }) => roles?.includes(role) ?? true);
  if (limited.some((grant) => overlaps([[grant.scope]], scope, placeOf))) return;
  throw foreign('limits.scope', placeWords(scope), {
    en: 'a place where the person holds one of these roles',
    zh: '该人员拥有所列角色的范围',
  });
}

function foreign(member: string, seen: Words, expected: Words): CommandRejected {
  return new CommandRejected('limits-foreign', { member, seen, expected });
}
