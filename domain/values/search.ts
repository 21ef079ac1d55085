/**
 * The first whole number from one to another for which a claim holds that holds for all numbers after it; the second when it holds for none
 * before that. The claim is not asked about the second.
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
