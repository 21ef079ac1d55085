import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { boundsOf, type Money } from '../../domain/values/amounts/money.js';

/** An amount's share of a planned amount in basis points, rounded half up; undefined if they are not comparable. */
export function computedShare(amount: Money, planned: Money | undefined): number | undefined {
  if (!planned || planned.currency !== amount.currency || planned.amountMinor === 0) return undefined;
  return scaled(amount.amountMinor, wholeBasisPoints, planned.amountMinor);
}

/** A share in basis points: what was meant, at least, and at most; equal for an exact one. */
export interface Share {
  point: number;
  low: number;
  high: number;
}

/** The share of an amount by its bounds; undefined if it is not comparable with the planned amount. */
export function shareBounds(amount: Money, planned: Money | undefined): Share | undefined {
  const point = computedShare(amount, planned);
  if (point === undefined) return undefined;
  const { low, high } = boundsOf(amount);
  const of = (amountMinor: number) =>
    computedShare({ amountMinor, currency: amount.currency }, planned) ?? point;
  return { point, low: of(low), high: of(high) };
}

/** The part of an amount that is a share in basis points, in minor units; undefined beyond 2^53 - 1. */
export function partOf(amount: Money, shareBasisPoints: number): number | undefined {
  return scaled(amount.amountMinor, shareBasisPoints, wholeBasisPoints);
}

/** The whole of which an amount is a share above 0 in basis points, in minor units; undefined beyond 2^53 - 1. */
export function impliedWhole(amount: Money, shareBasisPoints: number): number | undefined {
  return scaled(amount.amountMinor, wholeBasisPoints, shareBasisPoints);
}

/**
 * `amount × by / divisor`, rounded half up, exact for any amount; undefined for a result beyond 2^53 - 1.
 *
 * By doubling and adding quotients and remainders, because not every engine that runs this fold has BigInt.
 */
function scaled(amount: number, by: number, divisor: number): number | undefined {
  const one = divided(amount, divisor);
  let sum = { quotient: 0, remainder: 0 };
  if (amount <= Number.MAX_SAFE_INTEGER / by) sum = divided(amount * by, divisor);
  else
    for (let bit = 2 ** Math.floor(Math.log2(by)); bit >= 1; bit /= 2) {
      sum = added(sum, sum, divisor);
      if (Math.floor(by / bit) % 2 === 1) sum = added(sum, one, divisor);
    }
  const result = sum.quotient + (sum.remainder >= divisor - sum.remainder ? 1 : 0);
  return Number.isSafeInteger(result) ? result : undefined;
}

interface Division {
  quotient: number;
  remainder: number;
}

function divided(amount: number, divisor: number): Division {
  const remainder = amount % divisor;
  return { quotient: (amount - remainder) / divisor, remainder };
}

/** The sum of two divisions by one divisor; no intermediate number is larger than it. */
function added(a: Division, b: Division, divisor: number): Division {
  const quotient = a.quotient + b.quotient;
  if (a.remainder < divisor - b.remainder) return { quotient, remainder: a.remainder + b.remainder };
  return { quotient: quotient + 1, remainder: a.remainder - (divisor - b.remainder) };
}
