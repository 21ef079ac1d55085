import type { Day } from '../../domain/values/calendar.js';
import { minorDigits } from '../../domain/values/money.js';
import type { Language } from './language.js';

const localeOf = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-GB');

/** Formats by what they are made from: to make one takes longer than to use it a hundred times. */
function kept<Format>(make: (language: Language, detail: string) => Format) {
  const formats = new Map<string, Format>();
  return (language: Language, detail = ''): Format => {
    const key = `${language} ${detail}`;
    const known = formats.get(key);
    if (known) return known;
    const made = make(language, detail);
    formats.set(key, made);
    return made;
  };
}

const numbers = kept(
  (language, decimals) =>
    new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: Number(decimals) }),
);
const moneys = kept(
  (language, currency) =>
    new Intl.NumberFormat(localeOf(language), {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      notation: 'compact',
      maximumFractionDigits: 2,
    }),
);
const days = kept(
  (language) => new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeZone: 'UTC' }),
);
const instants = kept(
  (language) => new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short' }),
);

const seconds = kept((language) => new Intl.DateTimeFormat(localeOf(language), { timeStyle: 'medium' }));
const times = kept((language) => new Intl.DateTimeFormat(localeOf(language), { timeStyle: 'short' }));

/** Basis points as a percentage with at most one decimal, rounded half away from zero: 4986 is `49.9 %`. */
export function percentWords(basisPoints: number, language: Language): string {
  return `${numberWords(basisPoints / 100, language, 1)} %`;
}

/** A number with grouped digits, and so many decimals at most. */
export function numberWords(value: number, language: Language, decimals = 0): string {
  return numbers(language, String(decimals)).format(value);
}

/** Money in short: `6,900 万元`, `1.25 亿元`; in English `¥69m`. Minor units come in. */
export function moneyShort(amountMinor: number, currency: string, language: Language): string {
  const major = amountMinor / 10 ** minorDigits(currency);
  if (currency === 'CNY' && language === 'zh') {
    if (Math.abs(major) >= 1e8) return `${numberWords(major / 1e8, language, 2)} 亿元`;
    return `${numberWords(major / 1e4, language, 2)} 万元`;
  }
  return moneys(language, currency).format(major);
}

/** A day as it is written: `10 Jul 2018`, `2018年7月10日`. */
export function dayWords(day: Day, language: Language): string {
  return days(language).format(new Date(`${day}T00:00:00Z`));
}

/** An instant in the time zone of the reader: `10 Jul 2018, 16:00`. */
export function instantWords(instant: string, language: Language): string {
  return instants(language).format(new Date(instant));
}

/** An instant of today as its time alone, any other as a day and a time; in the time zone of the reader. */
export function timeWords(instant: string, language: Language, now = new Date()): string {
  const at = new Date(instant);
  return (at.toDateString() === now.toDateString() ? times : instants)(language).format(at);
}

/** The time of day to the second, in the time zone of the reader: `19:16:42`. Milliseconds since 1970 come in. */
export function secondWords(at: number, language: Language): string {
  return seconds(language).format(at);
}
