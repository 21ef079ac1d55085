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

/** Offers a table as a CSV file. */
export function saveCsv(table: readonly (readonly Cell[])[], name: string): void {
  save(new Blob([csvOf(table)], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);
}

/** Offers a table as an Excel file, its heads in bold. */
export async function saveXlsx(table: readonly (readonly Cell[])[], name: string): Promise<void> {
  const { default: writeXlsxFile } = await import('write-excel-file/browser');
  const sheet = table.map((row, index) =>
    row.map((value) =>
      value === null ? null : { value, ...(index === 0 ? { fontWeight: 'bold' as const } : {}) },
    ),
  );
  save(await writeXlsxFile(sheet).toBlob(), `${name}.xlsx`);
}

/** Offers a file, as a link that is followed would. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
