import type { IncomingMessage, Server } from 'node:http';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { IdentityProvider } from '../app/access/identity-provider.js';
import { Measures } from '../app/measures.js';
import type { World } from '../app/ports.js';
import type { Topout } from '../app/topout.js';
import { Admission, type AdmissionOptions, type Arriving } from './access/admission.js';
import { type Asking, isAtLoopback, isOverTls, keepLastUse } from './access/cookie.js';
import { readSaid } from './access/recorded-reads.js';
import { RoutePermissions } from './access/route-permissions.js';
import { SelfView } from './access/self.js';
import { SetupToken } from './access/setup-token.js';
import { isSignInNeeded } from './access/sign-in-faults.js';
import { SignInPlace } from './access/sign-in-place.js';
import { AlertStreams, type StreamLimits } from './alert-stream/alert-stream.js';
import { LongAnswers } from './answers/long-answers.js';
import { pinned } from './answers/pinned.js';
import { entryShapes } from './dto/entry-shapes.js';
import type { Limits } from './limits/limits.js';
import { RateLimited } from './limits/rate-limited.js';
import { serveDocs } from './page/docs/docs.js';
import { firstHtmlOf } from './page/first-html.js';
import { openApiOf } from './page/openapi.js';
import { signInFor } from './page/opened.js';
import { type BuiltPage, servePage } from './page/page.js';
import { refuseMalformed } from './problems/malformed-request.js';
import { ProblemFilter, sendProblem } from './problems/problem-filter.js';
import { AccessController } from './routes/access/access.js';
import { DevicesController } from './routes/access/devices.js';
import { PeopleController } from './routes/access/people.js';
import { ProviderSignInController } from './routes/access/provider-sign-in.js';
import { SessionController } from './routes/access/session.js';
import { AlertsController } from './routes/alerts.js';
import { CalendarsController } from './routes/calendars.js';
import { EntriesController } from './routes/entries.js';
import { BundleController, LedgerController } from './routes/ledger.js';
import { LexiconController } from './routes/lexicon.js';
import { MetricsController } from './routes/metrics/metrics.js';
import { OverviewController } from './routes/overview.js';
import { ProjectsController } from './routes/projects.js';
import { Routes } from './routes/routes.js';
import { RulesController } from './routes/rules.js';
import { SubscriptionsController } from './routes/subscriptions.js';
import { TablesController } from './routes/tables.js';
import { limitsToken, providerToken, topoutToken } from './routes/token.js';
import { readBodies } from './server/body-parsers.js';
import { compressed } from './server/compressed.js';
import { careful, everyAnswer, type Reply, type Request } from './server/fastify-types.js';
import { type Arrival, FrontDoor, type OwnNames, pathAsked } from './server/front-door.js';
import { gracefulShutdown, readAway } from './server/graceful-shutdown.js';
import { measureRequests } from './server/measured-requests.js';
import { ageHeader, needsViews, viewsUnmade } from './server/readiness.js';
import type { RequestLog } from './server/request-log.js';
import { idleMs, serverLimits } from './server/server-limits.js';
import type { Starting } from './server/starting.js';
import { addressFault } from './validation/address.js';
import { isObject } from './validation/rules.js';

/** Options of the HTTP side. */
export interface HttpOptions extends OwnNames, AdmissionOptions {
  /** Writes a line about each request of the server; it is notified of the matched route. */
  requestLog?: RequestLog;
  /** What the service measures; without it only requests are measured. */
  measures?: Measures;
  /** The timers of the world, for heartbeats of alert streams. */
  after: World['after'];
  /** The limits of alert streams; see `streamLimits`. */
  streams?: StreamLimits;
  /** Aborted before the service ends: running requests are answered, new ones are refused. */
  ending?: AbortSignal;
  /** The page to serve; without it there is only the API. */
  page?: BuiltPage;
  /** The token by which the first administrator is made; nobody is when absent. */
  setupToken?: string;
  /** A server that already listens, and passes requests on once they can be answered; without it the caller listens. */
  starting?: Starting;
}

/** Every controller of the service. */
export const controllers = [
  ProjectsController,
  EntriesController,
  OverviewController,
  MetricsController,
  PeopleController,
  AccessController,
  SessionController,
  ProviderSignInController,
  DevicesController,
  AlertsController,
  RulesController,
  LexiconController,
  LedgerController,
  BundleController,
  TablesController,
  CalendarsController,
  SubscriptionsController,
];

