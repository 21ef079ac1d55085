import type { Permission } from '../../../domain/access/permissions.js';
import { isWithin, type Place, type Reach } from '../../../domain/access/scope.js';
import type { Command } from '../../../domain/project/commands.js';
import type { WriteRequest } from '../../app/queries/asked.js';
import { notPermitted } from '../../app/refusals.js';
import type { Topout } from '../../app/topout.js';
import { RequestRefused } from '../problems/faults.js';
import { absent } from './absent.js';
import { type Caller, rightsOf } from './caller.js';
import { whyNot } from './sign-in-faults.js';

/** What the rights of a caller add to a write. */
export type Permitted = Pick<WriteRequest, 'withdrawsOnlyOwn'>;

/**
 * Checks that a caller may give a command about a project, as the caller's rights are at this moment: a line of a long
 * import that comes after a revocation is refused.
 *
 * @throws RequestRefused `key-revoked`
 * @throws Refused `not-permitted`, and `project-not-found` for a project of which the caller may not even know
 */
export async function permitted(
  topout: Topout,
  caller: Caller,
  project: string,
  command: Command,
): Promise<Permitted> {
  if (caller.kind === 'open') return {};
  const rights = presentRights(topout, caller);
  const reaches = (permission: Permission, place: Place) => isWithin(rights[permission] ?? [], place);
  const any = neededFor(command);
  if (!any.some((permission) => rights[permission])) throw notPermitted(any);
  const place = await placeOf(topout, project, command);
  if (!any.some((permission) => reaches(permission, place))) {
    if (reaches('project-read', place)) throw notPermitted(any);
    absent('project', project);
  }
  const moves = command.type === 'DescribeProject' ? command.data.district : undefined;
  if (moves !== undefined && !reaches('project-set-up', { project, district: moves }))
    throw notPermitted(any);
  const isOfOthers = command.type === 'WithdrawEntry' && reaches('entry-withdraw-others', place);
  return command.type === 'WithdrawEntry' && !isOfOthers ? { withdrawsOnlyOwn: true } : {};
}

function presentRights(topout: Topout, caller: Caller): Readonly<Partial<Record<Permission, Reach>>> {
  if (caller.kind !== 'signed-in') return rightsOf(caller);
  const present = topout.access.again(caller.credential);
  if (!present) throw new RequestRefused([whyNot.revoked]);
  return present.rights;
}

function neededFor({ type }: Command): readonly Permission[] {
  switch (type) {
    case 'RegisterProject':
    case 'DescribeProject':
    case 'AdoptPlan':
    case 'StatePlanMoney':
      return ['project-set-up'];
    case 'WithdrawEntry':
      return ['entry-log', 'entry-withdraw-others'];
    case 'ExplainContradiction':
      return ['entry-log', 'entry-withdraw-others', 'project-set-up'];
    default:
      return ['entry-log'];
  }
}

/** A new project is where its registration puts it. */
function placeOf(topout: Topout, project: string, command: Command): Place | Promise<Place> {
  if (command.type === 'RegisterProject') return { project, district: command.data.district };
  return topout.access.placeOf(project);
}
