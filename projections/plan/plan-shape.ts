import type { WorkItem } from '../../domain/project/events.js';
import { topologicalOrder } from '../../domain/project/topological-order.js';

/** What of an item decides how a plan hangs together and how reports are measured: neither its names nor its dates. */
export type ShapedItem = Omit<WorkItem, 'name' | 'plannedStart' | 'plannedFinish' | 'plannedCost'>;

/** How the items of a plan hang together, by their places in the plan; shared by all plans from one template. */
export class PlanShape {
  readonly places: ReadonlyMap<string, number>;
  readonly roots: readonly number[];
  /** The direct parts of each item. */
  readonly children: readonly (readonly number[])[];
  /** Each item and those above it, nearest first. */
  readonly lines: readonly (readonly number[])[];
  /** The predecessors of each item; -1 for what the plan does not name. */
  readonly after: readonly (readonly number[])[];
  /** The successors of each item. */
  readonly followers: readonly (readonly number[])[];
  /** Items without parts, after all that they or the groups above them come after. */
  readonly leavesInOrder: readonly number[];
  /** The leaves whose share of the project is above 0, with that share (0 to 1). */
  readonly weighted: readonly { place: number; share: number }[];
  /** By item: a weighted leaf is at or below it. */
  readonly isWeighted: readonly boolean[];

  constructor(readonly items: readonly ShapedItem[]) {
    this.places = new Map(items.map(({ id }, place) => [id, place]));
    const placeOf = (id: string) => this.places.get(id) ?? -1;
    const roots: number[] = [];
    const children = items.map((): number[] => []);
    for (const [place, { parent }] of items.entries())
      (parent === undefined ? roots : children[placeOf(parent)])?.push(place);
    const lines: number[][] = [];
    const lineOf = (place: number): number[] => {
      const { parent } = items[place] as ShapedItem;
      lines[place] ??= parent === undefined ? [place] : [place, ...lineOf(placeOf(parent))];
      return lines[place];
    };
    for (const place of items.keys()) lineOf(place);
    const followers = items.map((): number[] => []);
    this.after = items.map(({ after = [] }) => after.map(placeOf));
    for (const [place, after] of this.after.entries())
      for (const before of after) followers[before]?.push(place);
    const ordered = topologicalOrder(items);
    const order = 'order' in ordered ? ordered.order.map(({ id }) => placeOf(id)) : [];
    this.roots = roots;
    this.children = children;
    this.lines = lines;
    this.followers = followers;
    this.leavesInOrder = order.filter((place) => children[place]?.length === 0);
    this.weighted = this.weightedBelow(roots, 1);
    const isWeighted = items.map(() => false);
    for (const { place } of this.weighted) for (const above of lines[place] ?? []) isWeighted[above] = true;
    this.isWeighted = isWeighted;
    // Copies of a state share it.
    Object.freeze(this);
  }

  /** The parts of a group, at any depth, in the order of the plan. */
  below(place: number): number[] {
    if (this.children[place]?.length === 0) return [];
    return [...this.items.keys()].filter((other) => other !== place && this.lines[other]?.includes(place));
  }

  /** All leaves at or below an item. */
  leavesBelow(place: number): number[] {
    const below = this.children[place] ?? [];
    return below.length === 0 ? [place] : below.flatMap((child) => this.leavesBelow(child));
  }

  private weightedBelow(places: readonly number[], share: number): { place: number; share: number }[] {
    const weightOf = (place: number) => this.items[place]?.weight ?? 0;
    const total = places.reduce((sum, place) => sum + weightOf(place), 0);
    return places.flatMap((place) => {
      if (weightOf(place) === 0) return [];
      const own = (weightOf(place) / total) * share;
      const below = this.children[place] ?? [];
      return below.length === 0 ? [{ place, share: own }] : this.weightedBelow(below, own);
    });
  }
}

/** By the items of one plan; a plan is immutable. */
const ofItems = new WeakMap<readonly WorkItem[], PlanShape>();
/** The shapes of the plans used last, by their content. */
const ofContent = new Map<string, PlanShape>();
const mostKept = 64;

/** The shape of a plan's items; the same object for plans that differ in names, dates and costs only. */
export function shapeOf(items: readonly WorkItem[]): PlanShape {
  const known = ofItems.get(items);
  if (known) return known;
  const shaped = items.map(shapedItem);
  const content = JSON.stringify(shaped);
  const shape = ofContent.get(content) ?? new PlanShape(shaped);
  ofContent.delete(content);
  ofContent.set(content, shape);
  const [oldest] = ofContent.keys();
  if (ofContent.size > mostKept && oldest !== undefined) ofContent.delete(oldest);
  ofItems.set(items, shape);
  return shape;
}

function shapedItem({ name, plannedStart, plannedFinish, plannedCost, ...shaped }: WorkItem): ShapedItem {
  return shaped;
}
