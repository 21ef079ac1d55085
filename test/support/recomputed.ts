import type { ExplainedNode, Explanation } from '../../projections/explanation/explanation.js';

/** A fraction of whole numbers, computed with code of its own. */
type Fraction = readonly [bigint, bigint];

const of = ({ numerator, denominator }: { numerator: string; denominator: string }): Fraction => [
  BigInt(numerator),
  BigInt(denominator),
];
const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];
const minus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d - c * b, b * d];
const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d];
const by = ([a, b]: Fraction, [c, d]: Fraction): Fraction => (c < 0n ? [-a * d, -b * c] : [a * d, b * c]);
const isBelow = ([a, b]: Fraction, [c, d]: Fraction) => a * d < c * b;
const isEqual = ([a, b]: Fraction, [c, d]: Fraction) => a * d === c * b;
const nothing: Fraction = [0n, 1n];
const once: Fraction = [1n, 1n];
const whole: Fraction = [10_000n, 1n];

/** Rounded half up, by long division on paper. */
function halfUpOf([above, below]: Fraction): bigint {
  const cut = above / below;
  const floor = above < 0n && cut * below !== above ? cut - 1n : cut;
  return 2n * (above - floor * below) >= below ? floor + 1n : floor;
}

const leaves: readonly string[] = ['stated', 'given', 'carried', 'figure', 'nothing', 'ruled-out'];

/** What a node is by its children alone; undefined for one that does not follow from others. */
function givenBy(node: ExplainedNode, nodes: readonly ExplainedNode[]): Fraction | undefined {
  if (leaves.includes(node.rule)) return node.rule === 'ruled-out' ? nothing : undefined;
  const parts = node.children.map(({ node: place, weight }) => ({
    value: of(nodes[place] as ExplainedNode),
    weight: weight ? of(weight) : once,
  }));
  const [first, second] = parts.map(({ value }) => value);
  if (!first) throw new Error(`${node.name.en}: ${node.rule} without a child`);
  const weighted = (from: number) =>
    parts.slice(from).reduce((sum, { value, weight }) => plus(sum, times(value, weight)), nothing);
  const other = second ?? nothing;
  switch (node.rule) {
    case 'same':
      return first;
    case 'rounded':
      return [halfUpOf(first), 1n];
    case 'sum':
      return weighted(0);
    case 'mean':
      return by(
        weighted(0),
        parts.reduce((sum, { weight }) => plus(sum, weight), nothing),
      );
    case 'greatest':
      return parts.reduce((found, { value }) => (isBelow(found, value) ? value : found), first);
    case 'least':
      return parts.reduce((found, { value }) => (isBelow(value, found) ? value : found), first);
    case 'middle':
      return by(plus(first, other), [2n, 1n]);
    case 'difference':
      return minus(first, other);
    case 'rise':
      return isBelow(first, other) ? nothing : minus(first, other);
    case 'share':
      return by(times(whole, first), other);
    case 'of-total':
      return isBelow(other, first) ? whole : by(times(whole, first), other);
    case 'part-of':
      return by(times(first, other), whole);
    case 'reached':
      return isBelow(first, other) ? nothing : [BigInt(node.level ?? -1), 1n];
    case 'exceeded':
      return isBelow(other, first) ? [BigInt(node.level ?? -1), 1n] : nothing;
    case 'rest': {
      if (!node.weights) throw new Error(`${node.name.en}: a rest without weights`);
      const left = by(minus(times(of(node.weights.total), first), weighted(1)), of(node.weights.own));
      return isBelow(left, nothing) ? nothing : isBelow(whole, left) ? whole : left;
    }
    default:
      throw new Error(`${node.name.en}: no rule ${node.rule}`);
  }
}

/** The names of nodes that are not what their children give, or are not shown rounded half up. */
export function wronglyExplained({ nodes }: Pick<Explanation, 'nodes'>): string[] {
  return nodes.flatMap((node) => {
    const value = givenBy(node, nodes) ?? of(node);
    const isRight = isEqual(value, of(node)) && BigInt(node.shown) === halfUpOf(value);
    return isRight ? [] : [`${node.name.en}: ${node.rule}`];
  });
}
