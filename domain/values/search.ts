/**
 * The first integer of a range for which a monotonic condition holds; the end of the range if it holds for none before.
 * The condition is not checked for the end.
 */
export function firstWhere(from: number, to: number, holds: (place: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
