import { setTimeout as wait } from 'node:timers/promises';
import { AlertLog } from '../../test/support/alert-log.js';
import type { Proof } from '../proof.js';
import { Crowd, comparedWith, hasReceivedAll, percentile, serveStreams } from './sse-crowd.js';

/**
 * Events per second, for at most half a minute before and after the restart of the service; some come while it is down.
 */
const perSecond = 10;
const mostEventsEach = 300;
const eventsWhileDown = 5;

/**
 * Every reader of the stream receives every event once and in order, also when the service is restarted in between and
 * all resume by the id of their last event. A round is one reader on its own socket.
 *
 * Broken, readers reconnect without a last id.
 */
export const sse10k: Proof = {
  rounds: { small: 250, full: 10_000 },
  async run({ rounds, isBroken }) {
    const eventsEach = Math.min(mostEventsEach, Math.ceil(rounds / 10));
    const log = new AlertLog(() => new Date().toISOString());
    const crowd = new Crowd();
    let service = await serveStreams(log, 0);
    const { port } = service;
    const url = `http://127.0.0.1:${port}/alerts/stream`;
    try {
      const startedAt = Date.now();
      await crowd.gather({ url, count: rounds, slowOneIn: 0, forgetsPlace: isBroken });
      const { connected } = await crowd.found();
      const connectedInMs = Date.now() - startedAt;
      await raise(log, eventsEach);
      const positions = () => log.items.map(({ event }) => event.position);
      const { delaysMs } = await crowd.until((found) => hasReceivedAll(found, positions()), 60_000);

      const closingAt = Date.now();
      await service.app.close();
      const closedInMs = Date.now() - closingAt;
      await raise(log, eventsWhileDown);
      service = await serveStreams(log, port);
      const restartedAt = Date.now();
      const back = await crowd.until((found) => found.connected === rounds, 120_000);
      const backInMs = Date.now() - restartedAt;
      await raise(log, eventsEach);
      const found = await crowd.until((now) => hasReceivedAll(now, positions()), 120_000);
      const compared = comparedWith(found, positions());
      const fanoutP99Ms = percentile(delaysMs, 0.99);
      const figures = {
        connected,
        connectedInMs,
        events: log.items.length,
        ...compared,
        fanoutP50Ms: percentile(delaysMs, 0.5),
        fanoutP99Ms,
        closedInMs,
        cameBack: back.connected,
        backInMs,
        rssMB: Math.round(process.memoryUsage().rss / 2 ** 20),
      };
      const isWhole = compared.missed + compared.duplicates + compared.disordered === 0;
      return { figures, pass: isWhole && connected === rounds && back.connected === rounds };
    } finally {
      crowd.leave();
      await service.app.close();
    }
  },
};

async function raise(log: AlertLog, count: number): Promise<void> {
  for (let raised = 0; raised < count; raised += 1) {
    log.raise();
    await wait(1_000 / perSecond);
  }
}
