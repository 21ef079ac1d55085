import type { Names } from '../../../../../domain/project/events.js';
import { numberIn } from '../../../../../domain/table/cell-values.js';
import { type Decimal, decimalOf } from '../../../../../domain/values/amounts/decimal.js';

/** Weights have four decimals at most. */
const mostScale = 10_000;

/** The language of a name follows from its characters, unless its column names one. */
export function namesIn(name: string, en: string, zh: string): Names {
  const isChinese = /\p{Script=Han}/u.test(name);
  const short = (text: string) => text.slice(0, 200);
  return {
    ...(en || (name && !isChinese) ? { en: short(en || name) } : {}),
    ...(zh || (name && isChinese) ? { zh: short(zh || name) } : {}),
  };
}

export function weightIn(cell: string): number | undefined {
  const number = numberIn(cell);
  if (!number || (number.rest !== '' && number.rest !== '%') || number.value > 1_000_000) return undefined;
  return Math.round(number.value * mostScale) / mostScale === number.value ? number.value : undefined;
}

/** A total above 0; decimals need a unit. */
export function totalIn(cell: string, hasDecimals: boolean): Decimal | undefined {
  const value = numberIn(cell)?.value;
  const total = value === undefined ? undefined : decimalOf(value);
  return total && total.digits > 0 && (hasDecimals || total.scale === 0) ? total : undefined;
}

export function wholeIn(cell: string, least: number, most: number): number | undefined {
  const value = numberIn(cell)?.value;
  return value !== undefined && Number.isInteger(value) && value >= least && value <= most
    ? value
    : undefined;
}

export function numberedIn(cell: string): string | undefined {
  const plain = cell
    .normalize('NFKC')
    .trim()
    .replace(/[.、]$/, '');
  return /^[0-9a-z]+([.-][0-9a-z]+)*$/i.test(plain) ? plain.replaceAll('-', '.') : undefined;
}

export function slugIn(cell: string): string | undefined {
  return /^[a-z0-9-]{1,64}$/.test(cell) ? cell : undefined;
}

/** The depth of a chapter in a Chinese list: 一 and （一）; undefined for other numbers. */
export function chapterIn(cell: string): number | undefined {
  const plain = cell.normalize('NFKC').trim();
  if (/^[一二三四五六七八九十]+[、.]?$/.test(plain)) return 1;
  return /^\([一二三四五六七八九十]+\)$/.test(plain) ? 2 : undefined;
}

/** The smallest power of ten that makes all weights integers. */
export function scaleOf(weights: readonly number[]): number {
  for (let scale = 1; scale < mostScale; scale *= 10)
    if (weights.every((weight) => Number.isInteger(Math.round(weight * scale * 1e6) / 1e6))) return scale;
  return mostScale;
}
