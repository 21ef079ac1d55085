import { dayNumber, dayOf, lastDay } from '../values/days/calendar.js';

/** How a cell shows its number. */
export type Shown =
  | { as: 'number'; before?: string; behind?: string }
  | { as: 'percent' }
  | { as: 'day' }
  | { as: 'month' }
  /** By a format that divides the number, such as one that shows yuan as 万元. */
  | { as: 'scaled'; format: string };

/** Built-in formats by their number, some of them of Chinese programs; all others show plain numbers. */
const builtIn: ReadonlyMap<number, Shown['as']> = new Map([
  ...[9, 10].map((id) => [id, 'percent'] as const),
  ...[17, 27, 36, 50, 52, 57].map((id) => [id, 'month'] as const),
  ...[14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58].map((id) => [id, 'day'] as const),
]);

/** How a format shows numbers; `code` is there for a format of the workbook itself. */
export function shownBy(id: number, code: string | undefined): Shown {
  if (code === undefined) return { as: builtIn.get(id) ?? 'number' } as Shown;
  const { signs, before, behind } = partsOf(code.split(';')[0] ?? '');
  if (/[yd]/i.test(signs) || (/m/i.test(signs) && !/[#0?hs]/i.test(signs)))
    return { as: /d/i.test(signs) || !/y/i.test(signs) ? 'day' : 'month' };
  if (signs.includes('%')) return { as: 'percent' };
  // A comma behind the digits divides by a thousand.
  if (code.split(';').some((section) => /[#0?],+(?![#0?])/.test(partsOf(section).signs)))
    return { as: 'scaled', format: code };
  return {
    as: 'number',
    ...(before === '' || /^[¥￥]$/.test(before) ? {} : { before }),
    ...(behind === '' ? {} : { behind }),
  };
}

/** The signs of a section of a format, and the texts that it puts before and behind the digits. */
function partsOf(section: string): { signs: string; before: string; behind: string } {
  let signs = '';
  let before = '';
  let behind = '';
  const put = (text: string) => {
    if (/[#0?]/.test(signs)) behind += text;
    else before += text;
  };
  const part = /"([^"]*)"|[\\!](.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|([^"])/g;
  for (const [, quoted, escaped, currency, sign] of section.matchAll(part)) {
    const literal = quoted ?? escaped ?? currency;
    // A literal between digits separates them, and is no text behind the number.
    if (literal !== undefined) put(literal);
    else if (sign !== undefined) {
      if (/[#0?]/.test(sign)) behind = '';
      signs += sign;
    }
  }
  return { signs, before: before.trim(), behind: behind.trim().replace(/^[()-]+$/, '') };
}

/**
 * A number as its cell shows it, but with all its digits: fifteen, as a spreadsheet computes with.
 *
 * @param is1904 days count from 1904
 */
export function numberText(value: number, shown: Shown, is1904: boolean): string {
  switch (shown.as) {
    case 'percent':
      return `${digits(value * 100)}%`;
    case 'day':
      return dayText(value, is1904) ?? digits(value);
    case 'month':
      return dayText(value, is1904)?.slice(0, 7) ?? digits(value);
    case 'scaled':
      // Nobody can say whether the number or what is shown of it was meant: the reader lists it.
      return `${digits(value)} [${shown.format}]`;
    default:
      return `${shown.before ?? ''}${digits(value)}${shown.behind ?? ''}`;
  }
}

function digits(value: number): string {
  const rounded = Number(value.toPrecision(15));
  const text = String(rounded);
  return text.includes('e')
    ? rounded.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 })
    : text;
}

function dayText(value: number, is1904: boolean): string | undefined {
  const whole = Math.floor(value);
  if (whole < 1) return undefined;
  // Day 60 of the 1900 system is 29 February 1900, which never was.
  const begin = is1904 ? dayNumber('1904-01-01') : dayNumber(whole < 60 ? '1899-12-31' : '1899-12-30');
  return begin + whole > dayNumber(lastDay) ? undefined : dayOf(begin + whole);
}
