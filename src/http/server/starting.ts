import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { preferredLanguage } from '../answers/accepted-language.js';
import { RequestRefused } from '../problems/faults.js';
import { refuseMalformed, tunnelAsked } from '../problems/malformed-request.js';
import { problemOf } from '../problems/problem.js';
import { everyAnswer } from './fastify-types.js';
import type { RequestLog } from './request-log.js';

/**
 * Listens from the first moment on, and answers with the progress of the start until the service takes over.
 *
 * It is loaded before the rest of the program, so it uses nothing of the framework.
 */
export class Starting {
  private step = 'its program is being loaded';
  private service: RequestListener | undefined;

  constructor(
    readonly server: Server,
    private readonly log?: RequestLog,
  ) {
    const answer: RequestListener = (request, response) => (this.service ?? this.answer)(request, response);
    server.on('request', answer);
    // An unknown expectation may be ignored (RFC 9110, 10.1.1); by default Node answers it without any header.
    server.on('checkExpectation', answer);
    // Until the service takes over, which has its own listener.
    server.on('clientError', (error, socket) => {
      if (!this.service) refuseMalformed(error, socket as Socket);
    });
    // By default Node ends the connection silently.
    server.on('connect', (_, socket) => {
      socket.on('error', () => undefined);
      server.emit('clientError', Object.assign(new Error('No tunnels'), { code: tunnelAsked }), socket);
    });
  }

  /** Sets the current step of the start, to complete "it is starting:". */
  say(step: string): void {
    this.step = step;
  }

  /** Passes on every request from now on. */
  handOver(service: RequestListener): void {
    this.service = service;
  }

  private readonly answer = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    const reasons = [`The service is starting: ${this.step}.`];
    const store = { state: 'connecting', head: 0 };
    const path = request.url?.split('?')[0] ?? '';
    if (/^\/health\/(live|ready|readable)$/.test(path)) this.log?.routed(request, path);
    switch (path) {
      case '/health/live':
        send(response, 200, { status: 'live' });
        break;
      case '/health/ready':
        send(response, 503, { store, views: [], isReady: false, reasons });
        break;
      case '/health/readable':
        send(response, 503, { isReadable: false, reasons });
        break;
      default:
        this.refuse(request, response);
    }
  };

  private refuse(request: IncomingMessage, response: ServerResponse): void {
    const seen = `it is starting: ${this.step}`;
    const expected = 'a service that has started; "/health/ready" says how far it is';
    const error = new RequestRefused([{ member: 'service', type: 'service-starting', seen, expected }]);
    const language = preferredLanguage(request.headers['accept-language']);
    const { problem, retryAfter } = problemOf(error, language, request.url?.slice(0, 2_048));
    response.setHeader('retry-after', String(retryAfter));
    response.setHeader('content-language', language);
    send(response, problem.status, problem, 'application/problem+json');
  }
}

function send(response: ServerResponse, status: number, body: object, type = 'application/json'): void {
  response.writeHead(status, { ...everyAnswer, 'content-type': `${type}; charset=utf-8` });
  response.end(JSON.stringify(body));
}
