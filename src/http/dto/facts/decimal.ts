import { type Decimal, decimalExpected, decimalOf } from '../../../../domain/values/amounts/decimal.js';
import { nothing } from '../../../../domain/values/rejections.js';
import { seenAs } from '../../problems/faults.js';
import { isObject, type Rule } from '../../validation/rules.js';

/** A decimal as a number, as its digits, or as it is stored. */
export type DecimalSaid = number | string | Decimal;

/** A decimal from 0: a number, its digits as a text, or the stored `{ digits, scale }`. */
export const decimal: Rule = {
  schema: {
    oneOf: [
      { type: 'string' },
      { type: 'number', minimum: 0 },
      {
        type: 'object',
        properties: { digits: { type: 'integer', minimum: 0 }, scale: { type: 'integer', minimum: 0 } },
        required: ['digits', 'scale'],
      },
    ],
    example: '12.6',
  },
  check(value) {
    if (value === undefined) return { type: 'member-missing', seen: nothing, expected: decimalExpected };
    if (decimalFrom(value) !== undefined) return undefined;
    const isShaped = typeof value === 'string' || typeof value === 'number';
    return {
      type: isShaped ? 'quantity-invalid' : 'type-wrong',
      seen: seenAs(value),
      expected: decimalExpected,
    };
  },
};

/** The decimal of an unchecked value; undefined for anything else. */
export function decimalFrom(value: unknown): Decimal | undefined {
  if (typeof value === 'string' || typeof value === 'number') return decimalOf(value);
  if (!isObject(value) || Object.keys(value).length !== 2) return undefined;
  const { digits, scale } = value;
  if (!Number.isSafeInteger(digits) || !Number.isInteger(scale) || Number(digits) < 0) return undefined;
  // Written out and read again, so that it has the limits and the form of every other one.
  return Number(scale) < 0 || Number(scale) > 20
    ? undefined
    : decimalOf(plainText(Number(digits), Number(scale)));
}

function plainText(digits: number, scale: number): string {
  const text = String(digits).padStart(scale + 1, '0');
  return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
