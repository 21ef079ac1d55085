import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { FirstRowsOfSome, RowsAsked } from '../app/portfolio/following/first-rows.js';
import type { RowThread, RowThreads } from '../app/portfolio/following/rows-beside.js';

/** More threads than these wait for the one that reads the store. */
const most = 6;

/**
 * Threads for the first rows of projects, one for each core of this machine; undefined where it has only one, which
 * the rows are then computed on without handing anything over.
 */
export function rowThreads(cores = availableParallelism()): RowThreads | undefined {
  if (cores < 2) return undefined;
  return {
    fewestEvents: 20_000,
    start: (asked) => Array.from({ length: Math.min(cores, most) }, () => rowThread(asked)),
  };
}

function rowThread(asked: RowsAsked): RowThread {
  const worker = new Worker(new URL('./row-worker.js', import.meta.url), { workerData: asked });
  /** Requests are answered in their order. */
  const waiting: PromiseWithResolvers<FirstRowsOfSome>[] = [];
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    for (const one of waiting.splice(0)) one.reject(failure);
  };
  worker.on('message', (rows: FirstRowsOfSome) => waiting.shift()?.resolve(rows));
  worker.on('messageerror', fail);
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The thread has ended.')));
  return {
    rowsOf(projects) {
      if (failure) return Promise.reject(failure);
      const answer = Promise.withResolvers<FirstRowsOfSome>();
      waiting.push(answer);
      worker.postMessage(projects);
      return answer.promise;
    },
    end: () => void worker.terminate(),
  };
}
