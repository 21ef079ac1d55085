import { type Bench, figureOf } from './figures.js';
import { logOf } from './logs.js';
import { serveLog, untilLive } from './served-log.js';

/**
 * Seconds from the start of the process until it is ready: after a stop, after a kill, and for the first time on a log,
 * whose views are then built in the background.
 */
export const start: Bench = async function* ({ isSmall, runs, events = isSmall ? 10_000 : 100_000 }) {
  const log = await logOf({ events, shape: 'short' });
  try {
    const first = await serveLog(log);
    const made = performance.now();
    await untilLive(first);
    const madeSeconds = (performance.now() - made + first.readyMs) / 1000;
    await first.stop();
    const seconds = { stopped: [] as number[], killed: [] as number[] };
    for (let run = 0; run < runs; run++) {
      for (const [before, after] of [
        ['stopped', 'SIGKILL'],
        ['killed', 'SIGTERM'],
      ] as const) {
        const service = await serveLog(log);
        seconds[before].push(service.readyMs / 1000);
        await service.stop(after);
      }
    }
    const what = (figure: string) => ({
      bench: 'start',
      figure: `${figure}, ${log.events} events of ${log.projects} projects`,
      unit: 's',
    });
    yield figureOf(what('ready after a stop'), seconds.stopped);
    yield figureOf(what('ready after a kill'), seconds.killed);
    yield figureOf(what('ready on a log without views'), [first.readyMs / 1000]);
    yield figureOf(what('until all views are made from the log'), [madeSeconds]);
  } finally {
    log.remove();
  }
};
