import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Server } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SettingsDamaged } from './app/settings.js';
import { type Composed, compose, DataFolderUnusable, nextTurn, world } from './compose.js';
import { type Config, readConfig } from './config.js';
import { ConfigInvalid } from './config-invalid.js';
import { StoreError } from './event-store/errors.js';
import { loadExample } from './example.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { createHttpApp } from './http/app.js';
import { letGo } from './http/ending.js';
import { VaultUnusable } from './vault-keys.js';

/** A service that answers at `url` until it is closed. */
interface Service {
  url: string;
  /** One line for the person who started it. */
  greeting: string;
  close(): Promise<void>;
}

/** The page lies beside the compiled sources. */
const page = {
  path: fileURLToPath(new URL('../web', import.meta.url)),
  newNonce: () => randomBytes(16).toString('base64'),
};

/** How long requests under way may take once the service is told to stop, in milliseconds. */
const closingMs = 5_000;

/** The address cannot be listened on; the sentence says what to do. */
class AddressUnusable extends Error {}

/**
 * Starts the whole service: store, views, HTTP, and the example district if the store is empty.
 *
 * @param onFatal called when the process has to end because the store takes no more writes
 * @throws DataFolderUnusable, AddressUnusable, StoreError
 */
export async function start(config: Config, onFatal: (error: Error) => void): Promise<Service> {
  const composed = await compose(config, {
    onFatal,
    onViewsFailure: ({ message }) =>
      console.error(`What is read stands still, because of "${message}"; it is tried again every 5 s.`),
    onAlertsFailure: ({ message }) => console.error(`Alerts: ${message}`),
    onStoreStatus: (sentence) => console.error(sentence),
  });
  let app: NestFastifyApplication | undefined;
  const ending = new AbortController();
  const close = async () => {
    ending.abort();
    // A client that stalls holds nothing up: what is under way has its time, then its connection ends.
    const cut = setTimeout(() => app?.getHttpServer().closeAllConnections(), closingMs);
    const server = app?.getHttpServer();
    // An HTTP server that is closed closes what is idle as well; here only its listening ends.
    const stopListening = () => void Server.prototype.close.call(server);
    if (server?.listening) await letGo(server, { ...world, nextTurn, stopListening });
    await app?.close();
    clearTimeout(cut);
    await composed.close();
  };
  try {
    const { hosts, publicUrl } = config;
    app = await createHttpApp(composed.topout, {
      after: world.after,
      ending: ending.signal,
      page,
      hosts,
      publicUrl,
    });
    const url = await listen(app, config);
    if (composed.views.isMade) await loadExample(composed, config);
    else void loadLater(composed, config);
    // Judging goes on in the background; a large district is served meanwhile.
    void composed.watch();
    const { on, isSet } = composed.topout.today();
    const { isMade, projectCount } = composed.views;
    const told = isMade ? `${projectCount} projects` : 'not connected yet';
    const kept = config.cluster ? `events on ${config.cluster.hosts}` : `data in ${config.dataPath}`;
    return {
      url,
      greeting: `Topout: ${url}  (${told}; business day ${on}${isSet ? ', set' : ''}; ${kept})`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Loads the example, when it is asked for, once a cluster that was out of reach at the start can be read. */
async function loadLater(composed: Composed, config: Config): Promise<void> {
  await composed.views.whenMade();
  await loadExample(composed, config).catch((error: unknown) => console.error(sentenceOf(error)));
}

/** Runs the service until it is told to stop, and answers the exit code of the process. */
export async function serve(config: () => Config): Promise<ExitCode> {
  const fatal = new AbortController();
  // From the first moment on, so that no word to stop is missed.
  const told = Promise.race([
    once(process, 'SIGINT').then(() => exitCodes.ok),
    once(process, 'SIGTERM').then(() => exitCodes.ok),
    once(fatal.signal, 'abort').then(() => exitCodes.io),
  ]);
  try {
    const service = await start(config(), (error) => fatal.abort(error));
    console.log(service.greeting);
    const ended = await told;
    if (fatal.signal.aborted)
      console.error(`${sentenceOf(fatal.signal.reason)} The service stops; start it again.`);
    await service.close();
    return ended;
  } catch (error) {
    console.error(sentenceOf(error));
    return exitCodeOf(error);
  }
}

async function listen(app: NestFastifyApplication, { host, port }: Config): Promise<string> {
  try {
    await app.init();
    // Not app.listen, which also logs what is said below in one sentence.
    await app.getHttpAdapter().getInstance().listen({ host, port });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const where = `${host}:${port}`;
    const why: Record<string, string> = {
      EADDRINUSE: `Port ${port} on ${host} is taken; stop what uses it, or choose another with PORT.`,
      EACCES: `Port ${port} may not be used by this account; choose one above 1023 with PORT.`,
      EADDRNOTAVAIL: `${host} is no address of this machine; choose another with HOST.`,
      ENOTFOUND: `${host} is no known host; choose another with HOST.`,
    };
    throw new AddressUnusable(
      why[code ?? ''] ?? `${where} cannot be listened on (${code}); choose another with HOST and PORT.`,
      { cause: error },
    );
  }
  const address = app.getHttpServer().address();
  const taken = typeof address === 'object' && address ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
}

function sentenceOf(error: unknown): string {
  const isExpected = [
    StoreError,
    DataFolderUnusable,
    SettingsDamaged,
    VaultUnusable,
    ConfigInvalid,
    AddressUnusable,
  ].some((known) => error instanceof known);
  if (isExpected) return (error as Error).message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof ConfigInvalid) return exitCodes.usage;
  if (error instanceof AddressUnusable) return exitCodes.unreachable;
  if (error instanceof DataFolderUnusable) return exitCodes.inUse;
  if (error instanceof SettingsDamaged || error instanceof VaultUnusable) return exitCodes.damaged;
  if (error instanceof StoreError) {
    if (error.reason === 'store-in-use') return exitCodes.inUse;
    return error.reason === 'store-corrupt' ? exitCodes.damaged : exitCodes.io;
  }
  return exitCodes.bug;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // Left alone, the engine lets garbage pile up to several times what is in use before it looks for it.
  setFlagsFromString('--heap-growing-percent=60');
  process.exitCode = await serve(readConfig);
}
