import type { FactTable } from '../project/facts/fact.js';
import { isMonth } from '../values/days/calendar.js';
import { meaningsOf } from './mapping.js';
import type { Column, Mapping } from './meaning.js';

/** The rows below the headings of a table, and the lines above the headings. */
export interface Sheet {
  columns: Column[];
  /** The rows with their lines, from 1, in the pasted text. */
  rows: { line: number; cells: readonly string[] }[];
  /** The unit that a line above the headings names for all amounts: 单位：万元. */
  unit?: string;
  /** The month that a line above the headings names: `2026-10`. */
  month?: string;
}

/** Headings stand in one of the first rows. */
const mostAbove = 8;

/**
 * Finds the headings of a table, which may be of two lines under a title, and what its columns mean.
 *
 * Undefined where no row looks like headings.
 */
export function sheetOf(
  cells: readonly (readonly string[])[],
  facts: FactTable,
  mapping?: Mapping,
): Sheet | undefined {
  let best: { at: number; height: number; columns: Column[]; known: number } | undefined;
  for (let at = 0; at < Math.min(mostAbove, cells.length); at += 1)
    for (const height of [1, 2]) {
      const lines = cells.slice(at, at + height);
      if (lines.length < height || (height === 2 && !isSecondLine(lines))) continue;
      const columns = meaningsOf(headingsOf(lines), { facts, mapping });
      const known = columns.filter(({ meaning }) => meaning !== undefined).length;
      const hasProject = columns.some(({ meaning }) => meaning?.use === 'project');
      if (!hasProject || known < 2 || (best && known <= best.known)) continue;
      best = { at, height, columns, known };
    }
  if (!best) return undefined;
  const first = best.at + best.height;
  const above = cells.slice(0, best.at).flat().join(' ').normalize('NFKC');
  const unit = /(?:单位|unit)\s*[::]?\s*([十百千万亿]*(?:元|美元)|[a-z]{3}\b)/i.exec(above)?.[1];
  const [, year, month] =
    /((?:19|20)\d{2})\s*[年\-/.]\s*(?:1\s*[-—~至到]\s*)?(\d{1,2})\s*月?/.exec(above) ?? [];
  const named = `${year}-${month?.padStart(2, '0')}`;
  return {
    columns: best.columns,
    rows: cells
      .slice(first)
      .map((row, index) => ({ line: first + index + 1, cells: row }))
      .filter(({ cells: row }) => row.some((cell) => cell.trim() !== '')),
    ...(unit ? { unit } : {}),
    ...(isMonth(named) ? { month: named } : {}),
  };
}

/** The second line of headings has some of its own below wide ones, and no numbers. */
function isSecondLine([first = [], second = []]: readonly (readonly string[])[]): boolean {
  const own = second.filter((cell) => cell.trim() !== '');
  if (own.length === 0 || own.some((cell) => /^[\d.,%\s]+$/.test(cell.normalize('NFKC')))) return false;
  return second.some((cell, at) => cell.trim() === '' && (first[at] ?? '').trim() !== '');
}

/** One heading a column; a cell that was merged over several columns counts for each of them. */
function headingsOf([first = [], second]: readonly (readonly string[])[]): string[] {
  if (!second) return first.map((cell) => cell.trim());
  let wide = '';
  return first.map((cell, at) => {
    const below = (second[at] ?? '').trim();
    if (cell.trim() !== '') wide = cell.trim();
    return below === '' ? cell.trim() : `${wide} ${below}`;
  });
}
