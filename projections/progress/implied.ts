import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { type About, type Figure, figureOf, isSetByOwn } from './figures.js';
import { rounding } from './own.js';
import type { ImpliedBounds, Reading } from './reading.js';
import { isEnd, keyOf, nodeAt, nodeOf, project, shareIn, type TreeNode } from './tree.js';

/** A statement on a group, on its way down: what the group is at least and at most. */
export interface Word {
  least: number;
  most: number;
  /** What was stated before this day may have risen since. */
  day: number;
  from: TreeNode[];
}

/** What implies the figures of a node of which nothing was said. */
interface Found {
  point: TreeNode[];
  high: TreeNode[];
  isBlocked: boolean;
}

/** A part of a node, as what comes after the node needs it: reported, or to be implied. */
export interface NeededPart {
  node: TreeNode;
  isSilent: boolean;
}

/**
 * The figures with what statements imply of items of which nothing was said (docs/decisions/0052): from statements on
 * groups downwards, then by `after` backwards and forwards. Valid until a further fact.
 */
export class Implied {
  private readonly reasons: (Found | undefined)[] = [];
  /** Those computed so far; evidence follows the same ones from many items. */
  private readonly figures: (Figure | undefined)[] = [];
  private readonly silent: boolean[] = [];
  /** Something at or below is an item or a step of which nothing was said. */
  private readonly hasSilent: boolean[] = [];
  /** Groups that have a statement of their own, or contain one that has. */
  private readonly worded: boolean[] = [];
  private readonly words: (Word | undefined)[] = [];
  /** With what is implied. */
  readonly reading: Reading;

  /** @param stated without what is implied */
  constructor(
    readonly stated: Reading,
    isProductionBlocked: boolean,
  ) {
    this.mark(stated);
    this.reading = this.hasSilent[project] ? stated.copy() : stated;
    if (!this.hasSilent[project]) return;
    const { reading } = this;
    const { inOrder } = reading.tree;
    const found: [TreeNode, ImpliedBounds][] = [];
    const whole = nodeAt(reading.tree, project);
    const none: Word = { least: 0, most: wholeBasisPoints, day: -Infinity, from: [] };
    if (this.worded[project]) this.pass(whole, this.wordOn(whole, none, none), found);
    for (const [node, bounds] of found) reading.imply(node, bounds);
    for (let at = inOrder.length - 1; at >= 0; at -= 1) {
      const leaf = inOrder[at] as TreeNode;
      if (this.isSilent(leaf)) this.need(leaf);
    }
    for (const leaf of inOrder) if (this.isSilent(leaf)) this.limit(leaf, isProductionBlocked);
  }

  /** The bounds of the project or an item in basis points, not rounded; nothing is known of what the plan does not name. */
  low(item = ''): number {
    const node = nodeOf(this.reading.tree, item);
    return node ? this.reading.low(node) : 0;
  }

  point(item = ''): number {
    const node = nodeOf(this.reading.tree, item);
    return node ? this.reading.point(node) : 0;
  }

  high(item = ''): number {
    const node = nodeOf(this.reading.tree, item);
    return node ? this.reading.high(node) : wholeBasisPoints;
  }

  /** The figure of the project, an item or a step; undefined for what the plan does not name. */
  figure(about: About = {}): Figure | undefined {
    return this.figureOf(keyOf(about));
  }

  /** The same of a node by its key. */
  figureOf(key: string): Figure | undefined {
    const node = nodeOf(this.reading.tree, key);
    if (!node) return undefined;
    this.figures[node.place] ??= figureOf(this.reading, node, this.reasons[node.place]);
    return this.figures[node.place];
  }

  /** True if a report on a group as a whole sets one of its figures. */
  isSetByOwn(item: string): boolean {
    const node = nodeOf(this.reading.tree, item);
    return node !== undefined && isSetByOwn(this.reading, node);
  }

