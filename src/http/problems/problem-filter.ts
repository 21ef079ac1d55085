import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Inject,
  Logger,
} from '@nestjs/common';
import { ClientLeft } from '../../app/turns.js';
import { preferredLanguage } from '../answers/language.js';
import { isOpened } from '../page/opened.js';
import { problemPage } from '../page/problem-page.js';
import { pageHeaders } from '../page/small-page.js';
import { Routes } from '../routes/routes.js';
import { everyAnswer, type Reply, type Request } from '../server/fastify-types.js';
import { RequestRefused } from './faults.js';
import { problemOf } from './problem.js';

/** Responds to every error with problem details; a bug is logged once and hidden. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(Routes) private readonly routes: Routes) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const reply = host.switchToHttp().getResponse<Reply>();
    const isUnrouted = error instanceof HttpException && error.getStatus() === 404;
    const methods = isUnrouted ? this.routes.methodsOf(request.url) : [];
    // A route that has nothing to show is not there; its method is.
    const allowed = methods.includes(request.method) ? [] : methods;
    if (allowed.length > 0) reply.header('allow', allowed.join(', '));
    sendProblem(reply, request, isUnrouted ? unrouted(request, allowed) : error);
  }
}

const log = new Logger('Topout');

/** Responds to an error with problem details, or with a page where a browser opened the address; a bug is logged. */
export function sendProblem(reply: Reply, request: Request, error: unknown): void {
  if (error instanceof ClientLeft) {
    // The client is gone.
    reply.hijack();
    return;
  }
  const language = preferredLanguage(request.headers['accept-language']);
  const { problem, retryAfter, isBug } = problemOf(error, language, request.url.slice(0, 2_048));
  if (isBug) log.error(`${request.id}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  request.refusal = problem.type.replace('/problems/', '');
  if (error instanceof RequestRefused && error.headers) reply.headers({ ...error.headers });
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  reply.status(problem.status);
  const isPage = isOpened(request);
  reply.headers({
    ...everyAnswer,
    'content-language': language,
    vary: `accept, ${everyAnswer.vary}`,
    ...(isPage ? pageHeaders : { 'content-type': 'application/problem+json; charset=utf-8' }),
  });
  reply.send(isPage ? problemPage(problem, language) : JSON.stringify(problem));
}

function unrouted({ method, url }: Request, allowed: readonly string[]): RequestRefused {
  const path = url.split('?')[0]?.slice(0, 200) ?? '';
  return new RequestRefused([
    allowed.length > 0
      ? {
          member: 'method',
          type: 'method-not-allowed',
          seen: `${method} ${path}`,
          expected: allowed.join(' or '),
        }
      : {
          member: 'path',
          type: 'route-unknown',
          seen: `${method} ${path}`,
          expected: 'a route of /openapi.json',
        },
  ]);
}
