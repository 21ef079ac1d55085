import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { Words } from '../../../domain/values/words.js';
import {
  difference,
  exactly,
  halfUp,
  isLess,
  one,
  product,
  quotient,
  type Ratio,
  sum,
  zero,
} from './exact.js';

/**
 * How a number follows from its parts, in their order:
 *
 * - `stated`: an entry states it. `given`: the calendar, or a count. `carried`: the fold carries it over a change of scope.
 * - `figure`: a figure of a project as shown, which its own explanation explains. `rounded`: its only part, rounded half up.
 * - `nothing`: nothing was reported, or nothing limits it. `ruled-out`: 0, because of its parts or of an entry.
 * - `mean`: Σ(weight × part) ÷ Σ weight. `sum`: Σ(weight × part). `greatest`, `least`: one of its parts. `same`: its only part.
 * - `middle`: half of the sum of two parts. `rise`: the first minus the second, at least 0. `difference`: the first minus the second.
 * - `of-total`: 10,000 × first ÷ second, at most 10,000. `share`: the same without the limit.
 * - `part-of`: first × second ÷ 10,000.
 * - `reached`: its level if the first is at least the second, else 0; `exceeded`: if the first is above the second.
 * - `rest`: (total × first − Σ(weight × other part)) ÷ own weight, from 0 to 10,000.
 */
export type TermRule =
  | 'stated'
  | 'given'
  | 'carried'
  | 'figure'
  | 'rounded'
  | 'nothing'
  | 'ruled-out'
  | 'mean'
  | 'sum'
  | 'greatest'
  | 'least'
  | 'same'
  | 'middle'
  | 'rise'
  | 'difference'
  | 'of-total'
  | 'share'
  | 'part-of'
  | 'reached'
  | 'exceeded'
  | 'rest';

/**
 * `basis-points`: 85 % is 8500. `minor`: money in the minor unit of its currency. `amount`: in a unit of work. `day`: a day,
 * as a number of days after 1970-01-01. `light`: 0 for none, 1 blue, 2 yellow, 3 red.
 */
export type TermUnit = 'basis-points' | 'minor' | 'days' | 'count' | 'amount' | 'day' | 'light';

export interface Part {
  term: Term;
  weight?: Ratio;
}

/** What a term says of itself beside its number. */
export interface TermOf {
  name: Words;
  unit: TermUnit;
  /** In one sentence where it comes from, instead of what its rule says. */
  words?: Words;
  currency?: string;
  /** The entries that state it, or that rule it out. */
  entries?: readonly Uuid[];
  /** The figure that opens it by itself. */
  figure?: string;
  /** The project that it is a figure of, where that is another one. */
  project?: string;
  about?: { item?: string; step?: string };
  /** Low, point and high of what it is a figure of, in basis points as shown, with the entries that set them. */
  bounds?: TermBounds;
  isImplied?: true;
  /** Of `reached` and `exceeded`: the number that it is then. */
  level?: number;
  /** Of a `rest`: the sum of the weights, and its own weight. */
  weights?: { total: Ratio; own: Ratio };
}

export interface TermBounds {
  low: TermBound;
  point: TermBound;
  high: TermBound;
}

interface TermBound {
  shown: number;
  /** The entry that sets it; absent where it follows from other figures. */
  entry?: Uuid;
}

/** A number with everything that it follows from; parts may be shared, and none contains itself. */
export interface Term extends TermOf {
  rule: TermRule;
  value: Ratio;
  parts: readonly Part[];
}

const whole = exactly(wholeBasisPoints);

/** A number that does not follow from others. */
export function leaf(
  rule: 'stated' | 'given' | 'carried' | 'figure' | 'nothing',
  value: Ratio,
  of: TermOf,
): Term {
  return { ...of, rule, value, parts: [] };
}

export function nothing(value: number, of: TermOf): Term {
  return leaf('nothing', exactly(value), of);
}

export function ruledOut(terms: readonly Term[], of: TermOf): Term {
  return { ...of, rule: 'ruled-out', value: zero, parts: terms.map((term) => ({ term })) };
}

