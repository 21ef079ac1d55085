import type { WorkItem } from '../../domain/project/events.js';
import type { PlanTree } from '../../domain/project/plan.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import {
  full,
  type ProgressFact,
  type Range,
  type Stated,
  unknownRange,
  weightedRange,
} from './statements.js';

/** The contribution of stated leaves to an item, and the share of its unreported ones, 0 to 1. */
interface Parts {
  stated: number;
  unreported: number;
}

/** The ranges of every item of one plan, each computed once: implications backwards, ceilings forwards. */
export class Work {
  private readonly leaves = new Map<string, Range>();
  private readonly impliedBy = new Map<string, string[]>();
  private readonly followers = new Map<string, string[]>();
  /** Ranges of groups, valid while their leaves are unchanged. */
  private readonly groups = new Map<string, Range>();
  private readonly evidence = new Map<string, ProgressFact[]>();
  private readonly parts = new Map<string, Parts>();

  constructor(
    private readonly tree: PlanTree,
    private readonly stated: ReadonlyMap<string, Stated>,
    private readonly isProductionBlocked: boolean,
  ) {
    for (const item of tree.items.values()) {
      for (const id of item.after ?? []) this.followers.set(id, [...(this.followers.get(id) ?? []), item.id]);
    }
    for (const leaf of tree.leavesInOrder) {
      this.leaves.set(leaf.id, stated.get(leaf.id)?.range ?? unknownRange);
    }
    for (const leaf of [...tree.leavesInOrder].reverse()) if (!stated.has(leaf.id)) this.imply(leaf);
    this.groups.clear();
    for (const leaf of tree.leavesInOrder) if (!stated.has(leaf.id)) this.limit(leaf);
    this.groups.clear();
  }

  whole(): Range {
    return weightedRange(this.tree.roots.map((root) => ({ range: this.range(root), weight: root.weight })));
  }

  /** The share of the weights for which something is stated, 0 to 1. */
  coverage(): number {
    return this.covered(this.tree.roots);
  }

  isStated(leaf: WorkItem): boolean {
    return this.tree.lineOf(leaf.id).some((item) => this.stated.has(item.id));
  }

  range(item: WorkItem): Range {
    const stated = this.stated.get(item.id)?.range;
    if (stated) return stated;
    const children = this.tree.childrenOf(item.id);
    if (children.length === 0) return this.leaves.get(item.id) ?? full;
    const known = this.groups.get(item.id);
    if (known) return known;
    const range = weightedRange(
      children.map((child) => ({ range: this.range(child), weight: child.weight })),
    );
    this.groups.set(item.id, range);
    return range;
  }

  /** The facts behind an item: its own, those of its parts, or those that imply it. */
  evidenceOf(id: string): readonly ProgressFact[] {
    const known = this.stated.get(id)?.facts ?? this.evidence.get(id);
    if (known) return known;
    const from = [...this.tree.childrenOf(id).map((child) => child.id), ...(this.impliedBy.get(id) ?? [])];
    const facts = [...new Set(from.flatMap((other) => this.evidenceOf(other)))];
    this.evidence.set(id, facts);
    return facts;
  }

  /** An item's share of the whole project, 0 to 1. */
  share(item: WorkItem): number {
    const siblings = item.parent === undefined ? this.tree.roots : this.tree.childrenOf(item.parent);
    const total = siblings.reduce((sum, sibling) => sum + sibling.weight, 0);
    const parent = item.parent === undefined ? undefined : this.tree.items.get(item.parent);
    return total === 0 ? 0 : (item.weight / total) * (parent ? this.share(parent) : 1);
  }

  statedOf(id: string): Stated | undefined {
    return this.stated.get(id);
  }

  /** The items that imply a minimum for a leaf. */
  impliedByOf(id: string): string[] | undefined {
    return this.impliedBy.get(id);
  }

  private rangeOfId(id: string): Range {
    const item = this.tree.items.get(id);
    return item ? this.range(item) : full;
  }

  /** A successor cannot be ahead of an item, so the item is at least as far. */
  private imply(leaf: WorkItem): void {
    const followers = this.tree.lineOf(leaf.id).flatMap((item) =>
      (this.followers.get(item.id) ?? []).map((id) => ({
        id,
        percent: this.needed(item, this.rangeOfId(id).percent),
      })),
    );
    const percent = Math.max(0, ...followers.map((follower) => follower.percent));
    if (percent === 0) return;
    this.leaves.set(leaf.id, { floor: 0, percent, ceiling: wholeBasisPoints });
    this.impliedBy.set(
      leaf.id,
      followers.filter((follower) => follower.percent === percent).map(({ id }) => id),
    );
  }

  /** The common progress of an item's unreported leaves that gives the item a required progress; 0 if it already has it. */
  private needed(item: WorkItem, percent: number): number {
    const { stated, unreported } = this.partsOf(item);
    return unreported === 0 ? 0 : Math.min(wholeBasisPoints, Math.max(0, (percent - stated) / unreported));
  }

  private partsOf(item: WorkItem): Parts {
    const known = this.parts.get(item.id);
    if (known) return known;
    const own = this.stated.get(item.id);
    const children = this.tree.childrenOf(item.id);
    const total = children.reduce((sum, child) => sum + child.weight, 0);
    const parts = own
      ? { stated: own.range.percent, unreported: 0 }
      : { stated: 0, unreported: children.length === 0 ? 1 : 0 };
    for (const child of own || total === 0 ? [] : children) {
      const part = this.partsOf(child);
      parts.stated += (child.weight / total) * part.stated;
      parts.unreported += (child.weight / total) * part.unreported;
    }
    this.parts.set(item.id, parts);
    return parts;
  }

  /** An unreported item is limited by the ceiling of its predecessors; a yes/no item is 0 until they are complete. */
  private limit(leaf: WorkItem): void {
    const before = this.tree.lineOf(leaf.id).flatMap((item) => item.after ?? []);
    const limit = Math.min(wholeBasisPoints, ...before.map((id) => this.rangeOfId(id).ceiling));
    const isYesOrNo = leaf.measure === 'done' || leaf.stage !== undefined;
    const isRuledOut = leaf.stage === 'in-production' && this.isProductionBlocked;
    const ceiling = isRuledOut || (isYesOrNo && limit < wholeBasisPoints) ? 0 : limit;
    const range = this.leaves.get(leaf.id) ?? full;
    this.leaves.set(leaf.id, { ...range, ceiling: Math.max(ceiling, range.percent) });
  }

  private covered(items: readonly WorkItem[]): number {
    const total = items.reduce((sum, item) => sum + item.weight, 0);
    if (total === 0) return 0;
    return items.reduce((sum, item) => sum + (item.weight / total) * this.coveredItem(item), 0);
  }

  private coveredItem(item: WorkItem): number {
    return this.stated.has(item.id) ? 1 : this.covered(this.tree.childrenOf(item.id));
  }
}
