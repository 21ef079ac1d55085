import { type Bench, figureOf } from './figures.js';
import { factId, factSaid, projectName, registrations } from './http-facts.js';
import { type Server, startBare, startService } from './http-servers.js';
import { sendLines } from './ndjson-load.js';

const linesEach = 5_000;
const inFlight = 4;

/**
 * Imports of facts as lines to the whole service, each durable when its line is answered; versus a bare fastify route
 * that parses the same lines, answers each and stores nothing. The server has one core, the load another.
 */
export const bulk: Bench = async function* ({ isSmall, runs }) {
  const [warming, count] = isSmall ? [4, 4] : [8, 32];
  for (const hasIds of [true, false]) {
    const bodies = Array.from({ length: warming + count }, (_, body) => bodyOf(body * linesEach, hasIds));
    const served = async (server: Server): Promise<number> => {
      try {
        await sendLines(server.port, bodies.slice(0, warming), inFlight);
        return await sendLines(server.port, bodies.slice(warming), inFlight);
      } finally {
        await server.stop();
      }
    };
    const ours: number[] = [];
    const bare: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const service = await startService();
      await sendLines(service.port, [Buffer.from(registrations())], 1);
      ours.push(await served(service));
      bare.push(await served(await startBare()));
    }
    const figure = `lines ${hasIds ? 'with' : 'without'} an id, ${inFlight} bodies of ${linesEach} at a time`;
    const versus = { name: 'bare fastify route that parses lines', values: bare };
    yield figureOf({ bench: 'bulk', figure, unit: 'facts/s' }, ours, versus);
  }
};

function bodyOf(first: number, hasIds: boolean): Buffer {
  const lines = Array.from({ length: linesEach }, (_, index) => {
    const number = first + index;
    const id = hasIds ? { id: factId(number) } : {};
    return `${JSON.stringify({ ...id, project: projectName(number), ...factSaid(number) })}\n`;
  });
  return Buffer.from(lines.join(''));
}
