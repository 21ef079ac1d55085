import type { IncomingMessage } from 'node:http';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { World } from '../../app/ports.js';
import { refuse, seenAs } from '../problems/faults.js';
import { importLimits } from '../routes/entries.js';
import { readJson } from '../validation/json.js';
import type { Request } from './fastify-types.js';
import { countWaits } from './timed-bodies.js';

/** Where the button of a page posts. */
const isOfPage = /^\/subscriptions\/[^/]+\/(unsubscribe|confirm)(\?|$)/;

/** For the one click of a mail program (RFC 8058) and the button of the page. */
const forms = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/** Registers fastify's body parsers: JSON whole and strictly, NDJSON as a stream, nothing else. */
export function readBodies(adapter: FastifyAdapter, after: World['after']): void {
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', ({ headers }, reply, goOn) => {
    const { 'content-encoding': coding } = headers;
    if (coding !== undefined && !/^(identity)?$/i.test(coding)) {
      reply.header('accept-encoding', 'identity');
      refuse(
        'content-encoding-unsupported',
        'Content-Encoding',
        seenAs(coding),
        'a body as it is (identity)',
      );
    }
    goOn();
  });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => (body.length === 0 ? undefined : readJson(body)),
  );
  for (const type of forms) fastify.addContentTypeParser(type, { parseAs: 'buffer' }, readForm);
  fastify.addContentTypeParser('application/x-ndjson', async (request: Request, body: IncomingMessage) => {
    const length = Number(request.headers['content-length'] ?? 0);
    if (length > importLimits.body)
      refuse(
        'body-too-large',
        'body',
        `${length} bytes`,
        `at most ${importLimits.body} bytes; send it in parts`,
      );
    countWaits(body, fastify.server, after);
    return body;
  });
}

/** Reads a form where one is expected; its meaning is in the URL only. */
async function readForm({ url }: Request, _body: Buffer): Promise<undefined> {
  if (!isOfPage.test(url)) refuse('content-type-unsupported', 'Content-Type', 'a form', 'application/json');
  return undefined;
}
