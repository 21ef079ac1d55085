import type { Words } from '../text.js';
/**
 * A decimal number, zero or more, as an integer and the number of its decimals: 7.4 is `{ digits: 74, scale: 1 }`.
 *
 * The last decimal is never 0, so equal numbers have equal members.
 */
export interface Decimal {
  digits: number;
  scale: number;
}

/** The most digits of an amount. */
const mostDigits = 12;
/** The most decimals of an amount. */
export const mostDecimals = 6;

/** What `decimalOf` accepts, in words. */
export const decimalExpected: Words = {
  en: `a number from 0 with at most ${mostDigits} digits, ${mostDecimals} of them decimals, such as 7400, 7,400 or 12.6`,
  zh: `不小于 0 的数，至多 ${mostDigits} 位，其中至多 ${mostDecimals} 位小数，如 7400、7,400、12.6`,
};

/**
 * Reads a number, or its digits as a text with or without groups of three: `7,400`, `12.6`, full width too.
 *
 * Nothing is rounded: a number that does not fit gives undefined.
 */
export function decimalOf(value: number | string): Decimal | undefined {
  const text = String(value).normalize('NFKC').trim();
  const parts = /^(\d+|\d{1,3}(?:[,'\u2019 \u202f]\d{3})+)(?:\.(\d+))?$/.exec(text);
  if (!parts) return undefined;
  const whole = (parts[1] ?? '').replace(/\D/g, '');
  const decimals = (parts[2] ?? '').replace(/0+$/, '');
  const digits = (whole + decimals).replace(/^0+(?=\d)/, '');
  if (digits.length > mostDigits || decimals.length > mostDecimals) return undefined;
  return { digits: Number(digits), scale: decimals.length };
}

/** A whole number as a decimal. */
export function wholeDecimal(digits: number): Decimal {
  return { digits, scale: 0 };
}

/** How much one decimal is larger than another one, which is not the larger one. */
export function decimalDifference(more: Decimal, less: Decimal): Decimal {
  const scale = Math.max(more.scale, less.scale);
  const [a, b] = [more, less].map((one) => one.digits * 10 ** (scale - one.scale));
  return withoutZeros({ digits: (a ?? 0) - (b ?? 0), scale });
}

function withoutZeros({ digits, scale }: Decimal): Decimal {
  return scale > 0 && digits % 10 === 0
    ? withoutZeros({ digits: digits / 10, scale: scale - 1 })
    : { digits, scale };
}

/** Digits with groups of three and a decimal point: `7,400`, `12.6`. */
export function decimalText({ digits, scale }: Decimal): string {
  const text = String(digits).padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale).replace(/\B(?=(\d{3})+$)/g, ',');
  return scale === 0 ? whole : `${whole}.${text.slice(text.length - scale)}`;
}