  /** True if a stall that blocks production keeps an item at 0 %. */
  isBlocked(item: string): boolean {
    const place = this.reading.tree.places.get(item);
    return place !== undefined && this.reasons[place]?.isBlocked === true;
  }

  /** What implies the figures of a node; undefined if nothing does. */
  reasonsFor({ place }: TreeNode): Readonly<Found> | undefined {
    return this.reasons[place];
  }

  /** What statements say of a group as a whole, on their way down to its parts; undefined if none does. */
  wordFor({ place }: TreeNode): Readonly<Word> | undefined {
    return this.words[place];
  }

  /** True if nothing was said of a node or of anything below it. */
  isSilent({ place }: TreeNode): boolean {
    return this.silent[place] === true;
  }

  /** The parts of a node whose common progress something that comes after it needs. */
  neededParts(node: TreeNode, leaf: TreeNode): NeededPart[] {
    const parts: NeededPart[] = [];
    this.partsOf(node, leaf, parts);
    return parts;
  }

  private mark(stated: Reading): void {
    const { nodes } = stated.tree;
    // Parts come after what they are parts of.
    for (let place = nodes.length - 1; place >= 0; place -= 1) {
      const node = nodes[place] as TreeNode;
      const isSaid = stated.own(node) !== null;
      let [isSilent, hasSilent, isWorded] = [!isSaid, false, isSaid];
      for (const child of node.children) {
        isSilent &&= this.silent[child] as boolean;
        hasSilent ||= this.hasSilent[child] as boolean;
        isWorded ||= this.worded[child] as boolean;
      }
      this.silent[place] = isSilent;
      this.hasSilent[place] = hasSilent || (isSilent && node.item !== undefined);
      this.worded[place] = isWorded && node.children.length > 0;
    }
  }

  private reasonsOf({ place }: TreeNode): Found {
    this.reasons[place] ??= { point: [], high: [], isBlocked: false };
    return this.reasons[place];
  }

  /** What a group is at least and at most, by its own statement and by what the statements above it leave. */
  private wordOn(node: TreeNode, above: Word, left: { least: number; most: number }): Word {
    const { reading } = this;
    const own = reading.own(node);
    return {
      least: Math.max(own?.low ?? 0, left.least),
      most: Math.min(reading.high(node), left.most),
      day: Math.max(above.day, own?.highOn ?? -Infinity),
      from: own ? [...above.from, node] : above.from,
    };
  }

  /** Each part of a group has at least what the others may leave, and at most what they surely leave. */
  private pass(group: TreeNode, word: Word, found: [TreeNode, ImpliedBounds][]): void {
    if (!this.hasSilent[group.place] || (word.from.length === 0 && !this.worded[group.place])) return;
    const { reading } = this;
    this.words[group.place] = word;
    const parts = group.children
      .map((place) => nodeAt(reading.tree, place))
      .filter(({ weight }) => weight > 0);
    const hasWord = word.from.length > 0;
    const from = reading.counting(group, -Infinity);
    const may = othersOf(parts, (part) => (hasWord ? part.weight * reading.highSince(part, word.day) : 0));
    const are = othersOf(parts, (part) => (hasWord ? part.weight * reading.lowFrom(part, from) : 0));
    for (const [i, part] of parts.entries()) {
      const left = {
        least: hasWord ? within((word.least * group.total - (may[i] ?? 0)) / part.weight) : 0,
        most: hasWord ? within((word.most * group.total - (are[i] ?? 0)) / part.weight) : wholeBasisPoints,
      };
      left.most = Math.max(left.least, left.most);
      if (this.isSilent(part) && (isEnd(part) || part.step)) {
        if (left.least > 0) this.reasonsOf(part).point = word.from;
        if (left.most < wholeBasisPoints) this.reasonsOf(part).high = word.from;
        found.push([part, { point: left.least, high: left.most }]);
      }
      if (part.children.length > 0) this.pass(part, this.wordOn(part, word, left), found);
    }
  }

