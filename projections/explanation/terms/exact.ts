import type { Fraction } from '../../../domain/values/amounts/fraction.js';

/** An exact number as whole numbers in decimal text, reduced; the denominator is above 0. */
export interface Exact {
  numerator: string;
  denominator: string;
}

/** An exact number to compute with; the denominator is above 0. */
export interface Ratio {
  n: bigint;
  d: bigint;
}

/** Reduced, with a denominator above 0. */
export function ratio(n: bigint, d: bigint): Ratio {
  const divisor = commonDivisor(n < 0n ? -n : n, d < 0n ? -d : d);
  const sign = d < 0n ? -1n : 1n;
  return divisor === 0n ? { n: 0n, d: 1n } : { n: (sign * n) / divisor, d: (sign * d) / divisor };
}

/** The decimal number that JavaScript writes for a number: 0.1 is 1/10. */
export function exactly(number: number): Ratio {
  if (Number.isSafeInteger(number)) return { n: BigInt(number), d: 1n };
  const [mantissa = '0', exponent = '0'] = String(number).split('e');
  const [whole = '0', decimals = ''] = mantissa.split('.');
  const scale = decimals.length - Number(exponent);
  const digits = BigInt(whole + decimals);
  return scale >= 0 ? ratio(digits, 10n ** BigInt(scale)) : ratio(digits * 10n ** BigInt(-scale), 1n);
}

export function fromFraction({ numerator, denominator }: Fraction): Ratio {
  return quotient(exactly(numerator), exactly(denominator));
}

export function sum(a: Ratio, b: Ratio): Ratio {
  return ratio(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function difference(a: Ratio, b: Ratio): Ratio {
  return ratio(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function product(a: Ratio, b: Ratio): Ratio {
  return ratio(a.n * b.n, a.d * b.d);
}

/** The divisor must not be 0. */
export function quotient(a: Ratio, b: Ratio): Ratio {
  return ratio(a.n * b.d, a.d * b.n);
}

/** True if the first is smaller. */
export function isLess(a: Ratio, b: Ratio): boolean {
  return a.n * b.d < b.n * a.d;
}

export const zero: Ratio = { n: 0n, d: 1n };
export const one: Ratio = { n: 1n, d: 1n };

/** Rounded to a whole number, half up. */
export function halfUp({ n, d }: Ratio): number {
  const doubled = 2n * n + d;
  const divisor = 2n * d;
  const cut = doubled / divisor;
  return Number(doubled < 0n && cut * divisor !== doubled ? cut - 1n : cut);
}

/** The nearest double. */
export function near({ n, d }: Ratio): number {
  const whole = n / d;
  return Number(whole) + Number(((n - whole * d) * 1_000_000_000_000n) / d) / 1e12;
}

export function inText({ n, d }: Ratio): Exact {
  return { numerator: String(n), denominator: String(d) };
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
