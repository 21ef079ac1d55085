import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { Server as NetServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { IdentityProvider } from '../app/access/identity-provider.js';
import type { Composed } from '../composition/composed.js';
import { removeSetupToken, writeSetupToken } from '../composition/folder/setup-token.js';
import type { Config } from '../composition/settings/config.js';
import { certified } from '../composition/settings/tls-files.js';
import { limitsIn } from '../http/limits/figures.js';
import type { LogLines } from '../http/server/log-lines.js';
import { RequestLog } from '../http/server/request-log.js';
import { serverLimits } from '../http/server/server-limits.js';
import { Starting } from '../http/server/starting.js';
import type { ProviderConfig } from '../oidc/provider-config.js';
import { followCertificate } from './certificate.js';
import { listen } from './listen.js';
import { loaded } from './program.js';
import { sentenceOf } from './start-failure.js';

/** A service that answers at `url` until it is closed. */
interface Service {
  url: string;
  /** One line for the person who started it. */
  greeting: string;
  /** Who may use it, one sentence each. */
  notices: string[];
  close(): Promise<void>;
}

/** The page lies beside the compiled sources. */
const pagePath = fileURLToPath(new URL('../../web', import.meta.url));

/** How long requests under way may take once the service is stopped, in milliseconds. */
const closingMs = 5_000;
/** Interval of progress lines during a long start, in milliseconds. */
const progressMs = 5_000;
/**
 * Starts the whole service: it listens, and answers 503 with the current step, while the program, the store and the
 * views are loaded; then it serves, and loads the example district if the store is empty.
 *
 * @param onFatal called when the process must end because the store accepts no more writes
 * @param lines writes a line about each request; without it none is written
 * @param ending aborted to end the service during its start: everything opened is closed, and the reason is thrown
 * @throws DataFolderUnusable, AddressUnusable, StoreError
 */
export async function start(
  config: Config,
  onFatal: (error: Error) => void,
  lines?: LogLines,
  ending?: AbortSignal,
): Promise<Service> {
  const { tls } = config;
  const server = tls ? createTlsServer({ ...serverLimits, ...certified(tls) }) : createServer(serverLimits);
  const requestLog = lines && requestLogTo(lines);
  requestLog?.watch(server);
  const url = await listen(server, { ...config, isTls: tls !== undefined });
  const certificate = tls && followCertificate(server as TlsServer, tls);
  const starting = new Starting(server, requestLog);
  let composed: Composed | undefined;
  let app: NestFastifyApplication | undefined;
  const closing = new AbortController();
  const close = async () => {
    closing.abort();
    // A stalled client does not delay the stop: running requests have their time, then the connection ends.
    const cut = setTimeout(() => server.closeAllConnections(), closingMs);
    const closed = once(server, 'close');
    // Closing an HTTP server also closes idle connections; here only its listening ends.
    const stopListening = () => void NetServer.prototype.close.call(server);
    if (app) {
      const { letGo } = await import('../http/server/graceful-shutdown.js');
      const after = (ms: number, call: () => void) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      };
      await letGo(server, { after, nextTurn: (call) => void setImmediate(call), stopListening });
      await app.close();
    } else stopListening();
    server.close();
    await closed;
    certificate?.();
    clearTimeout(cut);
    await composed?.close();
  };
  try {
    const {
      compose,
      world,
      createHttpApp,
      loadExample,
      newSecret,
      openMode,
      proxyList,
      accessNotices,
      Limits,
      setupUrl,
    } = await loaded();
    ending?.throwIfAborted();
    starting.say('its store and views are being opened');
    composed = await compose(config, {
      onFatal,
      onViewsFailure: ({ message }) =>
        console.error(`The views have stalled because of "${message}"; they are retried every 5 s.`),
      onAlertsFailure: ({ message }) => console.error(`Alerts: ${message}`),
      onStoreStatus: (sentence) => console.error(sentence),
      onProgress: progressTo(starting),
      ending,
    });
    const page = { path: pagePath, newNonce: () => randomBytes(16).toString('base64') };
    const { topout, views, measures } = composed;
    const { hosts, publicUrl, proxies = [] } = config;
    const isOpen = openMode(composed, config);
    const { access } = topout;
    const setupToken = access.hasAdministrator()
      ? undefined
      : Buffer.from(newSecret(32), 'base64').toString('base64url');
    if (setupToken !== undefined) writeSetupToken(config.dataPath, setupToken);
    access.changes$.subscribe(() => {
      if (access.hasAdministrator()) removeSetupToken(config.dataPath);
    });
    const limits = new Limits({
      said: config.limits ?? limitsIn(''),
      elapsedMs: () => performance.now(),
      after: world.after,
      proxies: proxyList(proxies),
    });
    app = await createHttpApp(topout, {
      after: world.after,
      ending: closing.signal,
      page,
      requestLog,
      measures,
      hosts,
      publicUrl,
      isOpen,
      limits,
      proxies: proxyList(proxies),
      ...(config.provider ? { provider: await providerOf(config.provider) } : {}),
      setupToken,
      starting,
    });
    const loading = loadExample(composed, config);
    // A cluster that cannot be read yet gets it later.
    if (views.isMade) await loading;
    else loading.catch((error: unknown) => console.error(sentenceOf(error)));
    ending?.throwIfAborted();
    // Evaluation goes on in the background; a large district is served meanwhile.
    void composed.watch();
    const { on, isSet } = topout.today();
    // An address for all networks is none that a browser opens.
    const here = url.replace(/\/\/(0\.0\.0\.0|\[::\])/, '//localhost');
    const content = views.isMade ? `${views.projectCount} projects` : 'not connected yet';
    const hasAdministrator = access.hasAdministrator();
    const notices = accessNotices(config, {
      isOpen: isOpen({}),
      hasAdministrator,
      ...(setupToken === undefined || access.isFounded() || !views.isMade
        ? {}
        : {
            setupUrl: setupUrl(publicUrl ?? here, setupToken),
          }),
    });
    const kept = config.cluster ? `events on ${config.cluster.hosts}` : `data in ${config.dataPath}`;
    return {
      url,
      greeting: `Topout: ${here}  (${content}; business day ${on}${isSet ? ', set' : ''}; ${kept})`,
      notices,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The provider of identities; it is asked for nothing before somebody signs in by it. */
async function providerOf(config: ProviderConfig): Promise<IdentityProvider> {
  // Its libraries are loaded only where they are used.
  const { OpenIdProvider } = await import('../oidc/openid-provider.js');
  return new OpenIdProvider(config, { fetch, elapsedMs: () => performance.now() });
}

function requestLogTo(lines: LogLines): RequestLog {
  return new RequestLog({
    now: () => new Date().toISOString(),
    elapsedMs: () => performance.now(),
    run: randomBytes(4).toString('hex'),
    write: (line) => lines.write(line),
  });
}

/** Reports the progress of the views to clients, and to the log every few seconds. */
function progressTo(starting: Starting): (done: number, of: number) => void {
  let nextMs = performance.now() + progressMs;
  return (done, of) => {
    const step = `its views are being made, ${done} of ${of} events so far`;
    starting.say(step);
    if (performance.now() < nextMs) return;
    nextMs = performance.now() + progressMs;
    console.error(`The service is starting: ${step}.`);
  };
}
