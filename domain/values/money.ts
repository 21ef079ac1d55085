import type { Text } from './text.js';
/** Money as stored: an integer number of minor units (fen, cents) of an ISO 4217 currency, and its wording. */
export interface Money {
  amountMinor: number;
  currency: string;
  /** The reported amount and unit, such as `6900` and `万元`; absent when minor units were given. */
  said?: Said;
}

/** An amount as reported. */
export interface Said {
  amount: string;
  unit: string;
}

/** The result of `parseMoney` for invalid words: the faulty part, and what was expected. */
export interface MoneyProblem {
  fault: 'amount-shape' | 'amount-negative' | 'amount-too-large' | 'fraction-of-minor-unit' | 'unit-unknown';
  expected: Text;
}

/** Powers of ten by which the Chinese units exceed one yuan. */
const yuanUnits: ReadonlyMap<string, number> = new Map([
  ['元', 0],
  ['万元', 4],
  ['亿元', 8],
]);

/**
 * Parses an amount in a unit: 元, 万元, 亿元, or an ISO 4217 code for the major unit of that currency.
 *
 * `parseMoney('6900', '万元')` is 6,900,000,000 fen of CNY. Nothing is rounded: a fraction of a minor unit is refused.
 */
export function parseMoney(amount: string, unit: string): Money | MoneyProblem {
  const power = yuanUnits.get(unit);
  const currency = power === undefined ? unit : 'CNY';
  if (power === undefined && !isCurrency(unit)) {
    return {
      fault: 'unit-unknown',
      expected: {
        en: '元, 万元, 亿元 or an ISO 4217 currency code such as USD',
        zh: '元、万元、亿元，或 ISO 4217 货币代码如 USD',
      },
    };
  }
  if (/^-\d/.test(amount))
    return { fault: 'amount-negative', expected: { en: 'zero or more', zh: '零或以上' } };
  const parts = /^(\d{1,15})(?:\.(\d{1,12}))?$/.exec(amount);
  if (!parts)
    return {
      fault: 'amount-shape',
      expected: {
        en: 'digits with an optional decimal point, such as 6900 or 0.85',
        zh: '数字，可带小数点，如 6900、0.85',
      },
    };
  const digits = minorDigits(currency) + (power ?? 0);
  const fraction = (parts[2] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) {
    const [en, zh] = digits === 0 ? ['no', '不带'] : [`at most ${digits}`, `至多 ${digits} 位`];
    return {
      fault: 'fraction-of-minor-unit',
      expected: {
        en: `${en} decimals in ${unit}`,
        zh: `以${unit}计，${zh}小数`,
      },
    };
  }
  const minor = BigInt((parts[1] ?? '') + fraction.padEnd(digits, '0'));
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) {
    return {
      fault: 'amount-too-large',
      expected: {
        en: `at most ${Number.MAX_SAFE_INTEGER} minor units`,
        zh: `至多 ${Number.MAX_SAFE_INTEGER} 分`,
      },
    };
  }
  return { amountMinor: Number(minor), currency, said: { amount, unit } };
}

/** True for a code of ISO 4217 in use as money. */
export function isCurrency(code: string): boolean {
  return currencies.has(code);
}

/**
 * Decimals between the major and the minor unit of a currency by ISO 4217: 2 for CNY, 0 for JPY.
 *
 * Taken from the standard and not from the platform, whose list differs (IDR, HUF) and moves, while stored amounts stay.
 */
export function minorDigits(currency: string): number {
  return otherDigits.get(currency) ?? 2;
}

const otherDigits: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
]);

const currencies: ReadonlySet<string> = new Set(
  (
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP ' +
    'CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF ' +
    'IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD ' +
    'MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB ' +
    'RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD ' +
    'UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'
  ).split(' '),
);
