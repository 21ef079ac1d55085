import type fastifyStatic from '@fastify/static';
import type { Measures } from '../../app/measures.js';

/** Routes whose answer lasts as long as its reader stays. */
const streams: ReadonlySet<string> = new Set(['/alerts/stream']);

/** Methods by their name; anything else that a client invents has one label. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Counts and times every answer by its route, never by its address. */
export function measureRequests(fastify: Parameters<typeof fastifyStatic>[0], measures: Measures): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? '-';
    const method = methods.has(request.method) ? request.method : '-';
    const tookMs = streams.has(route) ? undefined : reply.elapsedTime;
    const { refusal } = request as { refusal?: string };
    measures.answered({ method, route, status: reply.statusCode, refusal }, tookMs);
    done();
  });
}
