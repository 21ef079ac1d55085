import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openFolder } from '../../test/support/open-folder.js';

const mainPath = fileURLToPath(new URL('../../src/main.js', import.meta.url));

/** The exit of a process, and its output. */
interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

/** A process that runs the whole service, as `npm start` does. */
export interface ChildService {
  readonly child: ChildProcess;
  /** Its address; undefined if it ended before it had one. */
  readonly url: Promise<string | undefined>;
  readonly ended: Promise<Ended>;
  /** Ends it, by `kill -9` unless another signal is given, and waits for its exit. */
  kill(signal?: NodeJS.Signals): Promise<Ended>;
}

/** Options of a service beside its data folder. */
export interface ServiceSetting {
  /** The port to listen on; any free one by default. */
  port?: number;
  env?: Record<string, string>;
  /**
   * Scripts that are loaded before the service, such as `load/leaks.js`; a negative control uses them to break its
   * dependencies.
   */
  before?: readonly string[];
}

/** Settings of a service of a proof, by their names in the environment. */
export function settingsOf(dataPath: string, port = 0): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    PORT: String(port),
    TOPOUT_DATA: openFolder(dataPath),
    TOPOUT_EXAMPLE: 'off',
    TOPOUT_TODAY: '2018-07-10',
    TOPOUT_REQUEST_LOG: 'off',
    // What a proof measures is not how often requests may come.
    TOPOUT_LIMITS: 'off',
  };
}

/** Starts the service on a data folder, without the example district. */
export function launch(
  dataPath: string,
  { port = 0, env = {}, before = [] }: ServiceSetting = {},
): ChildService {
  const imports = before.map((script) => `--import=${new URL(`../${script}`, import.meta.url)}`);
  const child = spawn(process.execPath, [...imports, mainPath], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      ...settingsOf(dataPath, port),
      ...env,
    },
  });
  const text = { out: '', err: '' };
  const greeted = Promise.withResolvers<string | undefined>();
  child.stdout?.setEncoding('utf8').on('data', (data: string) => {
    text.out += data;
    const url = /^Topout: (http:\S+) .*\n/m.exec(text.out)?.[1];
    if (url) greeted.resolve(url);
  });
  child.stderr?.setEncoding('utf8').on('data', (data: string) => {
    text.err += data;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...text }));
  void ended.then(() => greeted.resolve(undefined));
  return {
    child,
    url: greeted.promise,
    ended,
    kill(signal = 'SIGKILL') {
      child.kill(signal);
      return ended;
    },
  };
}

/**
 * Starts the service and waits until it answers.
 *
 * @throws Error with its output, if it ends instead
 */
export async function started(
  dataPath: string,
  setting: ServiceSetting = {},
): Promise<ChildService & { at: string }> {
  const service = launch(dataPath, setting);
  const at = await service.url;
  if (at !== undefined) return { ...service, at };
  const { code, signal, err } = await service.ended;
  throw new Error(`The service did not start (${code ?? signal}): ${err}`);
}
