import { type Bench, figureOf } from './figures.js';
import { factId, factSaid, projectName, registrations } from './http-facts.js';
import { load, requestOf, type Served } from './http-load.js';
import { type Server, startBare, startService } from './http-servers.js';
import { sendLines } from './ndjson-load.js';

const connections = 64;

/**
 * One fact per request over 64 connections to the whole service, each durable and in the log of its views when it is
 * answered; versus a bare fastify route that reads the same bodies and stores nothing. The server has one core, the
 * load another.
 */
export const http: Bench = async function* ({ isSmall, runs }) {
  const [warming, count] = isSmall ? [2_000, 4_000] : [5_000, 20_000];
  const requests = Array.from({ length: warming + count }, (_, number) =>
    requestOf(`/projects/${projectName(number)}/entries`, factSaid(number), {
      'idempotency-key': factId(number),
      'topout-by': 'inspector-7',
    }),
  );
  const served = async (server: Server): Promise<Served> => {
    try {
      await load(server.port, requests.slice(0, warming), connections);
      return await load(server.port, requests.slice(warming), connections);
    } finally {
      await server.stop();
    }
  };
  const ours: Served[] = [];
  const bare: Served[] = [];
  for (let run = 0; run < runs; run += 1) {
    const service = await startService();
    await sendLines(service.port, [Buffer.from(registrations())], 1);
    ours.push(await served(service));
    bare.push(await served(await startBare()));
  }
  const bench = 'http';
  const of = (figures: readonly Served[], name: keyof Served) => figures.map((figure) => figure[name]);
  const versus = (name: keyof Served) => ({ name: 'bare fastify route', values: of(bare, name) });
  yield figureOf(
    { bench, figure: 'one fact a request, 64 connections', unit: 'facts/s' },
    of(ours, 'rate'),
    versus('rate'),
  );
  yield figureOf(
    { bench, figure: 'until it is answered, p50', unit: 'ms' },
    of(ours, 'p50Ms'),
    versus('p50Ms'),
  );
  yield figureOf(
    { bench, figure: 'until it is answered, p99', unit: 'ms' },
    of(ours, 'p99Ms'),
    versus('p99Ms'),
  );
};
