import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestRefused } from './faults.js';
import { preferredLanguage } from './language.js';
import { problemOf } from './problem.js';
import { Routes } from './routes.js';

/** Answers every error as problem details; a bug is logged once and not told. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Topout');

  constructor(@Inject(Routes) private readonly routes: Routes) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const isUnrouted = error instanceof HttpException && error.getStatus() === 404;
    const allowed = isUnrouted ? this.routes.methodsOf(request.url) : [];
    if (allowed.length > 0) reply.header('allow', allowed.join(', '));
    const language = preferredLanguage(request.headers['accept-language']);
    const told = problemOf(isUnrouted ? unrouted(request, allowed) : error, language, request.url.slice(0, 2_048));
    if (told.isBug) this.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (told.retryAfter !== undefined) reply.header('retry-after', String(told.retryAfter));
    reply.status(told.problem.status).header('content-language', language).type('application/problem+json').send(JSON.stringify(told.problem));
  }
}

function unrouted({ method, url }: FastifyRequest, allowed: readonly string[]): RequestRefused {
  const path = url.split('?')[0]?.slice(0, 200) ?? '';
  return new RequestRefused([
    allowed.length > 0
      ? { member: 'method', type: 'method-not-allowed', seen: `${method} ${path}`, expected: allowed.join(' or ') }
      : { member: 'path', type: 'route-unknown', seen: `${method} ${path}`, expected: 'a route of /openapi.json' },
  ]);
}
