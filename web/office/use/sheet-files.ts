import { type Cell, csvOf } from '../../../projections/words/csv.js';
import { part } from '../room.js';

export type { Cell } from '../../../projections/words/csv.js';

/** Offers a table as a CSV file. */
export function saveCsv(table: readonly (readonly Cell[])[], name: string): void {
  save(new Blob([csvOf(table)], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);
}

/** Offers a table as an Excel file, its heads in bold. */
export async function saveXlsx(table: readonly (readonly Cell[])[], name: string): Promise<void> {
  const { default: writeXlsxFile } = await part(() => import('write-excel-file/browser'));
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
