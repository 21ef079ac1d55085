/** A value of a table that is taken along; null is an empty cell. */
export type Cell = string | number | null;

/** A table as CSV by RFC 4180, with the mark by which spreadsheets know UTF-8; what they would take for a formula begins with `'`. */
export function csvOf(table: readonly (readonly Cell[])[]): string {
  return `\uFEFF${table.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
