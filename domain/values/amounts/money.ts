/** Money as stored: an integer number of minor units (fen, cents) of an ISO 4217 currency, and its wording. */
export interface Money {
  /** The stated figure; of a range ("3-4亿元") its lower end. */
  amountMinor: number;
  currency: string;
  /** Of an inexact amount: at least so much. Both ends are there, or neither. */
  lowMinor?: number;
  /** Of an inexact amount: at most so much. */
  highMinor?: number;
  /** The reported amount and unit, such as `6900` and `万元`; absent when minor units were given. */
  said?: Said;
}

/** An amount as reported. */
export interface Said {
  amount: string;
  /** What follows its last digit; empty if nothing does. */
  unit: string;
}

/** The least and the most that an amount can be, in minor units; equal for an exact one. */
export function boundsOf({ amountMinor, lowMinor, highMinor }: Money): { low: number; high: number } {
  return { low: lowMinor ?? amountMinor, high: highMinor ?? amountMinor };
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
