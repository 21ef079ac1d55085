import type { Words } from '../values/words.js';
import { refusals, WorkbookRefused } from './refused.js';
import { type SheetName, tableText, Workbook } from './workbook.js';

/** A workbook, and the sheet that is wanted of it: the first visible one without. */
export interface SheetAsked {
  bytes: Uint8Array;
  sheet?: string | undefined;
}

/** The sheet as text with tabs, or why there is none. */
export type SheetRead = { sheets: SheetName[]; text: string } | { refused: Words };

/** Reads a sheet of a workbook; in a worker, because a file may be made to take long. */
export async function readSheet({ bytes, sheet }: SheetAsked): Promise<SheetRead> {
  try {
    const workbook = await Workbook.open(bytes);
    return { sheets: workbook.sheets, text: tableText(await workbook.rows(sheet)) };
  } catch (error) {
    return { refused: error instanceof WorkbookRefused ? error.words : refusals.damaged };
  }
}
