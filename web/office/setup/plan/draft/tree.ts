import { byParent } from '../../../../../domain/project/branches.js';
import type { WorkItem } from '../../../../../domain/project/events.js';
import { wholeBasisPoints } from '../../../../../domain/values/amounts/basis-points.js';

/** The items of a draft plan, each after its parent. */
export type Items = readonly WorkItem[];

/** The same items with each group directly before its parts; items whose parents form a cycle come last as roots. */
export function ordered(items: Items): WorkItem[] {
  const children = byParent(items);
  const found: WorkItem[] = [];
  const walk = (parent: string | undefined) => {
    for (const item of children.get(parent) ?? []) {
      found.push(item);
      walk(item.id);
    }
  };
  walk(undefined);
  const seen = new Set(found);
  return [...found, ...items.filter((item) => !seen.has(item)).map(asRoot)];
}

/** The depth of each item: 1 for a root. */
export function depths(items: Items): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { id, parent } of items)
    found.set(id, 1 + (parent === undefined ? 0 : (found.get(parent) ?? 0)));
  return found;
}

/** The direct parts of an item, or the roots. */
export function childrenOf(items: Items, parent: string | undefined): WorkItem[] {
  return items.filter((item) => item.parent === parent);
}

/** The sum of weights of each item's parts; that of the roots under undefined. */
export function sums(items: Items): ReadonlyMap<string | undefined, number> {
  const found = new Map<string | undefined, number>();
  for (const { parent, weight } of items) found.set(parent, (found.get(parent) ?? 0) + weight);
  return found;
}

/** Each item's share of the whole in basis points, multiplied through its parents. */
export function shares(items: Items): ReadonlyMap<string, number> {
  const sum = sums(items);
  const found = new Map<string, number>();
  for (const { id, parent, weight } of items) {
    const above = parent === undefined ? wholeBasisPoints : (found.get(parent) ?? 0);
    const beside = sum.get(parent) ?? 0;
    found.set(id, beside === 0 ? 0 : (above * weight) / beside);
  }
  return found;
}

/** The items with one changed. Undefined members are removed. */
export function changed(items: Items, id: string, patch: Partial<WorkItem>): WorkItem[] {
  return items.map((item) => (item.id === id ? without({ ...item, ...patch }) : item));
}

/** The items with a new one: as the last part of `within`, or directly after `behind` and its parts. */
export function added(items: Items, item: WorkItem, place: { within?: string; behind?: string }): WorkItem[] {
  const beside = items.find(({ id }) => id === place.behind);
  const parent = beside ? beside.parent : place.within;
  const one = without({ ...item, parent });
  const last = place.behind ?? parent;
  return last === undefined ? [...items, one] : putBehind(items, [one], last);
}

/** The items without one and its parts; references to them in `after` and `states` are removed. */
export function removed(items: Items, id: string): WorkItem[] {
  const gone = new Set(branch(items, id).map((item) => item.id));
  return items
    .filter((item) => !gone.has(item.id))
    .map((item) => {
      const stays = (other: string) => !gone.has(other);
      const states = item.states !== undefined && stays(item.states) ? item.states : undefined;
      const after = item.after?.filter(stays) ?? [];
      if (states === item.states && after.length === (item.after?.length ?? 0)) return item;
      return without({ ...item, after: after.length > 0 ? after : undefined, states });
    });
}

/** The items with one and its parts moved before or after its sibling; unchanged if there is none. */
export function moved(items: Items, id: string, by: -1 | 1): Items {
  const item = items.find((one) => one.id === id);
  const siblings = childrenOf(items, item?.parent);
  const other = siblings[siblings.findIndex((one) => one.id === id) + by];
  if (!item || !other) return items;
  const [first, second] = by < 0 ? [other, item] : [item, other];
  const rest = items.filter((one) => !branch(items, first.id).includes(one));
  return putBehind(rest, branch(items, first.id), second.id);
}

/** The items with one indented: the last part of its previous sibling. */
export function indented(items: Items, id: string): Items {
  const item = items.find((one) => one.id === id);
  const siblings = childrenOf(items, item?.parent);
  const above = siblings[siblings.findIndex((one) => one.id === id) - 1];
  return above ? changed(items, id, { parent: above.id }) : items;
}

/** The items with one outdented: directly after its former group. */
export function outdented(items: Items, id: string): Items {
  const item = items.find((one) => one.id === id);
  const group = items.find((one) => one.id === item?.parent);
  if (!item || !group) return items;
  const own = branch(items, id).map((one) =>
    one.id === id ? without({ ...one, parent: group.parent }) : one,
  );
  const rest = items.filter((one) => !own.some((other) => other.id === one.id));
  return putBehind(rest, own, group.id);
}

/** An item and its descendants, in order. */
export function branch(items: Items, id: string): WorkItem[] {
  const own = new Set([id]);
  return items.filter((item) => {
    if (item.id !== id && !(item.parent !== undefined && own.has(item.parent))) return false;
    own.add(item.id);
    return true;
  });
}

/** The ids of the items that have parts. */
export function groupsIn(items: Items): ReadonlySet<string> {
  return new Set(items.flatMap(({ parent }) => parent ?? []));
}

/** The items under other ids, with all references. */
export function withIds(items: Items, idOf: (id: string) => string): WorkItem[] {
  return items.map((item) => ({
    ...item,
    id: idOf(item.id),
    ...(item.parent === undefined ? {} : { parent: idOf(item.parent) }),
    ...(item.after ? { after: item.after.map(idOf) } : {}),
    ...(item.states === undefined ? {} : { states: idOf(item.states) }),
  }));
}

function putBehind(items: Items, some: Items, id: string): WorkItem[] {
  const last = branch(items, id).at(-1);
  const at = last ? items.indexOf(last) + 1 : items.length;
  return [...items.slice(0, at), ...some, ...items.slice(at)];
}

function asRoot(item: WorkItem): WorkItem {
  return without({ ...item, parent: undefined });
}

/** Undefined members count as absent: plans are compared, stored and sent as JSON. */
function without(item: { [Name in keyof WorkItem]: WorkItem[Name] | undefined }): WorkItem {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as never;
}
