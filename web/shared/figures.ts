import { minorDigits } from '../../domain/values/amounts/money.js';
import { type Exactness, markedDay } from '../../domain/values/day-marks.js';
import { dayWords as dayInWords } from '../../domain/values/day-words.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { inPercent } from '../../domain/values/punctuation.js';
import type { Language } from './language.js';

const localeOf = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-GB');

/** Cached formatters: creating one costs a hundred uses. */
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
const englishDays = new Intl.DateTimeFormat(localeOf('en'), { dateStyle: 'medium', timeZone: 'UTC' });
const instants = kept(
  (language) => new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short' }),
);

const seconds = kept((language) => new Intl.DateTimeFormat(localeOf(language), { timeStyle: 'medium' }));
const times = kept((language) => new Intl.DateTimeFormat(localeOf(language), { timeStyle: 'short' }));

/** Basis points as a percentage with at most one decimal, rounded half away from zero: 4986 is `49.9 %`, `49.9%`. */
export function percentWords(basisPoints: number, language: Language): string {
  return inPercent(numberWords(basisPoints / 100, language, 1), language);
}

/** A number with grouped digits, and a maximum number of decimals. */
export function numberWords(value: number, language: Language, decimals = 0): string {
  return numbers(language, String(decimals)).format(value);
}

/** Money in short: `6,900 万元`, `1.25 亿元`; in English `¥69m`. Takes minor units. */
export function moneyShort(amountMinor: number, currency: string, language: Language): string {
  const major = amountMinor / 10 ** minorDigits(currency);
  if (currency === 'CNY' && language === 'zh') {
    if (Math.abs(major) >= 1e8) return `${numberWords(major / 1e8, language, 2)} 亿元`;
    return `${numberWords(major / 1e4, language, 2)} 万元`;
  }
  return moneys(language, currency).format(major);
}

/** A day on the page: `10 Jul 2018`, `2018年7月10日`. */
export function dayWords(day: Day, language: Language): string {
  return language === 'zh' ? dayInWords(day).zh : englishDays.format(new Date(`${day}T00:00:00Z`));
}

/** A sentence of the service, with its days as the page writes days: `since 1 Jun 2018`; Chinese ones are written so already. */
export function daysInWords(sentence: string, language: Language): string {
  if (language === 'zh') return sentence;
  return sentence.replace(/\b\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b/g, (day) =>
    dayWords(day, language),
  );
}

/** A day without its year where that is the year of another day: `30 Jun`, `6月30日`. */
export function shortDayWords(day: Day, beside: Day, language: Language): string {
  const words = dayWords(day, language);
  if (day.slice(0, 4) !== beside.slice(0, 4)) return words;
  return language === 'zh' ? words.replace(/^\d+年/, '') : words.replace(/ \d{4}$/, '');
}

/** The same with how exactly it is known, unless it was stated: `30 Jun 2018 (end of a period, inferred)`. */
export function knownDayWords(day: Day, known: Exactness | undefined, language: Language): string {
  return markedDay(dayWords(day, language), known, language);
}

/** An instant in the reader's time zone: `10 Jul 2018, 16:00`. */
export function instantWords(instant: string, language: Language): string {
  return instants(language).format(new Date(instant));
}

/** An instant of today as its time only, any other with its day; in the reader's time zone. */
export function timeWords(instant: string, language: Language, now = new Date()): string {
  const at = new Date(instant);
  return (at.toDateString() === now.toDateString() ? times : instants)(language).format(at);
}

/** The time of day to the second, in the reader's time zone: `19:16:42`. Takes milliseconds since 1970. */
export function secondWords(at: number, language: Language): string {
  return seconds(language).format(at);
}
