/** A value of an exported table; null is an empty cell. */
export type Cell = string | number | null;

/**
 * A table as CSV by RFC 4180, with a byte order mark for spreadsheets.
 *
 * A text that a spreadsheet would read as a formula gets a leading `'`: by the characters of a formula, narrow or wide,
 * also after blanks, which spreadsheets skip (OWASP, CSV Injection).
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