@Module({})
class HttpModule {
  static on(
    topout: Topout,
    {
      routes,
      streams,
      measures,
      long,
      setup,
      provider,
      limits,
      place,
      selfView,
    }: {
      routes: Routes;
      streams: AlertStreams;
      measures: Measures;
      long: LongAnswers;
      setup: SetupToken;
      provider: IdentityProvider | undefined;
      limits: Limits | undefined;
      place: SignInPlace;
      selfView: SelfView;
    },
  ): DynamicModule {
    return {
      module: HttpModule,
      controllers: [...controllers],
      providers: [
        { provide: topoutToken, useValue: topout },
        { provide: AlertStreams, useValue: streams },
        { provide: Measures, useValue: measures },
        { provide: LongAnswers, useValue: long },
        { provide: Routes, useValue: routes },
        { provide: SetupToken, useValue: setup },
        { provide: providerToken, useValue: provider ?? null },
        // Nest takes an undefined value for a provider without one.
        { provide: limitsToken, useValue: limits ?? null },
        { provide: SignInPlace, useValue: place },
        { provide: SelfView, useValue: selfView },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}

/** The front door's view of a fastify request; an invalid URL has no route. */
function arrivalOf(request: unknown, route: string | undefined): Arrival {
  const { method, headers, raw, originalUrl } = request as Omit<Arrival, 'route'>;
  return { method, headers, raw, originalUrl, route };
}

/** The HTTP side of an application, ready to listen; the caller listens and closes. */
export async function createHttpApp(topout: Topout, options: HttpOptions): Promise<NestFastifyApplication> {
  const { requestLog, measures = new Measures() } = options;
  const door = new FrontDoor(options);
  const adapter = new FastifyAdapter({
    logger: false,
    ...(requestLog ? { genReqId: (raw: IncomingMessage) => requestLog.idOf(raw) } : {}),
    bodyLimit: 1024 * 1024,
    ...serverLimits,
    connectionTimeout: idleMs,
    http: serverLimits,
    ...(options.starting ? { serverFactory: behind(options.starting) } : {}),
    rewriteUrl: ({ url = '/' }) => pathAsked(url),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: Error, request: Request, reply: unknown) =>
      sendProblem(reply as Reply, request, door.faultOf(arrivalOf(request, undefined)) ?? error),
    clientErrorHandler: refuseMalformed,
    // Earlier requests are answered, on connections that then close.
    return503OnClosing: false,
  });
  const fastify = adapter.getInstance();
  fastify.decorate('entryShapes', entryShapes(topout.facts));
  const routes = new Routes();
  const permissions = new RoutePermissions();
  const admission = new Admission(topout, permissions, options);
  fastify.addHook('onRoute', ({ method, url }) => {
    permissions.add(method, url);
    routes.add(method, url);
  });
  fastify.decorateRequest('caller');
  fastify.decorateRequest('limitKey');
  fastify.decorateRequest('refusal');
  fastify.decorateRequest('readAs');
  // All of every request, so they call back and make no promise.
  if (requestLog)
    fastify.addHook('onRequest', (request, _reply, goOn) => {
      // The page answers at "/" before any route.
      const route = request.routeOptions.url ?? (/^\/(\?|$)/.test(request.url) ? '/' : undefined);
      requestLog.routed(request.raw, route, request.params);
      goOn();
    });
  fastify.addHook('onRequest', (request, reply, goOn) => {
    const fault = door.faultOf(arrivalOf(request, request.routeOptions.url)) ?? addressFault(request.url);
    if (fault) sendProblem(reply as unknown as Reply, request as unknown as Request, fault);
    else goOn();
  });
  fastify.addHook('onRequest', (request, reply, goOn) => {
    if (!options.ending?.aborted) return goOn();
    void readAway(request.raw).then(() =>
      sendProblem(reply as unknown as Reply, request as unknown as Request, gracefulShutdown()),
    );
  });
  fastify.addHook('onRequest', (request, reply, goOn) => {
    if (needsViews(request) && !topout.standing().isMade)
      sendProblem(reply as unknown as Reply, request as unknown as Request, viewsUnmade());
    else goOn();
  });
  fastify.addHook('onRequest', (request, reply, goOn) => {
    const arriving = request as unknown as Request & Arriving;
    const refuse = (error: unknown) => {
      const signIn = isSignInNeeded(error) ? signInFor(request) : undefined;
      if (signIn !== undefined) {
        arriving.refusal = 'sign-in-needed';
        return void reply.header('vary', 'accept').redirect(signIn, 303);
      }
      if (!(error instanceof RateLimited)) reply.header('www-authenticate', 'Bearer');
      sendProblem(reply as unknown as Reply, arriving, error);
    };
    let admitted: void | Promise<void>;
    try {
      admitted = admission.admit(arriving);
    } catch (error) {
      return refuse(error);
    }
    const noteCaller = () => {
      const { caller } = arriving;
      if (caller?.kind === 'signed-in') requestLog?.signedIn(request.raw, caller.person);
    };
    const noteUse = () => {
      const { caller } = arriving;
      if (request.method === 'GET' && caller?.kind === 'signed-in' && caller.mark !== undefined)
        keepLastUse(reply, request as Asking, caller.mark);
    };
    // Of a token the caller is known once it is checked.
    noteCaller();
    noteUse();
    const enter = () => {
      noteCaller();
      const entered = admission.enter(arriving);
      if (!entered) return goOn();
      return entered.then((leave) => {
        if (leave) reply.raw.once('close', leave);
        // Its client may have left while it waited.
        if (reply.raw.destroyed) leave?.();
        goOn();
      });
    };
    if (admitted) {
      admitted.then(enter).catch(refuse);
      return;
    }
    try {
      enter()?.catch(refuse);
    } catch (error) {
      refuse(error);
    }
  });
  fastify.addHook('preSerialization', (request, reply, payload, goOn) => {
    const isRead = request.method === 'GET' && reply.statusCode === 200 && isObject(payload);
    const language = String(reply.getHeader('content-language') ?? '');
    const headers = isRead ? pinned(request.url, payload, language) : undefined;
    const read = reply.statusCode === 200 && readSaid(request as unknown as Arriving, payload);
    if (read) topout.reads.record(read);
    // The revision of a project is for If-Match.
    for (const [name, value] of Object.entries(headers ?? {}))
      if (!reply.hasHeader(name)) reply.header(name, value);
    goOn(null, payload);
  });
  fastify.addHook('onSend', (request, reply, payload, goOn) => {
    const { refusal } = request as unknown as Request;
    if (refusal !== undefined) requestLog?.refused(request.raw, refusal);
    // Files of the page set their own caching headers.
    const headers = reply.hasHeader('cache-control') ? careful : everyAnswer;
    const policy = reply.getHeader('content-security-policy');
    reply.headers(policy === undefined ? headers : { ...headers, 'content-security-policy': policy });
    if (isOverTls(request as Asking) && !isAtLoopback(request as Asking))
      reply.header('strict-transport-security', 'max-age=31536000');
    if (options.ending?.aborted) reply.header('connection', 'close');
    const { ageSeconds } = request.method === 'GET' ? topout.standing() : {};
    if (ageSeconds !== undefined) reply.header(ageHeader, String(ageSeconds));
    const small = request.method === 'GET' ? compressed(request, reply, payload) : undefined;
    if (!small) return goOn();
    small.then((bytes) => goOn(null, bytes), goOn);
  });
  measureRequests(fastify, measures);
  const selfView = new SelfView(topout.access, options.provider);
  if (options.page) servePage(fastify, options.page, firstHtmlOf(options.page.path, topout, selfView));
  const streams = new AlertStreams(topout, options.after, options.streams, options.limits?.streams);
  options.ending?.addEventListener('abort', () => streams.close());
  fastify.addHook('preClose', async () => streams.close());
  readBodies(adapter, options.after);
  const place = new SignInPlace(options.publicUrl, options.proxies);
  const app = await NestFactory.create<NestFastifyApplication>(
    HttpModule.on(topout, {
      routes,
      streams,
      measures,
      long: new LongAnswers(options.after, options.ending),
      setup: new SetupToken(options.setupToken),
      provider: options.provider,
      limits: options.limits,
      place,
      selfView,
    }),
    adapter,
    {
      bodyParser: false,
      abortOnError: false,
      logger: ['error', 'fatal'],
    },
  );
  serveDocs(fastify, { documentOf: () => openApiOf(app), place, path: options.page?.path });
  await app.init();
  await fastify.ready();
  if (options.starting) options.starting.handOver(fastify.routing);
  // As during the start: an unknown expectation is ignored.
  else fastify.server.on('checkExpectation', fastify.routing);
  return app;
}

/** The server that already listens, which holds requests until the service is ready. */
function behind({ server }: Starting): () => Server {
  return () => {
    server.setTimeout(idleMs);
    return server;
  };
}
