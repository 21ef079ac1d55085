import { type Cell, csvOf } from '../../../projections/words/csv.js';
import { part } from '../room.js';

export type { Cell } from '../../../projections/words/csv.js';

/** Downloads a table as a CSV file. */
export function saveCsv(table: readonly (readonly Cell[])[], name: string): void {
  save(new Blob([csvOf(table)], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);
}

/** Downloads a table as an Excel file, with a bold header. */
export async function saveXlsx(table: readonly (readonly Cell[])[], name: string): Promise<void> {
  const { default: writeXlsxFile } = await part(() => import('write-excel-file/browser'));
  const sheet = table.map((row, index) =>
    row.map((value) =>
      value === null ? null : { value, ...(index === 0 ? { fontWeight: 'bold' as const } : {}) },
    ),
  );
  save(await writeXlsxFile(sheet).toBlob(), `${name}.xlsx`);
}

/** Downloads a file through a temporary link. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // By then the browser has started the download.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
