import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import type { Implied } from '../../progress/implied.js';
import { isEnd, nodeAt, project, type Tree, type TreeNode } from '../../progress/tree.js';
import { exactly, near, one, product, quotient, type Ratio, sum, zero } from './exact.js';
import { tolerance } from './named-terms.js';
import type { TermNames } from './names.js';
import { type ImpliedTerms, ReadingTerms } from './reading-terms.js';
import type { StatedTerms } from './stated-terms.js';
import { greatest, least, nothing, type Part, rest, ruledOut, same, type Term, type TermOf } from './term.js';

/** Terms of what is implied of items of which nothing was said, and of everything above them. */
export class CompletionTerms implements ImpliedTerms {
  readonly terms: ReadingTerms;
  /** What was stated alone. */
  private readonly alone: ReadingTerms;

  /** @param blocking the entries of the stall that blocks production */
  constructor(
    private readonly implied: Implied,
    private readonly stated: StatedTerms,
    private readonly names: TermNames,
    private readonly blocking: readonly string[],
  ) {
    this.terms = new ReadingTerms(implied.reading, stated, names, this);
    this.alone = new ReadingTerms(implied.stated, stated, names);
  }

  isSilent(node: TreeNode): boolean {
    return this.implied.isSilent(node);
  }

  point(node: TreeNode): Term {
    const reasons = this.implied.reasonsFor(node)?.point ?? [];
    const followers = reasons.map((reason) => this.needed(node, reason));
    const [first, ...others] = followers.filter((term) => term !== undefined);
    if (first) return greatest([first, ...others], this.of(node, 'point'));
    return this.left(node, 'least') ?? nothing(0, this.of(node, 'point'));
  }

  high(node: TreeNode): Term {
    const reasonsFor = this.implied.reasonsFor(node);
    const of = this.of(node, 'high');
    if (reasonsFor?.isBlocked && this.implied.reading.impliedOf(node).high === 0)
      return ruledOut([], { ...of, entries: this.blocking, words: blockedWords });
    const reasons = reasonsFor?.high ?? [];
    const limits = reasons.filter((reason) => this.comesAfter(node, reason));
    const [first, ...others] = limits.map((limit) => this.terms.high(limit));
    if (!first) return this.left(node, 'most') ?? nothing(wholeBasisPoints, of);
    const limit = leastOrSame([first, ...others], { ...of, words: limitWords });
    const value = this.implied.reading.impliedOf(node).high;
    const most = near(limit.value);
    // A yes/no item whose limit is below 100 %.
    const found =
      most > value + tolerance ? ruledOut([first, ...others], { ...of, words: afterWords }) : limit;
    return near(found.value) < value - tolerance ? greatest([found, this.terms.point(node)], of) : found;
  }

  /** What something that comes after an item, or after a group above it, needs of it; undefined if it does not. */
  private needed(leaf: TreeNode, follower: TreeNode): Term | undefined {
    const { tree } = this.implied.reading;
    for (const node of upwards(tree, leaf)) {
      if (!tree.followers[node.place]?.includes(follower)) continue;
      const of = this.of(leaf, 'point');
      const whole = this.terms.point(follower);
      const { en, zh } = this.names.node(follower);
      const words = {
        en: `"${en}" comes after it and cannot be further.`,
        zh: `“${zh}”在其之后，进度不会超过它。`,
      };
      if (node === leaf || isEnd(node)) return same(whole, { ...of, words });
      const parts = this.implied.neededParts(node, leaf).map((part) => ({
        ...part,
        share: exactShare(tree, part.node, node.place),
      }));
      const own = parts.reduce((all, { isSilent, share }) => (isSilent ? sum(all, share) : all), zero);
      const others = parts
        .filter(({ isSilent }) => !isSilent)
        .map(({ node: other, share }) => ({ term: this.terms.point(other), weight: share }));
      return rest(whole, others, { ...of, words, weights: { total: one, own } });
    }
    return undefined;
  }

  private comesAfter(leaf: TreeNode, reason: TreeNode): boolean {
    const { tree } = this.implied.reading;
    for (const node of upwards(tree, leaf)) if (tree.before[node.place]?.includes(reason)) return true;
    return false;
  }

  /** What a statement on a group leaves for one of its parts; undefined if there is none. */
  private left(part: TreeNode, end: 'least' | 'most'): Term | undefined {
    const { stated } = this.implied;
    const group = nodeAt(stated.tree, part.parent);
    const word = this.implied.wordFor(group);
    if (!word || word.from.length === 0 || part.weight === 0) return undefined;
    const from = stated.counting(group, -Infinity);
    const others: Required<Part>[] = group.children
      .map((place) => nodeAt(stated.tree, place))
      .filter((other) => other !== part && other.weight > 0)
      .map((other) => ({
        term: end === 'least' ? this.alone.highSince(other, word.day) : this.alone.low(other, from),
        weight: exactly(other.weight),
      }));
    return rest(this.word(group, end), others, {
      ...this.of(part, end === 'least' ? 'point' : 'high'),
      weights: { total: exactly(group.total), own: exactly(part.weight) },
      words:
        end === 'least'
          ? {
              en: 'A report on the whole, less the most that the other parts may be, leaves at least this for it.',
              zh: '总体上报值减去其他部分的最大可能，本部分至少为此。',
            }
          : {
              en: 'A report on the whole, less the least that the other parts are, leaves at most this for it.',
              zh: '总体上报值减去其他部分的最小值，本部分至多为此。',
            },
    });
  }

  /** What a group is at least or at most, by its own statement and by those above it. */
  private word(group: TreeNode, end: 'least' | 'most'): Term {
    const { stated } = this.implied;
    const of = this.of(group, end === 'least' ? 'low' : 'high');
    const above = group.place === project ? undefined : this.left(group, end);
    if (end === 'most') return least([this.alone.high(group), ...(above ? [above] : [])], of);
    const own = stated.own(group);
    const terms = [...(own ? [this.stated.term(group, own, 'low')] : []), ...(above ? [above] : [])];
    const [first = nothing(0, of), ...others] = terms;
    return greatest([first, ...others], of);
  }

  private of(node: TreeNode, bound: 'low' | 'point' | 'high'): TermOf {
    return { name: this.names.figure(node, bound), unit: 'basis-points' };
  }
}

/** Of one limit that it is the same. */
function leastOrSame(terms: readonly [Term, ...Term[]], of: TermOf): Term {
  return terms.length === 1 ? same(terms[0], of) : least(terms, of);
}

function* upwards(tree: Tree, leaf: TreeNode): Generator<TreeNode> {
  for (let node = leaf; node.place !== project; node = nodeAt(tree, node.parent)) yield node;
}

function exactShare(tree: Tree, { place }: TreeNode, above: number): Ratio {
  let share = one;
  for (let at = nodeAt(tree, place); at.place !== above; at = nodeAt(tree, at.parent)) {
    const { total } = nodeAt(tree, at.parent);
    share = total === 0 ? zero : product(share, quotient(exactly(at.weight), exactly(total)));
  }
  return share;
}

const blockedWords = {
  en: 'An open stall blocks production, so production has not begun.',
  zh: '投产受阻且尚未解除，故未投产。',
};
const afterWords = {
  en: 'It is done or not done, and what it comes after may not be complete.',
  zh: '该项只有完成与未完成，而其前置工作不可能全部完成。',
};
const limitWords = {
  en: 'It is no further than what it comes after.',
  zh: '不超过其前置工作。',
};
