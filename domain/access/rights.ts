import type { Day } from '../values/days/calendar.js';
import type { AccessState, Credential, Grant } from './access.js';
import type { Limits } from './events.js';
import type { Permission } from './permissions.js';
import { permissionsOf, type Role } from './roles.js';
import type { Area, Reach } from './scope.js';

/** What somebody may do, and where; an absent permission is one that they do not have. */
export type Rights = Readonly<Partial<Record<Permission, Reach>>>;

/** The grants of a person that are in force now. */
export function grantsInForce({ grants, people }: AccessState, person: string): Grant[] {
  if (!people[person] || people[person].removed) return [];
  return Object.values(grants).filter((grant) => grant.person === person && !grant.revoked);
}

/** The grants of a person that were in force on some part of a day. */
export function grantsOn({ grants }: AccessState, person: string, day: Day): Grant[] {
  return Object.values(grants).filter(
    (grant) =>
      grant.person === person && grant.granted.on <= day && (!grant.revoked || grant.revoked.on >= day),
  );
}

/** The rights that grants give, within the limits of a credential. */
export function rightsOf(
  grants: readonly Pick<Grant, 'role' | 'scope'>[],
  { roles, scope: limit }: Limits = {},
): Rights {
  const rights: Partial<Record<Permission, Area[]>> = {};
  for (const { role, scope } of grants) {
    if (roles && !roles.includes(role)) continue;
    const area = limit ? [scope, limit] : [scope];
    for (const permission of permissionsOf(role)) {
      const reach = rights[permission] ?? [];
      reach.push(area);
      rights[permission] = reach;
    }
  }
  return rights;
}

/** The rights of a person on a day, as the state knows them: that of an earlier position is what was known then. */
export function rightsOn(state: AccessState, person: string, day: Day): Rights {
  return rightsOf(grantsOn(state, person, day));
}

/** The rights that a credential gives now. */
export function rightsBy(state: AccessState, { person, limits }: Credential): Rights {
  return rightsOf(grantsInForce(state, person), limits);
}

/** The people with a role in the whole installation. */
export function holdersOf(state: AccessState, role: Role): string[] {
  return Object.keys(state.people).filter((person) =>
    grantsInForce(state, person).some((grant) => grant.role === role && grant.scope.kind === 'installation'),
  );
}
