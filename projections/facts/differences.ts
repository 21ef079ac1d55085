import { firstWhere } from '../../domain/values/search.js';
import { inOrder, type Ordered } from './places.js';
import type { SharedList } from './shared-list.js';

/** What one list has and another one has not, each in the order (asOf, place). */
export interface Differences<One> {
  gone: One[];
  come: One[];
  /** Nothing is gone, and all that came follows the others. */
  isAppended: boolean;
}

/**
 * What changed between two lists in the order (asOf, place): the same object in both has not.
 */
export function differences<One extends Ordered>(
  before: SharedList<One>,
  after: SharedList<One>,
): Differences<One> {
  const from = before.sameWith(after);
  if (from === before.length) return { gone: [], come: after.slice(from), isAppended: true };
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > from && endAfter > from && before.at(endBefore - 1) === after.at(endAfter - 1)) {
    endBefore -= 1;
    endAfter -= 1;
  }
  const [gone, come]: [One[], One[]] = [[], []];
  let [was, is] = [from, from];
  while (was < endBefore || is < endAfter) {
    const [a, b] = [before.at(was), after.at(is)];
    if (was < endBefore && is < endAfter && a === b) {
      was += 1;
      is += 1;
    } else if (is >= endAfter || (was < endBefore && inOrder(a as One, b as One) <= 0)) {
      gone.push(a as One);
      was += 1;
    } else {
      come.push(b as One);
      is += 1;
    }
  }
  return { gone, come, isAppended: false };
}

/** The place of one in a list in order, or where it would be. */
export function rankIn(list: readonly Ordered[], one: Ordered): number {
  const last = list.at(-1);
  if (!last || inOrder(last, one) < 0) return list.length;
  return firstWhere(0, list.length, (place) => inOrder(list[place] as Ordered, one) >= 0);
}

/** Puts one into a list in order. */
export function putInto<One extends Ordered>(list: One[], one: One): void {
  const at = rankIn(list, one);
  if (at === list.length) list.push(one);
  else list.splice(at, 0, one);
}

/** Takes one out of a list in order, if it is in it. */
export function takeFrom<One extends Ordered>(list: One[], one: One): void {
  const at = rankIn(list, one);
  if (list[at] === one) list.splice(at, 1);
}
