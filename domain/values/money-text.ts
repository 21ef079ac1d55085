import { type Money, minorDigits } from './amounts/money.js';
import { currencyOf, moneyUnitOf, normalMoney } from './amounts/money-units.js';
import { omitUndefined } from './omit-undefined.js';
import { inexactIn, type Vagueness } from './quantity-text.js';
import type { Words } from './words.js';

/** The result of reading invalid words: what is wrong with them, and what was expected. */
export interface MoneyProblem {
  fault:
    | 'amount-shape'
    | 'amount-negative'
    | 'amount-too-large'
    | 'fraction-of-minor-unit'
    | 'unit-unknown'
    | 'unit-open'
    | 'range-reversed';
  expected: Words;
}

/** Reads an amount beside its unit: `parseMoney('6900', '万元')` is 6,900,000,000 fen of CNY. */
export function parseMoney(amount: string, unit: string): Money | MoneyProblem {
  const read = moneyIn(`${amount} ${unit}`);
  if ('fault' in read) return read;
  return { ...read, said: { amount: withoutCommas(normalMoney(amount)), unit: normalMoney(unit) } };
}

/**
 * Reads an amount as people write it: `3亿`, `12,000万元`, `$1.2 million`, `3-4亿元`, `约3亿元`, `1亿2000万`, `三千万元`.
 *
 * Nothing is rounded: a fraction of a minor unit is refused. An amount whose unit or currency is open is refused.
 */
export function moneyIn(text: string): Money | MoneyProblem {
  const plain = normalMoney(text);
  if (/^[-−]\s*\d/.test(plain)) return negative;
  const { vagueness, rest } = inexactIn(inDigits(plain));
  const [first = '', second] = endsOf(rest);
  const last = readSide(second ?? first, { currency: symbolIn(first), unit: '' });
  if ('fault' in last) return last;
  const from = second === undefined ? last : readSide(first, last);
  if ('fault' in from) return from;
  if (from.minor > last.minor || from.currency !== last.currency) return reversed;
  const [low, high] = widened(from.minor, last.minor, vagueness);
  if (high > BigInt(Number.MAX_SAFE_INTEGER)) return tooLarge;
  const isExact = low === high;
  return omitUndefined({
    amountMinor: Number(from.minor),
    currency: last.currency,
    lowMinor: isExact ? undefined : Number(low),
    highMinor: isExact ? undefined : Number(high),
    said: splitAtLastDigit(plain),
  });
}

/** One end of an amount. */
interface Side {
  minor: bigint;
  currency: string;
  unit: string;
}

const number = "(\\d{1,3}(?:[,'\u2019 ]\\d{3})+|\\d{1,30})(?:\\.(\\d{1,30}))?";
const part = new RegExp(`^${number}\\s*([^\\d.,-]*)`);

const leading = /^([^\d.,+-]*)(.*)$/;

/** The currency in front of an amount: `$`, `人民币`. */
function symbolIn(written: string): string | undefined {
  return currencyOf(leading.exec(written.trim())?.[1] ?? '');
}

/** One end of an amount; without a unit or a currency of its own it has those of the other end. */
function readSide(
  written: string,
  other: { currency: string | undefined; unit: string },
): Side | MoneyProblem {
  const [, symbol = '', digits = written] = leading.exec(written.trim()) ?? [];
  const beside = symbolIn(written);
  if (symbol.trim() !== '' && beside === undefined) return shape;
  let rest = digits;
  let [sum, currency, unit, power]: [bigint, string | undefined, string, number] = [0n, undefined, '', 99];
  while (rest !== '' || power === 99) {
    const [whole = '', integer, fraction = '', after = ''] = part.exec(rest) ?? [];
    if (integer === undefined) return shape;
    rest = rest.slice(whole.length);
    unit = after.trim() === '' && sum === 0n ? other.unit : after.trim();
    const read = moneyUnitOf(unit, beside, other.currency);
    if (!read) return unitUnknown;
    // 1亿2000万: each part is smaller than the one before it, and a currency ends the amount.
    if (read.power >= power || (rest !== '' && read.power === 0)) return shape;
    [power, currency] = [read.power, read.currency];
    if (currency === undefined) return unitOpen;
    const minor = minorOf(
      integer.replace(/\D/g, ''),
      fraction,
      minorDigits(currency) + power,
      unit || currency,
    );
    if (typeof minor !== 'bigint') return minor;
    sum += minor;
  }
  if (sum > BigInt(Number.MAX_SAFE_INTEGER)) return tooLarge;
  return { minor: sum, currency: currency ?? '', unit };
}

