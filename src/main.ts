import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { type ExitCode, exitCodes } from './composition/exit-codes.js';
import { type Config, readConfig } from './composition/settings/config.js';
import { LogLines } from './http/server/log-lines.js';
import { start } from './start/start.js';
import { exitCodeOf, sentenceOf } from './start/start-failure.js';

/** Time limit for reading the last lines of the log, in milliseconds. */
const lastLinesMs = 1_000;

/** The service was stopped before it had started. */
class StoppedEarly extends Error {}

/** Runs the service until it is stopped, and returns the exit code of the process. */
export async function serve(config: () => Config): Promise<ExitCode> {
  const fatal = new AbortController();
  const starting = new AbortController();
  let isStarting = true;
  let lines: LogLines | undefined;
  // From the first moment on, so that no signal is missed.
  const stopped = Promise.race([
    once(process, 'SIGINT').then(() => exitCodes.ok),
    once(process, 'SIGTERM').then(() => exitCodes.ok),
    once(fatal.signal, 'abort').then(() => exitCodes.io),
  ]);
  void stopped.then(() => {
    if (isStarting) starting.abort(new StoppedEarly());
  });
  try {
    const settings = config();
    // On a terminal the user reads the address and continues; elsewhere log lines are kept.
    if (settings.logsRequests ?? !process.stdout.isTTY)
      lines = new LogLines(process.stdout, (call) => void setImmediate(call));
    const service = await start(settings, (error) => fatal.abort(error), lines, starting.signal);
    isStarting = false;
    console.log(service.greeting);
    for (const notice of service.notices) console.error(notice);
    lines?.open();
    const ended = await stopped;
    if (fatal.signal.aborted)
      console.error(`${sentenceOf(fatal.signal.reason)} The service stops; start it again.`);
    await service.close();
    return ended;
  } catch (error) {
    if (starting.signal.aborted) {
      if (fatal.signal.aborted) console.error(sentenceOf(fatal.signal.reason));
      return stopped;
    }
    console.error(sentenceOf(error));
    return exitCodeOf(error);
  } finally {
    const enough = new Promise<void>((resolve) => void setTimeout(resolve, lastLinesMs).unref());
    await Promise.race([lines?.end(), enough]);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // By default the engine lets garbage grow to several times the live data before it collects.
  setFlagsFromString('--heap-growing-percent=60');
  process.exitCode = await serve(readConfig);
  // An unread pipe would keep the process alive forever.
  if (process.stdout.writableLength > 0) process.exit();
}
