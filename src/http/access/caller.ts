import type { Commander } from '../../../domain/access/delegation.js';
import { type Permission, permissions } from '../../../domain/access/permissions.js';
import type { Rights } from '../../../domain/access/rights.js';
import { everywhere, isEverywhere, type Reach } from '../../../domain/access/scope.js';
import type { Principal } from '../../app/access/principals.js';
import { notPermitted } from '../../app/refusals.js';

/** The caller of a request: somebody who signed in, everybody in open mode, or nobody on a public route. */
export type Caller =
  | { kind: 'open' }
  | { kind: 'nobody'; isOnOpenWire?: true }
  | ({ kind: 'signed-in' } & SignedIn);

/** Somebody who signed in, and by which kind of credential. */
type SignedIn = Omit<Principal, 'kind'> & { by: Principal['kind'] };

export const openCaller: Caller = { kind: 'open' };
export const nobody: Caller = { kind: 'nobody' };
/** Nobody, who cannot sign in either: others could read it. */
export const nobodyOnOpenWire: Caller = { kind: 'nobody', isOnOpenWire: true };

const allRights: Rights = Object.fromEntries(permissions.map((permission) => [permission, everywhere]));

/** What a caller may do. */
export function rightsOf(caller: Caller): Rights {
  if (caller.kind === 'signed-in') return caller.rights;
  return caller.kind === 'open' ? allRights : {};
}

/** Where a caller has a permission; undefined for the whole installation. @throws Refused `not-permitted` nowhere */
export function within(caller: Caller, permission: Permission): Reach | undefined {
  const reach = rightsOf(caller)[permission];
  if (!reach) throw notPermitted([permission]);
  return isEverywhere(reach) ? undefined : reach;
}

/** Where a caller has any of some permissions. @throws Refused `not-permitted` nowhere */
export function withinAny(caller: Caller, any: readonly Permission[]): Reach {
  const rights = rightsOf(caller);
  const reach = any.flatMap((permission) => rights[permission] ?? []);
  if (reach.length === 0) throw notPermitted(any);
  return reach;
}

/** A caller as one who gives commands about access; nobody can in open mode. @throws Refused `not-permitted` */
export function commanderOf(caller: Caller): Commander {
  if (caller.kind !== 'signed-in') throw notPermitted();
  return caller;
}