  /** Nothing that comes after an item, or a group above it, is further along. */
  private need(leaf: TreeNode): void {
    const { reading } = this;
    const implied = reading.impliedOf(leaf);
    let { point } = implied;
    for (let node = leaf; node.place !== project; node = nodeAt(reading.tree, node.parent)) {
      for (const follower of reading.tree.followers[node.place] ?? []) {
        const needed = this.needed(node, leaf, reading.point(follower));
        if (needed <= 0 || needed < point) continue;
        const reasons = this.reasonsOf(leaf);
        reasons.point = needed > point ? [follower] : [...reasons.point, follower];
        point = needed;
      }
    }
    if (point > implied.point) reading.imply(leaf, { point, high: Math.max(implied.high, point) });
  }

  /** The common progress of the silent items of a node that gives the node a progress. */
  private needed(node: TreeNode, leaf: TreeNode, progress: number): number {
    if (progress === 0) return 0;
    const { stated, silent } = this.partsOf(node, leaf);
    return silent === 0 ? 0 : within((progress - stated) / silent);
  }

  /** @param parts takes the parts themselves */
  private partsOf(node: TreeNode, leaf: TreeNode, parts?: NeededPart[]): { stated: number; silent: number } {
    const { reading } = this;
    if (node === leaf || (isEnd(node) && this.isSilent(node))) {
      parts?.push({ node, isSilent: true });
      return { stated: 0, silent: 1 };
    }
    if (isEnd(node) || reading.own(node)) {
      parts?.push({ node, isSilent: false });
      return { stated: reading.point(node), silent: 0 };
    }
    const both = { stated: 0, silent: 0 };
    for (const place of node.total === 0 ? [] : node.children) {
      const part = nodeAt(reading.tree, place);
      const share = shareIn(reading.tree, part, node.place);
      const { stated, silent } = this.partsOf(part, leaf, parts);
      both.stated += share * stated;
      both.silent += share * silent;
    }
    return both;
  }

  /** No further than what it, or a group above it, comes after; a yes/no item only after 100 %. */
  private limit(leaf: TreeNode, isProductionBlocked: boolean): void {
    const { reading } = this;
    const { point, high } = reading.impliedOf(leaf);
    let limit = wholeBasisPoints;
    let limiting: TreeNode[] = [];
    for (let node = leaf; node.place !== project; node = nodeAt(reading.tree, node.parent)) {
      for (const before of reading.tree.before[node.place] ?? []) {
        const most = reading.high(before);
        if (most < limit) limiting = [before];
        else if (most === limit && most < wholeBasisPoints) limiting.push(before);
        limit = Math.min(limit, most);
      }
    }
    const { measure, stage } = leaf.item ?? {};
    const isYesOrNo = measure === 'done' || stage !== undefined;
    const isBlocked = stage === 'in-production' && isProductionBlocked;
    const isNothing = isBlocked || (isYesOrNo && limit < wholeBasisPoints - rounding);
    const most = isNothing ? 0 : Math.min(high, limit);
    if (most >= high) return;
    const reasons = this.reasonsOf(leaf);
    reasons.high = limiting;
    reasons.isBlocked = isBlocked;
    reading.imply(leaf, { point, high: Math.max(most, point) });
  }
}

/** For each part the sum of a figure over the others, always added, never subtracted. */
function othersOf(parts: readonly TreeNode[], figure: (part: TreeNode) => number): number[] {
  const figures = parts.map(figure);
  const after = figures.map(() => 0);
  for (let i = figures.length - 2; i >= 0; i -= 1) after[i] = (after[i + 1] ?? 0) + (figures[i + 1] ?? 0);
  let before = 0;
  return figures.map((one, i) => {
    const others = before + (after[i] ?? 0);
    before += one;
    return others;
  });
}

/** From 0 to 100 %, which rounding does not miss. */
function within(basisPoints: number): number {
  if (basisPoints > wholeBasisPoints - rounding) return wholeBasisPoints;
  return basisPoints < rounding ? 0 : basisPoints;
}
