import type { Decimal } from './decimal.js';

/** An exact quotient of two whole numbers, the numerator 0 or more, the denominator above 0. */
export interface Fraction {
  numerator: number;
  denominator: number;
}

/** A decimal as a fraction; not reduced. */
export function fractionOf({ digits, scale }: Decimal): Fraction {
  return { numerator: digits, denominator: 10 ** scale };
}

/**
 * The product of fractions.
 *
 * Exact while both of its parts are at most 2^53, reduced only as far as that needs; a larger part is rounded to 53
 * bits, the same in every engine. The scripts inside EventStoreDB run on ES2015, which has no big integers.
 */
export function product(factors: readonly Fraction[]): Fraction {
  let numerator = 1;
  let denominator = 1;
  for (const factor of factors) {
    numerator *= factor.numerator;
    denominator *= factor.denominator;
  }
  const plain = { numerator, denominator };
  return isExact(plain) ? plain : reducedProduct(factors);
}

function reducedProduct(factors: readonly Fraction[]): Fraction {
  const above = factors.map(({ numerator }) => numerator);
  const below = factors.map(({ denominator }) => denominator);
  for (let i = 0; i < above.length; i += 1)
    for (let j = 0; j < below.length; j += 1) {
      const common = commonDivisor(above[i] as number, below[j] as number);
      above[i] = (above[i] as number) / common;
      below[j] = (below[j] as number) / common;
    }
  return { numerator: multiplied(above), denominator: multiplied(below) };
}

/** The fraction with numerator and denominator exchanged; the numerator must not be 0. */
export function inverse({ numerator, denominator }: Fraction): Fraction {
  return { numerator: denominator, denominator: numerator };
}

/** True if no part of a fraction was rounded. */
export function isExact({ numerator, denominator }: Fraction): boolean {
  return Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator);
}

/** Below 0, 0 or above 0 as the first is smaller, equal or larger; exact for exact fractions of any size. */
export function compareFractions(a: Fraction, b: Fraction): number {
  let [one, other, sign] = [a, b, 1];
  for (;;) {
    const [first, rest] = divided(one);
    const [second, otherRest] = divided(other);
    if (first !== second) return sign * (first < second ? -1 : 1);
    if (rest === 0 || otherRest === 0) return sign * (rest === otherRest ? 0 : rest === 0 ? -1 : 1);
    // Of two proper fractions the one with the larger inverse is smaller.
    [one, other] = [
      { numerator: other.denominator, denominator: otherRest },
      { numerator: one.denominator, denominator: rest },
    ];
  }
}

/** The whole quotient and the remainder, both exact. */
function divided({ numerator, denominator }: Fraction): [number, number] {
  const rest = numerator % denominator;
  return [(numerator - rest) / denominator, rest];
}

function multiplied(numbers: readonly number[]): number {
  return numbers.reduce((result, number) => result * number, 1);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