function minorOf(integer: string, decimals: string, digits: number, unit: string): bigint | MoneyProblem {
  const fraction = decimals.replace(/0+$/, '');
  if (fraction.length <= digits) return BigInt(integer + fraction.padEnd(digits, '0'));
  return {
    fault: 'fraction-of-minor-unit',
    expected: {
      en: `${digits === 0 ? 'no' : `at most ${digits}`} decimals in ${unit}`,
      zh: digits === 0 ? `${unit}不带小数` : `${unit}最多 ${digits} 位小数`,
    },
  };
}

/** Both ends of a range: `3-4亿元`, `8000万至1.2亿元`; one end of anything else. */
function endsOf(text: string): readonly [string, string?] {
  const [, first, second] = /^(.*\d.*?)\s*(?:[-–—~]|至|到|\bto\b)\s*(.*\d.*)$/i.exec(text) ?? [];
  return first === undefined || second === undefined ? [text] : [first, second];
}

/** A tenth around, above or below an amount that is not exact, as for quantities. */
function widened(low: bigint, high: bigint, vagueness: Vagueness | undefined): [bigint, bigint] {
  const less = vagueness === 'about' || vagueness === 'nearly' ? low / 10n : 0n;
  const more = vagueness === 'about' || vagueness === 'over' ? high / 10n : 0n;
  return [low - less, high + more];
}

const numerals = '零一二三四五六七八九';
const tens: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** An amount in Chinese numerals with digits: `三千五百万元` is `3500万元`; one that has digits is unchanged. */
function inDigits(text: string): string {
  if (/\d/.test(text)) return text;
  return text.replace(/[零一二两三四五六七八九十百千]+/g, (numeral) => {
    let [sum, digit] = [0, 0];
    for (const sign of numeral.replace(/两/g, '二')) {
      const unit = tens[sign];
      if (unit === undefined) digit = numerals.indexOf(sign);
      else {
        sum += (digit || 1) * unit;
        digit = 0;
      }
    }
    return String(sum + digit);
  });
}

function splitAtLastDigit(text: string): { amount: string; unit: string } {
  const [, amount = text, unit = ''] = /^(.*\d)(\D*)$/.exec(text) ?? [];
  return { amount: withoutCommas(amount.trim()), unit: unit.trim() };
}

function withoutCommas(amount: string): string {
  return amount.replace(/(\d)[,'\u2019 ](?=\d{3})/g, '$1');
}

const shape: MoneyProblem = {
  fault: 'amount-shape',
  expected: {
    en: 'an amount with its unit, such as 6900万元, 3亿, 3-4亿元, 约3亿元 or $1.2 million',
    zh: '带单位的金额，如 6900万元、3亿、3-4亿元、约3亿元 或 $1.2 million',
  },
};
const negative: MoneyProblem = {
  fault: 'amount-negative',
  expected: { en: 'zero or more', zh: '零或以上' },
};
const tooLarge: MoneyProblem = {
  fault: 'amount-too-large',
  expected: {
    en: `at most ${Number.MAX_SAFE_INTEGER} minor units`,
    zh: `最多 ${Number.MAX_SAFE_INTEGER} 个最小货币单位`,
  },
};
const unitUnknown: MoneyProblem = {
  fault: 'unit-unknown',
  expected: {
    en: '元, 万元, 亿元, million USD, or an ISO 4217 currency code such as USD',
    zh: '元、万元、亿元、万美元，或 USD 等 ISO 4217 货币代码',
  },
};
const unitOpen: MoneyProblem = {
  fault: 'unit-open',
  expected: {
    en: 'a unit and a currency with it, such as 1,200万元, 1,200元 or USD 1,200',
    zh: '写明单位和币种，如 1,200万元、1,200元 或 USD 1,200',
  },
};
const reversed: MoneyProblem = {
  fault: 'range-reversed',
  expected: {
    en: 'the smaller amount first, both in one currency, such as 3-4亿元',
    zh: '较小的金额在前，币种相同，如 3-4亿元',
  },
};
