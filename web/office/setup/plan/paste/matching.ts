import type { WorkItem } from '../../../../../domain/project/events.js';
import { comparedName, isSameName } from '../../../../../domain/project/renames.js';
import { freeId } from '../draft/readable-ids.js';
import { childrenOf, type Items, withIds } from '../draft/tree.js';
import type { ReadRow } from './sheet-plan.js';

/** The data that the rows of a sheet are matched with. */
export interface InForce {
  items: Items;
  /** True for an item with entries of its own or of its parts. */
  hasEntries: (id: string) => boolean;
  /** Ids that no new item may have: their entries would be counted for it. */
  used: ReadonlySet<string>;
}

/** A row that may be an existing item with entries. */
export interface Doubt {
  row: ReadRow;
  candidates: readonly WorkItem[];
  /** The id that the user chose; null for a new item. */
  chosen: string | null | undefined;
}

/** The rows as plan items: matched ones with existing ids, others with new ids. */
export interface Matched {
  items: WorkItem[];
  /** The number of rows matched to items of the plan in force. */
  known: number;
  doubts: Doubt[];
}

/** Maps a row's id to the plan item it is, or null for a new one. */
export type Choices = ReadonlyMap<string, string | null>;

/**
 * Matches the rows of a sheet to the items of the plan in force: by id and name, by name within the group, and by name
 * where groups were only added around it or removed. A remaining row may be a remaining item with entries; the user
 * decides.
 */
export function matched(rows: readonly ReadRow[], inForce: InForce, choices: Choices): Matched {
  const matching = new Matching(rows, inForce.items, choices);
  const doubts: Doubt[] = [];
  for (const row of rows) {
    const { id } = row.item;
    if (matching.of(id) !== undefined && !choices.has(id)) continue;
    const candidates = matching
      .candidatesOf(row, choices.get(id) ?? undefined)
      .filter((one) => inForce.hasEntries(one.id));
    if (candidates.length > 0) doubts.push({ row, candidates, chosen: choices.get(id) });
  }
  return { items: identified(rows, matching, inForce), known: matching.count, doubts };
}

class Matching {
  private readonly byRow = new Map<string, string>();
  private readonly taken = new Set<string>();
  private readonly rowItems = new Map<string, WorkItem>();
  private readonly known: ReadonlyMap<string, WorkItem>;

  constructor(
    rows: readonly ReadRow[],
    private readonly items: Items,
    private readonly choices: Choices,
  ) {
    this.known = new Map(items.map((item) => [item.id, item]));
    for (const { item } of rows) this.rowItems.set(item.id, item);
    for (const [row, item] of choices) if (item !== null && this.known.has(item)) this.take(row, item);
    for (const { item, hasOwnId } of rows) {
      const known = hasOwnId ? this.known.get(item.id) : undefined;
      if (known && isSameName(known.name, item.name)) this.take(item.id, known.id);
    }
    do this.byGroup(rows);
    while (this.byName(rows));
  }

  get count(): number {
    return this.byRow.size;
  }

  of(row: string): string | undefined {
    return this.byRow.get(row);
  }

  /** The items that a row may be: same name, or remaining in its group; one with the same id comes first. */
  candidatesOf({ item, hasOwnId }: ReadRow, chosen: string | undefined): readonly WorkItem[] {
    const parent = item.parent === undefined ? undefined : this.byRow.get(item.parent);
    const isInKnown = item.parent === undefined || parent !== undefined;
    return this.items
      .filter(({ id }) => id === chosen || !this.taken.has(id))
      .filter(
        (one) =>
          one.id === chosen ||
          (hasOwnId && one.id === item.id) ||
          isSameName(one.name, item.name) ||
          (isInKnown && one.parent === parent),
      )
      .sort((a, b) => this.likeness(b, item) - this.likeness(a, item));
  }

  private likeness(one: WorkItem, item: WorkItem): number {
    return (one.id === item.id ? 1 : 0) + (isSameName(one.name, item.name) ? 2 : 0);
  }

  private take(row: string, item: string): void {
    if (this.byRow.has(row) || this.taken.has(item) || this.choices.get(row) === null) return;
    this.byRow.set(row, item);
    this.taken.add(item);
  }

  /** Matches rows of a known group by name; equal names match in order if their number is unchanged. */
  private byGroup(rows: readonly ReadRow[]): void {
    for (const { item } of rows) {
      if (this.byRow.has(item.id)) continue;
      const parent = item.parent === undefined ? undefined : this.byRow.get(item.parent);
      if (item.parent !== undefined && parent === undefined) continue;
      const alike = childrenOf(this.items, parent).filter((one) => isSameName(one.name, item.name));
      const beside = rows.filter(
        (row) => row.item.parent === item.parent && isSameName(row.item.name, item.name),
      );
      const free = alike.filter(({ id }) => !this.taken.has(id));
      const [first] = free;
      if (first && alike.length === beside.length) this.take(item.id, first.id);
    }
  }

  /** The first row that matches an item by name and by groups, apart from added or removed ones. */
  private byName(rows: readonly ReadRow[]): boolean {
    const free = this.items.filter(({ id }) => !this.taken.has(id));
    const left = rows.filter(({ item }) => !this.byRow.has(item.id));
    for (const { item } of left) {
      const alike = free.filter((one) => isSameName(one.name, item.name));
      const [only] = alike;
      if (!only || alike.length > 1) continue;
      if (left.filter((row) => isSameName(row.item.name, item.name)).length > 1) continue;
      const [was, is] = [this.pathOf(only, this.known), this.pathOf(item, this.rowItems)];
      if (!isWithin(was, is) && !isWithin(is, was)) continue;
      this.take(item.id, only.id);
      if (this.byRow.has(item.id)) return true;
    }
    return false;
  }

  private pathOf(item: WorkItem, items: ReadonlyMap<string, WorkItem>): string[] {
    const path: string[] = [];
    for (
      let up: WorkItem | undefined = item;
      up;
      up = up.parent === undefined ? undefined : items.get(up.parent)
    )
      path.unshift(comparedName(up.name.en ?? up.name.zh ?? ''));
    return path;
  }
}

/** True if one path contains all names of the other, in order. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  let next = 0;
  for (const name of all) if (name === some[next]) next += 1;
  return next === some.length;
}

function identified(rows: readonly ReadRow[], matching: Matching, { items, used }: InForce): WorkItem[] {
  const taken = new Set([...used, ...items.map(({ id }) => id)]);
  const ids = new Map<string, string>();
  for (const { item } of rows) {
    const id = matching.of(item.id) ?? freeId(item.id, taken);
    taken.add(id);
    ids.set(item.id, id);
  }
  return withIds(
    rows.map(({ item }) => item),
    (id) => ids.get(id) ?? id,
  );
}
