import type { WorkItem } from '../../../../../domain/project/events.js';
import { isSame } from '../../../../../domain/values/equal.js';
import { branch, type Items, ordered } from './tree.js';

/** Two concurrent changes of a plan merged, and the items that both changed. */
export interface Merged {
  items: WorkItem[];
  /** Conflicts in which my version was kept. */
  disputed: string[];
  /** Items that the other author added, changed or removed, which were merged. */
  taken: string[];
}

/**
 * A three-way merge, member by member; in a conflict my version wins.
 *
 * @param base the plan from which both started
 */
export function merged(base: Items, mine: Items, theirs: Items): Merged {
  const [was, own, other] = [base, mine, theirs].map(
    (items) => new Map(items.map((item) => [item.id, item])),
  );
  const disputed = new Set<string>();
  const taken = new Set<string>();
  let items: WorkItem[] = [];
  for (const item of mine) {
    const before = was?.get(item.id);
    const now = other?.get(item.id);
    if (now) items.push(mergedItem(before, item, now, disputed, taken));
    else if (!before) items.push(item);
    else if (isSame(before, item)) taken.add(item.id);
    else {
      disputed.add(item.id);
      items.push(item);
    }
  }
  for (const [index, item] of theirs.entries()) {
    if (own?.has(item.id)) continue;
    const before = was?.get(item.id);
    // An item that I removed stays removed, unless it was changed meanwhile.
    if (before && isSame(before, item)) continue;
    if (before) disputed.add(item.id);
    else {
      taken.add(item.id);
      items = placed(items, item, theirs.slice(0, index));
    }
  }
  const there = new Set(items.map(({ id }) => id));
  return {
    items: ordered(items.map((item) => withinThose(item, there))),
    disputed: [...disputed],
    taken: [...taken].filter((id) => !disputed.has(id)),
  };
}

function mergedItem(
  before: WorkItem | undefined,
  mine: WorkItem,
  theirs: WorkItem,
  disputed: Set<string>,
  taken: Set<string>,
): WorkItem {
  const item: Record<string, unknown> = { ...mine };
  for (const member of new Set([...Object.keys(mine), ...Object.keys(theirs)]) as Set<keyof WorkItem>) {
    if (isSame(mine[member], theirs[member])) continue;
    const isMine = !isSame(before?.[member], mine[member]);
    const isTheirs = !isSame(before?.[member], theirs[member]);
    if (isMine && isTheirs) disputed.add(mine.id);
    if (isMine) continue;
    taken.add(mine.id);
    if (theirs[member] === undefined) delete item[member];
    else item[member] = theirs[member];
  }
  return item as unknown as WorkItem;
}

/** After its previous sibling, else first in its group. */
function placed(items: WorkItem[], item: WorkItem, before: Items): WorkItem[] {
  const beside = before.findLast(
    ({ id, parent }) => parent === item.parent && items.some((one) => one.id === id),
  );
  const last = beside ? branch(items, beside.id).at(-1) : items.find(({ id }) => id === item.parent);
  const at = last ? items.indexOf(last) + 1 : item.parent === undefined ? 0 : items.length;
  return [...items.slice(0, at), item, ...items.slice(at)];
}

/** References to removed items are dropped. */
function withinThose(item: WorkItem, there: ReadonlySet<string>): WorkItem {
  const { parent, after, states, ...rest } = item;
  const known = after?.filter((id) => there.has(id));
  return {
    ...rest,
    ...(parent !== undefined && there.has(parent) ? { parent } : {}),
    ...(known && known.length > 0 ? { after: known } : {}),
    ...(states !== undefined && there.has(states) ? { states } : {}),
  };
}
