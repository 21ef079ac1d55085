import { parentPort, workerData } from 'node:worker_threads';
import { readSheet, type SheetAsked } from '../../../domain/workbook/read-sheet.js';

/** Reads the sheet that it is started with, and ends. */
parentPort?.postMessage(await readSheet(workerData as SheetAsked));
