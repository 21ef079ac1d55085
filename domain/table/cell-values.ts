import { type Day, dayNumber, dayOf, isDay, isMonth, lastDayOfMonth } from '../values/days/calendar.js';

/** A number as typed in a spreadsheet, with its suffix: `1,250 m³`, `35%`, `３５`; undefined for other text. */
export function numberIn(cell: string): { value: number; rest: string } | undefined {
  const plain = cell.normalize('NFKC').trim();
  const parts = /^(\d{1,3}(?:[ ,']\d{3})+|\d+)(\.\d+)?\s*([^\d.,].*)?$/u.exec(plain);
  if (!parts) return undefined;
  const value = Number(`${(parts[1] ?? '').replace(/[ ,']/g, '')}${parts[2] ?? ''}`);
  return Number.isFinite(value) ? { value, rest: (parts[3] ?? '').trim() } : undefined;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Day zero of Excel's 1900 date system, valid from March 1900 on. */
const beforeExcel = dayNumber('1899-12-30');

/**
 * A day as typed: `2018-03-01`, `2018/3/1`, `2018.3.1`, `2018年3月1日`, `20180301`, `1 Mar 2018`, a month, or a
 * spreadsheet's day number.
 *
 * `3/1/2018` is rejected, because its month is ambiguous.
 *
 * @param end which day of a month to use if only the month is given
 */
export function dayIn(cell: string, end: 'first' | 'last'): Day | undefined {
  const plain = cell
    .normalize('NFKC')
    .trim()
    .replace(/[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$/, '');
  const inMonth = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/.exec(plain);
  if (inMonth) {
    const month = `${inMonth[1]}-${inMonth[2]?.padStart(2, '0')}`;
    if (!isMonth(month)) return undefined;
    return end === 'first' ? `${month}-01` : lastDayOfMonth(month);
  }
  const ymd =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(plain) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (ymd) return realDay(ymd[1], ymd[2], ymd[3]);
  const inWords =
    /^(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4})$/i.exec(plain) ??
    /^(?<month>[a-z]{3})[a-z]* (?<day>\d{1,2}), ?(?<year>\d{4})$/i.exec(plain);
  if (inWords) {
    const { day = inWords[1], month = inWords[2], year = inWords[3] } = inWords.groups ?? {};
    return realDay(year, String(months.indexOf(String(month).toLowerCase()) + 1), day);
  }
  if (/^[2-6]\d{4}$/.test(plain)) return dayOf(beforeExcel + Number(plain));
  return undefined;
}

function realDay(year = '', month = '', day = ''): Day | undefined {
  const said = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(said) ? said : undefined;
}

/**
 * The first and the last day or month of a time as reports name it: a day, `2027-06`, `2027年6月底`, `2027年上半年`, `2027Q2`,
 * `2027年底`, `2027`; undefined for another text.
 */
export function periodIn(cell: string): [from: string, to: string] | undefined {
  const plain = cell.normalize('NFKC').replace(/\s/g, '');
  const inYear = /^(\d{4})年?(.*)$/.exec(plain);
  const rest = (inYear?.[2] ?? '').toLowerCase();
  const months = inYear && partsOfYear.find(([shape]) => shape.test(rest))?.[1];
  if (inYear && months) return [`${inYear[1]}-${months[0]}`, `${inYear[1]}-${months[1]}`];
  const end = /^(.*月)(?:份|底|末)$/.exec(plain)?.[1] ?? plain;
  const month = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(end);
  if (month) {
    const named = `${month[1]}-${month[2]?.padStart(2, '0')}`;
    return isMonth(named) ? [named, named] : undefined;
  }
  const day = dayIn(cell, 'last');
  return day === undefined ? undefined : [day, day];
}

const quarter = (at: number): readonly [string, string] =>
  [at * 3 - 2, at * 3].map((month) => String(month).padStart(2, '0')) as [string, string];

/** Parts of a year, by the months that they last. */
const partsOfYear: readonly (readonly [RegExp, readonly [string, string]])[] = [
  [/^$|^(全年|内)$/, ['01', '12']],
  [/^(上半年|h1)$/, ['01', '06']],
  [/^(下半年|h2)$/, ['07', '12']],
  [/^(底|末|年底|年末)$/, ['12', '12']],
  [/^(初|年初)$/, ['01', '01']],
  [/^(第?(一|1)季度|q1)$/, quarter(1)],
  [/^(第?(二|2)季度|q2)$/, quarter(2)],
  [/^(第?(三|3)季度|q3)$/, quarter(3)],
  [/^(第?(四|4)季度|q4)$/, quarter(4)],
];
