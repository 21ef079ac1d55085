import { Entries } from '../../../../../domain/project/entries.js';
import type { RecordedEvent, Rename } from '../../../../../domain/project/events.js';
import { entriesOn, idsUsed, movedItems } from '../../../../../domain/project/renames.js';
import type { Day } from '../../../../../domain/values/days/calendar.js';
import type { InForce } from '../paste/matching.js';
import { freeId } from './readable-ids.js';
import { branch, changed, type Items, withIds } from './tree.js';

/** The work that a project's item ids refer to. */
export interface Identity extends InForce {
  /** Items with entries whose name or place differs from an earlier plan. */
  movedIn: (items: Items) => Rename[];
}

/**
 * What the entries of a project state about its ids.
 *
 * @param asOf the day from which the plan would count
 */
export function identityOf(entries: readonly RecordedEvent[], inForce: Items, asOf: Day): Identity {
  const said = Entries.of(entries);
  return {
    items: inForce,
    hasEntries: entriesOn(inForce, said),
    used: idsUsed(said),
    movedIn: (items) => movedItems({ items: [...items], basis: 'stated' }, asOf, said),
  };
}

/** True if two renames are equal. */
export function isSameRename(a: Rename, b: Rename): boolean {
  return a.id === b.id && a.step === b.step && a.from === b.from && a.to === b.to;
}

/** The items with new ids for one item and its parts, or for one of its steps; their entries keep the old id. */
export function withNewId(
  items: Items,
  { id, step }: Rename,
  identity: Pick<Identity, 'items' | 'used'>,
): Items {
  const item = items.find((one) => one.id === id);
  if (!item) return items;
  if (step !== undefined) {
    const free = freeId(step, new Set(item.steps?.map((one) => one.id)));
    return changed(items, id, {
      steps: (item.steps ?? []).map((one) => (one.id === step ? { ...one, id: free } : one)),
    });
  }
  const before = new Set([id, ...branch(identity.items, id).map((one) => one.id)]);
  const taken = new Set([...identity.used, ...items.map((one) => one.id)]);
  const ids = new Map<string, string>();
  for (const one of branch(items, id)) {
    if (!before.has(one.id)) continue;
    const free = freeId(one.id, taken);
    taken.add(free);
    ids.set(one.id, free);
  }
  return withIds(items, (one) => ids.get(one) ?? one);
}
