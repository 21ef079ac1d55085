import type { AccessState } from './access.js';
import { grantsInForce, rightsOf } from './rights.js';
import type { Reach } from './scope.js';

/** Somebody who added a subscription, as they are now. */
export type Subscriber =
  /** Nobody who was ever added: the subscription is from the time before access. */
  | { kind: 'unknown' }
  | { kind: 'removed' }
  /** `reach`: where their roles include subscriptions; nowhere without such a role. */
  | { kind: 'known'; reach: Reach };

/** What somebody who added a subscription may be notified of now. */
export function subscriberIn(state: AccessState, by: string): Subscriber {
  const person = Object.hasOwn(state.people, by) ? state.people[by] : undefined;
  if (!person) return { kind: 'unknown' };
  if (person.removed) return { kind: 'removed' };
  return { kind: 'known', reach: rightsOf(grantsInForce(state, by))['subscriptions-own'] ?? [] };
}
