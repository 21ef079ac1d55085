import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import type { Bound } from '../../completion/entries-behind.js';
import type { Reading } from '../../progress/reading.js';
import type { Own } from '../../progress/state.js';
import { isEnd, nodeAt, type TreeNode } from '../../progress/tree.js';
import { exactly, near, quotient } from './exact.js';
import { byParts, isNear, NamedTerms } from './named-terms.js';
import type { TermNames } from './names.js';
import type { StatedTerms } from './stated-terms.js';
import {
  between,
  greatest,
  leaf,
  least,
  mean,
  nothing,
  type Part,
  same,
  type Term,
  type TermOf,
  total,
} from './term.js';

/** Explains what is implied of an item of which nothing was said. */
export interface ImpliedTerms {
  isSilent(node: TreeNode): boolean;
  point(node: TreeNode): Term;
  high(node: TreeNode): Term;
}

const sinceEver = -Infinity;

/** The bounds of a reading of the fold as terms: each has the value that the reading has. */
export class ReadingTerms {
  private readonly known = new Map<string, Term>();
  private readonly named: NamedTerms;

  /** @param implied absent for what was stated alone */
  constructor(
    private readonly reading: Reading,
    private readonly stated: StatedTerms,
    names: TermNames,
    private readonly implied?: ImpliedTerms,
  ) {
    this.named = new NamedTerms(reading, names);
  }

  term(node: TreeNode, bound: Bound): Term {
    return bound === 'low' ? this.low(node) : bound === 'point' ? this.point(node) : this.high(node);
  }

  /** What was stated on a day or later. */
  low(node: TreeNode, from = sinceEver): Term {
    return this.once('low', node, from, (of) => {
      const { reading } = this;
      const own = reading.own(node);
      const counting = own && own.lowOn >= from ? this.stated.term(node, own, 'low') : undefined;
      if (node.children.length === 0) return counting ? { ...counting, ...of } : nothing(0, of);
      if (!counting && this.isSilent(node)) return nothing(0, of);
      const since = reading.counting(node, from);
      const parts = this.mean(node, counting ? byParts(of) : of, 0, (child) => this.low(child, since));
      return counting ? greatest([counting, parts], of) : parts;
    });
  }

  point(node: TreeNode, since = sinceEver): Term {
    return this.once('point', node, since, (of) => {
      const { reading } = this;
      const own = reading.own(node);
      if (!own && isEnd(node) && this.isSilent(node)) return this.impliedOf(node, 'point', of);
      if (!own && node.children.length === 0)
        return this.implied && node.step ? this.impliedOf(node, 'point', of) : nothing(0, of);
      const value = reading.pointSince(node, since);
      const terms: Term[] = [];
      if (own && own.point !== null && own.pointOn >= since) terms.push(this.stated.term(node, own, 'point'));
      if (node.children.length > 0) {
        const from = reading.counting(node, since);
        const partsOf = terms.length > 0 ? byParts(of) : of;
        terms.push(this.mean(node, partsOf, 0, (child) => this.point(child, from)));
      }
      const [first = this.low(node, since), ...others] = terms;
      const found = greatest([first, ...others], of);
      if (isNear(found, value)) return { ...found, ...of };
      return this.drawn(node, found, value, since, of);
    });
  }

  high(node: TreeNode): Term {
    return this.once('high', node, sinceEver, (of) => {
      const { reading } = this;
      if (isEnd(node) && this.isSilent(node) && node.children.length > 0)
        return this.impliedOf(node, 'high', of);
      if (node.children.length === 0) return this.leafHigh(node, sinceEver, of);
      const own = reading.own(node);
      const since = own?.highOn ?? sinceEver;
      const isLimited = own?.highOn != null;
      const parts = this.mean(node, isLimited ? byParts(of) : of, wholeBasisPoints, (child) =>
        this.highSince(child, since),
      );
      const found =
        own && own.highOn !== null ? least([this.opened(node, own, own.highOn), parts], of) : parts;
      const value = reading.high(node);
      if (isNear(found, value)) return found;
      return this.drawn(node, found, value, sinceEver, of);
    });
  }

  /** What was stated on a day or later; 100 % for the rest. */
  highSince(node: TreeNode, since: number): Term {
    const { reading } = this;
    const own = reading.own(node);
    const isNow = since === sinceEver || (own?.highOn ?? sinceEver) >= since;
    if (node.children.length > 0 && isNow) return this.high(node);
    return this.once('high', node, since, (of) => {
      if (node.children.length === 0) return this.leafHigh(node, since, of);
      if (isEnd(node) && this.isSilent(node)) return this.impliedOf(node, 'high', of);
      return this.mean(node, of, wholeBasisPoints, (child) => this.highSince(child, since));
    });
  }

