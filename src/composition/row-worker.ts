import { parentPort, workerData } from 'node:worker_threads';
import { FirstRowsThread, type ProjectRead, type RowsAsked } from '../app/portfolio/following/first-rows.js';
import { eventsIn } from '../event-store/stored-rows.js';

/** Computes the rows of each request, until it is ended. */
const thread = new FirstRowsThread(workerData as RowsAsked, eventsIn);
parentPort?.on('message', (projects: readonly ProjectRead[]) => {
  parentPort?.postMessage(thread.of(projects));
});
