import type { MeasureKind } from '../../../../../domain/project/events.js';
import {
  type Day,
  dayNumber,
  dayOf,
  isDay,
  isMonth,
  lastDayOfMonth,
} from '../../../../../domain/values/calendar.js';

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

const measures: readonly (readonly [MeasureKind, RegExp])[] = [
  ['done', /^(done|done or not|yes ?\/? ?no|完成|是否完成|完成与否)$/],
  ['percent', /^(percent|percentage|%|百分比|百分数)$/],
  ['count', /^(count|counted|计数|数量|按数量)$/],
  ['quantity', /^(quantity|amount|工程量|按工程量)$/],
  ['storeys', /^(storeys?|stories|floors?|层|楼层|层数|按层)$/],
  ['steps', /^(steps?|工序|步骤|按工序)$/],
];

/** The measure of an item, in the words of either language. */
export function measureIn(cell: string): MeasureKind | undefined {
  const plain = cell.normalize('NFKC').trim().toLowerCase();
  return measures.find(([, shape]) => shape.test(plain))?.[0];
}

/** True for a unit that counts storeys. */
export function isStoreys(unit: string): boolean {
  return /^(层|楼层|storeys?|stories|floors?)$/i.test(unit.trim());
}
