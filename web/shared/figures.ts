import type { Day } from '../../src/domain/calendar.js';
import { minorDigits } from '../../src/domain/money.js';
import type { Language } from './language.js';

const localeOf = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-GB');

/** Basis points as a percentage with at most one decimal, rounded half away from zero: 4986 is `49.9 %`. */
export function percentWords(basisPoints: number, language: Language): string {
  return `${numberWords(basisPoints / 100, language, 1)} %`;
}

/** A number with grouped digits, and so many decimals at most. */
export function numberWords(value: number, language: Language, decimals = 0): string {
  return new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: decimals }).format(value);
}

/** Money in short: `6,900 万元`, `1.25 亿元`; in English `¥69M`. Minor units come in. */
export function moneyShort(amountMinor: number, currency: string, language: Language): string {
  const major = amountMinor / 10 ** minorDigits(currency);
  if (currency === 'CNY' && language === 'zh') {
    if (Math.abs(major) >= 1e8) return `${numberWords(major / 1e8, language, 2)} 亿元`;
    return `${numberWords(major / 1e4, language, 2)} 万元`;
  }
  const digits = { notation: 'compact', maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(localeOf(language), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...digits,
  }).format(major);
}

/** A day as it is written: `10 Jul 2018`, `2018年7月10日`. */
export function dayWords(day: Day, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** An instant in the time zone of the reader: `10 Jul 2018, 16:00`. */
export function instantWords(instant: string, language: Language): string {
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(localeOf(language), style).format(new Date(instant));
}