/** The weights must not add up to 0. */
export function mean(parts: readonly Required<Part>[], of: TermOf): Term {
  const total = parts.reduce((all, { weight }) => sum(all, weight), zero);
  return { ...of, rule: 'mean', value: quotient(weighted(parts), total), parts };
}

/** A part without a weight counts once. */
export function total(parts: readonly Part[], of: TermOf): Term {
  return { ...of, rule: 'sum', value: weighted(parts), parts };
}

export function same(term: Term, of: TermOf): Term {
  return { ...of, rule: 'same', value: term.value, parts: [{ term }] };
}

/** A figure as it is shown; a whole number stays as it is. */
export function rounded(term: Term): Term {
  if (term.value.d === 1n) return term;
  const { name, unit } = term;
  return { name, unit, rule: 'rounded', value: exactly(halfUp(term.value)), parts: [{ term }] };
}

/** Of one term that term itself. */
export function greatest(terms: readonly [Term, ...Term[]], of: TermOf): Term {
  return extreme('greatest', terms, of);
}

export function least(terms: readonly [Term, ...Term[]], of: TermOf): Term {
  return extreme('least', terms, of);
}

export function between(
  rule: 'middle' | 'rise' | 'difference' | 'of-total' | 'share' | 'part-of',
  first: Term,
  second: Term,
  of: TermOf,
): Term {
  return {
    ...of,
    rule,
    value: arithmetic[rule](first.value, second.value),
    parts: [{ term: first }, { term: second }],
  };
}

/** A level that is reached where one number is at least another, or above it. */
export function reaching(
  rule: 'reached' | 'exceeded',
  first: Term,
  second: Term,
  of: TermOf & Required<Pick<TermOf, 'level'>>,
): Term {
  const [a, b] = [first.value, second.value];
  const isReached = rule === 'reached' ? !isLess(a, b) : isLess(b, a);
  return {
    ...of,
    rule,
    value: isReached ? exactly(of.level) : zero,
    parts: [{ term: first }, { term: second }],
  };
}

/** The largest of some numbers, also of a single one, with what it says of itself. */
export function highest(terms: readonly [Term, ...Term[]], of: TermOf): Term {
  return terms.length === 1 ? same(terms[0], of) : greatest(terms, of);
}

/** What is left of a whole for one part of it. */
export function rest(
  first: Term,
  others: readonly Required<Part>[],
  of: TermOf & Required<Pick<TermOf, 'weights'>>,
): Term {
  const { total: all, own } = of.weights;
  const left = quotient(difference(product(all, first.value), weighted(others)), own);
  const value = isLess(left, zero) ? zero : isLess(whole, left) ? whole : left;
  return { ...of, rule: 'rest', value, parts: [{ term: first }, ...others] };
}

function extreme(rule: 'greatest' | 'least', terms: readonly [Term, ...Term[]], of: TermOf): Term {
  const [first, ...others] = terms;
  if (others.length === 0) return first;
  const value = others.reduce((found, term) => {
    const isOther = rule === 'greatest' ? isLess(found, term.value) : isLess(term.value, found);
    return isOther ? term.value : found;
  }, first.value);
  return { ...of, rule, value, parts: terms.map((term) => ({ term })) };
}

function weighted(parts: readonly Part[]): Ratio {
  return parts.reduce((all, { term, weight = one }) => sum(all, product(weight, term.value)), zero);
}

const shareOf = (a: Ratio, b: Ratio) => quotient(product(whole, a), b);

const arithmetic: Record<Parameters<typeof between>[0], (a: Ratio, b: Ratio) => Ratio> = {
  middle: (a, b) => quotient(sum(a, b), exactly(2)),
  rise: (a, b) => (isLess(a, b) ? zero : difference(a, b)),
  difference,
  share: shareOf,
  'of-total': (a, b) => (isLess(b, a) ? whole : shareOf(a, b)),
  'part-of': (a, b) => quotient(product(a, b), whole),
};
