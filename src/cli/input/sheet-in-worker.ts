import { Worker } from 'node:worker_threads';
import type { SheetAsked, SheetRead } from '../../../domain/workbook/read-sheet.js';
import { refusals, workbookLimits } from '../../../domain/workbook/refused.js';

/** What a worker may take: milliseconds, and megabytes of memory. */
const mostTaken = { ms: workbookLimits.ms, megabytes: 512 };

/**
 * Reads a sheet of a workbook in a worker, which is ended when it takes too long, and ends itself when it needs too
 * much memory.
 */
export function readInWorker(asked: SheetAsked, most = mostTaken): Promise<SheetRead> {
  const worker = new Worker(new URL('./sheet-worker.js', import.meta.url), {
    workerData: asked,
    resourceLimits: { maxOldGenerationSizeMb: most.megabytes },
  });
  let late: NodeJS.Timeout | undefined;
  return new Promise<SheetRead>((resolve) => {
    const refuse = () => resolve({ refused: refusals.costly });
    late = setTimeout(refuse, most.ms);
    worker.once('message', resolve);
    worker.once('error', refuse);
  }).finally(() => {
    clearTimeout(late);
    return worker.terminate();
  });
}
