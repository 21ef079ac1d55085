import { createRequire } from 'node:module';
import { Readable } from 'node:stream';

/** The part of fastify that is used here. */
interface Fastify {
  post(path: string, answer: (request: { body: unknown }, reply: Reply) => Promise<unknown>): unknown;
  addContentTypeParser(type: string, read: (request: unknown, body: Readable) => Promise<Readable>): unknown;
  listen(at: { host: string; port: number }): Promise<string>;
}

interface Reply {
  status(code: number): unknown;
  type(name: string): unknown;
  send(body: Readable): unknown;
}

// The same fastify that the service runs on.
const besideNest = createRequire(import.meta.resolve('@nestjs/platform-fastify'));
const fastify: () => Fastify = besideNest('fastify');

const receipt = {
  project: 'works-1',
  id: '0197a0b4-58b0-7d52-9d4f-3c2d1e0f9a8b',
  revision: 1,
  position: 1000,
  recordedAt: '2018-07-10T00:00:00.000Z',
  outcome: 'recorded',
};

const app = fastify();
app.post('/projects/:project/entries', async (_request, reply) => {
  reply.status(201);
  return receipt;
});
app.addContentTypeParser('application/x-ndjson', async (_request, body) => body);
app.post('/entries', async (request, reply) => {
  reply.type('application/x-ndjson');
  return reply.send(Readable.from(answers(request.body as Readable)));
});
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
process.on('SIGTERM', () => process.exit());

async function* answers(body: Readable): AsyncGenerator<string> {
  let rest = '';
  let line = 0;
  for await (const chunk of body.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    let said = '';
    for (const text of lines) {
      line += 1;
      JSON.parse(text);
      said += `${JSON.stringify({ line, status: 201, ...receipt })}\n`;
    }
    yield said;
  }
}
