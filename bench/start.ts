import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Bench, figureOf } from './figures.js';
import { type Log, logOf } from './logs.js';
import { serveLog, untilLive } from './served-log.js';

/**
 * Seconds from the start of the process until it is ready: after a stop, after a kill, and for the first time on a log,
 * whose views are then built in the background. Then what the whole log takes: memory when ready, and bytes on disk.
 */
export const start: Bench = async function* ({ isSmall, runs, events = isSmall ? 10_000 : 100_000 }) {
  const log = await logOf({ events, shape: 'short' });
  try {
    const first = await serveLog(log);
    const made = performance.now();
    await untilLive(first);
    const madeSeconds = (performance.now() - made + first.readyMs) / 1000;
    await first.stop();
    const bytes = bytesOf(log);
    const residentMB: number[] = [];
    const seconds = { stopped: [] as number[], killed: [] as number[] };
    for (let run = 0; run < runs; run++) {
      for (const [before, after] of [
        ['stopped', 'SIGKILL'],
        ['killed', 'SIGTERM'],
      ] as const) {
        const service = await serveLog(log);
        seconds[before].push(service.readyMs / 1000);
        residentMB.push(service.residentMB());
        await service.stop(after);
      }
    }
    const what = (figure: string, unit = 's') => ({
      bench: 'start',
      figure: `${figure}, ${log.events} events of ${log.projects} projects`,
      unit,
    });
    yield figureOf(what('ready after a stop'), seconds.stopped);
    yield figureOf(what('ready after a kill'), seconds.killed);
    yield figureOf(what('ready on a log without views'), [first.readyMs / 1000]);
    yield figureOf(what('until all views are made from the log'), [madeSeconds]);
    yield figureOf(what('resident when ready', 'MB'), residentMB);
    for (const [file, size] of bytes) yield figureOf(what(`${file}, an event`, 'bytes'), [size / log.events]);
  } finally {
    log.remove();
  }
};

/** Bytes of each database of a stopped service, with what waits in its write-ahead log. */
function bytesOf(log: Log): [file: string, bytes: number][] {
  const folder = dirname(log.path);
  const bytes = new Map<string, number>();
  for (const name of readdirSync(folder).sort()) {
    const file = /^(.+\.db)(?:-wal)?$/.exec(name)?.[1];
    if (file) bytes.set(file, (bytes.get(file) ?? 0) + statSync(join(folder, name)).size);
  }
  return [...bytes];
}
