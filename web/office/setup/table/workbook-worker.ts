import type { Words } from '../../../../domain/values/words.js';
import { refusals, WorkbookRefused } from '../../../../domain/workbook/refused.js';
import { type SheetName, tableText, Workbook } from '../../../../domain/workbook/workbook.js';

/** A workbook, and the sheet that is wanted of it: the first visible one without. */
export interface WorkbookAsked {
  bytes: Uint8Array;
  sheet?: string | undefined;
}

/** The sheet as text with tabs, or why there is none. */
export type WorkbookRead = { sheets: SheetName[]; text: string } | { refused: Words };

addEventListener('message', ({ data }: MessageEvent<WorkbookAsked>) => {
  void read(data).then((answer) => postMessage(answer));
});

async function read({ bytes, sheet }: WorkbookAsked): Promise<WorkbookRead> {
  try {
    const workbook = await Workbook.open(bytes);
    return { sheets: workbook.sheets, text: tableText(await workbook.rows(sheet)) };
  } catch (error) {
    return { refused: error instanceof WorkbookRefused ? error.words : refusals.damaged };
  }
}
