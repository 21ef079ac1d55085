import { isCurrency, type Money } from '../../../../domain/values/amounts/money.js';
import { moneyUnitOf, normalMoney } from '../../../../domain/values/amounts/money-units.js';
import { type MoneyProblem, moneyIn, parseMoney } from '../../../../domain/values/money-text.js';
import { nothing } from '../../../../domain/values/rejections.js';
import { wordsOf } from '../../../../domain/values/words.js';
import { seenAs } from '../../problems/faults.js';
import { Optional, type ShapeRule, shape } from '../../validation/member.js';
import { type Finding, pattern, type Rule, text, wholeNumber } from '../../validation/rules.js';

/** Characters of an amount in words. */
const mostSaid = 80;

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
  @Optional(
    amountRule,
    'The amount in the unit, or with its unit: 6900, "12,000", "3-4亿元"; nothing is rounded.',
  )
  amount?: string | number;

  @Optional(
    text(20),
    '元, 万元, 亿元, 万美元, million USD, or an ISO 4217 currency; absent if it is in the amount.',
  )
  unit?: string;

  @Optional(wholeNumber(0, Number.MAX_SAFE_INTEGER), 'Instead of amount and unit: fen, cents. Zero or more.')
  amountMinor?: number;

  @Optional(
    pattern(/^[A-Z]{3}$/, { en: 'an ISO 4217 currency code', zh: 'ISO 4217 货币代码' }),
    'With amountMinor.',
  )
  currency?: string;
}

/** An amount as it is accepted: an object, or a text such as `3亿元`, `$1.2 million` or `3-4亿元`. */
export type MoneyStated = MoneySaid | string;

const inMoney = shape(MoneySaid, (value) => moneyFinding(value as MoneySaid));

/** An amount of money, zero or more. */
export const money: ShapeRule = {
  ...inMoney,
  api: {
    oneOf: [
      { $ref: '#/components/schemas/MoneySaid' },
      { type: 'string', maxLength: mostSaid, example: '3-4亿元' },
    ],
  } as ShapeRule['api'],
  check: (value) => (typeof value === 'string' ? textFinding(value, value, '') : inMoney.check(value)),
};

/** The money in a validated value. */
export function moneyOf(stated: MoneyStated): Money {
  const { amountMinor, currency, ...said } = typeof stated === 'string' ? { amount: stated } : stated;
  if (amountMinor !== undefined && currency !== undefined) return { amountMinor, currency };
  const read = readOf(String(said.amount), said.unit);
  if ('fault' in read)
    throw new Error(`${said.amount} was accepted, and it cannot be read: expected ${read.expected.en}.`);
  return read;
}

function readOf(amount: string, unit: string | undefined): Money | MoneyProblem {
  return unit === undefined ? moneyIn(amount) : parseMoney(amount, unit);
}

function moneyFinding({ amount, unit, amountMinor, currency }: MoneySaid): Finding | undefined {
  if (amountMinor === undefined && currency === undefined) {
    if (amount === undefined) return missing('.amount');
    // Values that are neither text nor number are refused by the members' own rules.
    if (typeof amount !== 'string' && typeof amount !== 'number') return undefined;
    if (unit !== undefined && typeof unit !== 'string') return undefined;
    return textFinding(String(amount), amount, '.amount', unit);
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

/** The fault of an amount in words, at its place, with what was seen there. */
function textFinding(amount: string, seen: unknown, at: string, unit?: string): Finding | undefined {
  if (amount.length > mostSaid)
    return {
      at,
      type: 'money-invalid',
      seen: seenAs(seen),
      expected: { en: `an amount of up to ${mostSaid} characters`, zh: `不超过 ${mostSaid} 个字的金额` },
    };
  const read = readOf(amount, unit);
  if (!('fault' in read)) return undefined;
  const { fault, expected } = read;
  if (fault === 'unit-unknown' && unit !== undefined && !moneyUnitOf(normalMoney(unit)))
    return { at: '.unit', type: 'money-invalid', seen: seenAs(unit), expected };
  return {
    at,
    type: types[fault] ?? 'money-invalid',
    seen: unit === undefined ? seenAs(seen) : wordsOf((text) => `${text(seenAs(seen))} ${unit}`),
    expected,
  };
}

const types: Readonly<Partial<Record<MoneyProblem['fault'], Finding['type']>>> = {
  'amount-negative': 'money-negative',
  'fraction-of-minor-unit': 'money-fraction',
};

const eitherForm = {
  en: 'a text such as 3-4亿元, {amount, unit} or {amountMinor, currency}',
  zh: '如 3-4亿元 的文本、{amount, unit} 或 {amountMinor, currency}',
};

function missing(at: string): Finding {
  return {
    at,
    type: 'member-missing',
    seen: nothing,
    expected: eitherForm,
  };
}
