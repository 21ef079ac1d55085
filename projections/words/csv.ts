/** A value of a table that is taken along; null is an empty cell. */
export type Cell = string | number | null;

/**
 * A table as CSV by RFC 4180, with the mark by which spreadsheets know UTF-8.
 *
 * A text that a spreadsheet would take for a formula begins with `'`: by the signs of a formula, narrow or wide, also behind
 * blanks, which spreadsheets pass over (OWASP, CSV Injection).
 */
export function csvOf(table: readonly (readonly Cell[])[]): string {
  return `\uFEFF${table.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

const formula = /^[\s\p{Cf}\u2800]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b]|^[\t\r\n]/u;

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