  private leafHigh(node: TreeNode, since: number, of: TermOf): Term {
    const { reading } = this;
    const own = reading.own(node);
    const value = reading.highSince(node, since);
    if (own?.lastOn != null && own.highOn !== null && own.highOn >= since && own.high === value)
      return { ...this.stated.term(node, own, 'high'), ...of };
    if (value >= wholeBasisPoints) return nothing(wholeBasisPoints, of);
    const before = node.step && nodeAt(reading.tree, node.place - 1);
    if (before?.step && before.parent === node.parent) {
      const term = this.highSince(before, since);
      if (isNear(term, value)) return same(term, { ...of, words: stepWords });
    }
    return this.impliedOf(node, 'high', of);
  }

  /** The high of a group's own statement, with what has risen below since its day. */
  private opened(node: TreeNode, own: Own, since: number): Term {
    const stated = this.stated.term(node, own, 'high');
    const risen: Part[] = this.weighted(node).flatMap((child) => {
      const term = this.risen(child, since);
      return term ? [{ term, weight: quotient(exactly(child.weight), exactly(node.total)) }] : [];
    });
    if (risen.length === 0) return stated;
    return total([{ term: stated }, ...risen], {
      name: stated.name,
      unit: 'basis-points',
      words: {
        en: 'The report on the whole, and what its parts may have risen by since that day.',
        zh: '总体上报值，加上此后各部分可能的增量。',
      },
    });
  }

  /** By how much a node may have risen since the end of a day; undefined if it did not. */
  private risen(node: TreeNode, day: number): Term | undefined {
    const { reading } = this;
    if (reading.risen(node, day) === 0) return undefined;
    const of = this.named.of(node, 'high');
    const name = { en: `${of.name.en}, risen since`, zh: `${of.name.zh}（此后增量）` };
    const own = reading.own(node);
    const isOwn = node.children.length === 0 || (own?.highOn ?? sinceEver) >= day + 1;
    if (!isOwn) {
      const parts = this.weighted(node).flatMap((child) => {
        const term = this.risen(child, day);
        return term ? [{ term, weight: quotient(exactly(child.weight), exactly(node.total)) }] : [];
      });
      return total(parts, { name, unit: 'basis-points' });
    }
    const then = leaf('carried', exactly(reading.lowOn(node, day)), {
      name: { en: `${of.name.en}, at least on that day`, zh: `${of.name.zh}（当日至少）` },
      unit: 'basis-points',
      words: { en: 'What was stated of it by the end of that day.', zh: '截至当日已上报的进度。' },
    });
    return between('rise', this.high(node), then, { name, unit: 'basis-points' });
  }

  /** A point or high that is drawn between the other two. */
  private drawn(node: TreeNode, found: Term, value: number, since: number, of: TermOf): Term {
    const low = this.low(node, since);
    if (value > near(found.value)) {
      const raised = greatest([found, low], of);
      if (isNear(raised, value)) return raised;
    } else if (!of.figure?.startsWith('ceiling')) {
      const cut = least([found, this.high(node)], of);
      if (isNear(cut, value)) return cut;
    }
    return leaf('carried', exactly(value), of);
  }

  private impliedOf(node: TreeNode, bound: 'point' | 'high', of: TermOf): Term {
    const value = bound === 'point' ? this.reading.point(node) : this.reading.high(node);
    if (!this.implied || value === (bound === 'point' ? 0 : wholeBasisPoints)) return nothing(value, of);
    const term = this.implied[bound](node);
    const mark = bound === 'point' ? { isImplied: true as const } : {};
    if (isNear(term, value)) return { ...term, ...of, ...(term.words ? { words: term.words } : {}), ...mark };
    return leaf('carried', exactly(value), { ...of, ...mark });
  }

  private isSilent(node: TreeNode): boolean {
    return this.implied?.isSilent(node) ?? false;
  }

  private weighted(node: TreeNode): TreeNode[] {
    return node.children.map((place) => nodeAt(this.reading.tree, place)).filter(({ weight }) => weight > 0);
  }

  private mean(node: TreeNode, of: TermOf, empty: number, figure: (child: TreeNode) => Term): Term {
    const parts = this.weighted(node).map((child) => ({
      term: figure(child),
      weight: exactly(child.weight),
    }));
    return parts.length === 0 ? nothing(empty, of) : mean(parts, of);
  }

  /** One term for each node, bound and day, so that what is shared is explained once. */
  private once(bound: Bound, node: TreeNode, since: number, make: (of: TermOf) => Term): Term {
    const key = `${bound} ${node.place} ${since}`;
    const known = this.known.get(key);
    if (known) return known;
    const of = since === sinceEver ? this.named.of(node, bound) : this.named.sinceOf(node, bound);
    // A figure that is drawn into another one may lead back to itself; the fold has its value.
    this.known.set(key, leaf('carried', exactly(this.reading[bound](node)), of));
    const term = make(of);
    this.known.set(key, term);
    return term;
  }
}

const stepWords = {
  en: 'A step that nobody reported is no further than the step before it.',
  zh: '未上报的工序不超过前一道工序。',
};
