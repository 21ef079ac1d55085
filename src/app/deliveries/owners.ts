import { isEverywhere, isWithin, type Reach } from '../../../domain/access/scope.js';
import type { Subscriber } from '../../../domain/access/subscriber.js';
import type { Access } from '../access/access.js';
import type { Subscribed } from '../governance/governed.js';
import type { World } from '../ports.js';
import type { Pending } from './pending.js';

/** The people who added subscriptions, with their present roles. */
export type Owners = Pick<Access, 'subscriber' | 'placeOf' | 'changes$'>;

/** Why a part of a notice is not sent, as recorded. */
export const beyondRoles = 'The roles of the subscriber do not include the project.';

/** True once the person who added a subscription was removed. */
export function isOrphan({ by, status }: Pick<Subscribed, 'by' | 'status'>, owners: Owners): boolean {
  return status !== 'ended' && owners.subscriber(by).kind === 'removed';
}

/**
 * The part of a notice that is about projects out of its subscriber's reach now; undefined for none.
 *
 * @throws Refused `view-behind`
 */
export async function beyondReach(
  { subscription, by }: Pick<Subscribed, 'subscription' | 'by'>,
  { rows, ...notice }: Pending,
  owners: Owners,
  world: Pick<World, 'derivedId'>,
): Promise<Pending | undefined> {
  const owner = owners.subscriber(by);
  if (owner.kind === 'unknown') return undefined;
  const reach = owner.kind === 'known' ? owner.reach : [];
  const reached = await reachedOf(new Set(rows.map(({ project }) => project)), reach, owners);
  const beyond = rows.filter(({ project }) => !reached.has(project));
  if (beyond.length === 0) return undefined;
  const name = `beyond ${beyond.map(({ event }) => event).join(' ')}`;
  return { ...notice, notice: world.derivedId(subscription, name), rows: beyond };
}

/** How the present roles of a subscriber narrow a subscription; undefined if they do not. */
export type Limited = 'no-role' | 'no-project' | 'roles';

/** @throws Refused `view-behind` */
export async function limitedBy(
  owner: Subscriber,
  { choice, status }: Pick<Subscribed, 'choice' | 'status'>,
  owners: Pick<Owners, 'placeOf'>,
): Promise<Limited | undefined> {
  if (owner.kind !== 'known' || status === 'ended' || isEverywhere(owner.reach)) return undefined;
  if (owner.reach.length === 0) return 'no-role';
  const { projects } = choice;
  if (!projects) return 'roles';
  const reached = await reachedOf(new Set(projects), owner.reach, owners);
  if (reached.size === 0) return 'no-project';
  return reached.size < new Set(projects).size ? 'roles' : undefined;
}

async function reachedOf(
  projects: ReadonlySet<string>,
  reach: Reach,
  { placeOf }: Pick<Owners, 'placeOf'>,
): Promise<ReadonlySet<string>> {
  if (isEverywhere(reach)) return projects;
  const reached = new Set<string>();
  for (const project of projects) if (isWithin(reach, await placeOf(project))) reached.add(project);
  return reached;
}
