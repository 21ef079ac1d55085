import { type Money, minorDigits } from './amounts/money.js';
import { dayWords } from './day-words.js';
import { type Day, lastDayOfMonth } from './days/calendar.js';
import type { Words } from './text.js';

export { type Text, textIn, type Words, wordsOf } from './text.js';

/** A name in both languages; the other language, then the id, replaces a missing one. */
export function nameWords(names: Partial<Words> | undefined, id: string): Words {
  return { en: names?.en ?? names?.zh ?? id, zh: names?.zh ?? names?.en ?? id };
}

/** Basis points as a percentage without trailing zeros: 8500 is `85`, 8555 is `85.55`. */
export function percentText(basisPoints: number): string {
  return String(basisPoints / 100);
}

/** Money as reported, with grouped digits: `6,900 万元`; else in the major unit of its currency. */
export function moneyWords(money: Money): Words {
  if (money.said) {
    const text = `${grouped(money.said.amount)} ${money.said.unit}`.trim();
    return { en: text, zh: text };
  }
  if (money.currency === 'CNY' && money.amountMinor % 1_000_000 === 0) {
    const text = `${grouped(String(money.amountMinor / 1_000_000))} 万元`;
    return { en: text, zh: text };
  }
  const amount = grouped(majorUnits(money));
  return {
    en: `${money.currency} ${amount}`,
    zh: money.currency === 'CNY' ? `${amount} 元` : `${amount} ${money.currency}`,
  };
}

/** A period, both ends inclusive, by its shortest name: a day, a month, half a year, a year, or both ends. */
export function periodWords(from: Day, to: Day): Words {
  const [first, last] = [dayWords(from), dayWords(to)];
  if (from === to) return { en: `on ${first.en}`, zh: first.zh };
  const [year, start, end] = [from.slice(0, 4), from.slice(5), to.slice(5)];
  if (year === to.slice(0, 4)) {
    if (start === '01-01' && end === '12-31') return { en: `in ${year}`, zh: `${year}年` };
    if (start === '01-01' && end === '06-30')
      return { en: `in the first half of ${year}`, zh: `${year}年上半年` };
    if (start === '07-01' && end === '12-31')
      return { en: `in the second half of ${year}`, zh: `${year}年下半年` };
  }
  const month = monthWords(from);
  if (start.endsWith('-01') && to === lastDayOfMonth(from.slice(0, 7)))
    return { en: `in ${month.en}`, zh: month.zh };
  return { en: `between ${first.en} and ${last.en}`, zh: `${first.zh}至 ${last.zh}` };
}

/** The month of a day: `June 2018`, `2018年6月`. */
export function monthWords(day: Day): Words {
  const index = Number(day.slice(5, 7));
  const year = day.slice(0, 4);
  return { en: `${monthNames[index - 1]} ${year}`, zh: `${year}年${index}月` };
}

/** Joins words of both languages. */
export function joined(parts: readonly Words[], separator: Words): Words {
  return {
    en: parts.map((part) => part.en).join(separator.en),
    zh: parts.map((part) => part.zh).join(separator.zh),
  };
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Followed by a space unless it ends in Chinese or its brackets, as Chinese text separates figures and foreign words. */
export function spaced(text: string): string {
  const last = text.slice(-1);
  return isChinese(last) || last === '）' ? text : `${text} `;
}

/** After a space if it begins with a figure, as Chinese text separates figures from words. */
export function afterWord(text: string): string {
  return /^\d/.test(text) ? ` ${text}` : text;
}

/** A text with a full stop at its end. */
export function sentence(text: string, stop: string): string {
  return /[.。!！?？]$/.test(text) ? text : `${text}${stop}`;
}

let han: RegExp | undefined;

/** True for a text with a Chinese character. */
export function isChinese(text: string): boolean {
  // Not a literal: the scripts for EventStoreDB run on ES2015 engines, which cannot parse one.
  han ??= /\p{Script=Han}/u;
  return han.test(text);
}

function majorUnits(money: Money): string {
  const digits = minorDigits(money.currency);
  const text = String(money.amountMinor).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const fraction = text.slice(text.length - digits);
  return /[1-9]/.test(fraction) ? `${whole}.${fraction}` : whole;
}

function grouped(amount: string): string {
  return amount.replace(/\d+(\.\d+)?/g, (number) => {
    const [whole = '', fraction] = number.split('.');
    const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    return fraction === undefined ? digits : `${digits}.${fraction}`;
  });
}
