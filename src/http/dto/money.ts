import { isCurrency, type Money, parseMoney } from '../../../domain/values/money.js';
import { nothing } from '../../../domain/values/rejections.js';
import { textIn, wordsOf } from '../../../domain/values/words.js';
import { seenAs } from '../problems/faults.js';
import { Optional, shape } from '../validation/member.js';
import type { Rule } from '../validation/rules.js';
import { type Finding, pattern, text, wholeNumber } from '../validation/rules.js';

const amountRule: Rule = {
  schema: { oneOf: [{ type: 'string' }, { type: 'number', minimum: 0 }], example: '6900' },
  check(value) {
    if (typeof value === 'string' || typeof value === 'number') return undefined;
    return {
      type: 'type-wrong',
      seen: seenAs(value),
      expected: { en: 'a number, or its digits as a text', zh: '数，或以文本写出的数字' },
    };
  },
};

/** Money as entered, in a unit, or in minor units of a currency. */
export class MoneySaid {
  @Optional(amountRule, 'The amount in the unit, digits with an optional decimal point; nothing is rounded.')
  amount?: string | number;

  @Optional(text(8), '元, 万元, 亿元, or an ISO 4217 currency.')
  unit?: string;

  @Optional(wholeNumber(0, Number.MAX_SAFE_INTEGER), 'Instead of amount and unit: fen, cents. Zero or more.')
  amountMinor?: number;

  @Optional(
    pattern(/^[A-Z]{3}$/, { en: 'an ISO 4217 currency code', zh: 'ISO 4217 货币代码' }),
    'With amountMinor.',
  )
  currency?: string;
}

/** An amount of money, zero or more. */
export const money = shape(MoneySaid, (value) => moneyFinding(value as MoneySaid));

/** The money in a validated value. */
export function moneyOf({ amount, unit, amountMinor, currency }: MoneySaid): Money {
  if (amountMinor !== undefined && currency !== undefined) return { amountMinor, currency };
  const read = parseMoney(String(amount), String(unit));
  if ('fault' in read)
    throw new Error(
      `${amount} ${unit} was accepted, and it cannot be read: expected ${textIn(read.expected, 'en')}.`,
    );
  return read;
}

function moneyFinding({ amount, unit, amountMinor, currency }: MoneySaid): Finding | undefined {
  if (amountMinor === undefined && currency === undefined) {
    if (amount === undefined) return missing('.amount');
    if (unit === undefined) return missing('.unit');
    return saidFinding(amount, unit);
  }
  if (amount !== undefined || unit !== undefined) {
    return {
      type: 'money-invalid',
      seen: { en: 'both forms of an amount', zh: '同时用了两种金额写法' },
      expected: eitherForm,
    };
  }
  if (amountMinor === undefined) return missing('.amountMinor');
  if (currency === undefined) return missing('.currency');
  if (typeof amountMinor === 'number' && amountMinor < 0)
    return {
      at: '.amountMinor',
      type: 'money-negative',
      seen: String(amountMinor),
      expected: { en: 'zero or more', zh: '零或以上' },
    };
  if (typeof currency === 'string' && !isCurrency(currency)) {
    return {
      at: '.currency',
      type: 'money-invalid',
      seen: seenAs(currency),
      expected: { en: 'an ISO 4217 currency code such as CNY', zh: 'ISO 4217 货币代码，如 CNY' },
    };
  }
  return undefined;
}

function saidFinding(amount: unknown, unit: unknown): Finding | undefined {
  // Values that are neither text nor number are refused by the members' own rules.
  if ((typeof amount !== 'string' && typeof amount !== 'number') || typeof unit !== 'string')
    return undefined;
  const read = parseMoney(String(amount), unit);
  if (!('fault' in read)) return undefined;
  const { fault, expected } = read;
  if (fault === 'unit-unknown') return { at: '.unit', type: 'money-invalid', seen: seenAs(unit), expected };
  const type =
    fault === 'amount-negative'
      ? 'money-negative'
      : fault === 'fraction-of-minor-unit'
        ? 'money-fraction'
        : 'money-invalid';
  return { at: '.amount', type, seen: wordsOf((text) => `${text(seenAs(amount))} ${unit}`), expected };
}

const eitherForm = {
  en: '{amount, unit} or {amountMinor, currency}',
  zh: '{amount, unit} 或 {amountMinor, currency}',
};

function missing(at: string): Finding {
  return {
    at,
    type: 'member-missing',
    seen: nothing,
    expected: eitherForm,
  };
}
