import { readSheet, type SheetAsked } from '../../../../domain/workbook/read-sheet.js';

addEventListener('message', ({ data }: MessageEvent<SheetAsked>) => {
  void readSheet(data).then((answer) => postMessage(answer));
});
