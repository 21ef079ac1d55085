import { setTimeout as wait } from 'node:timers/promises';
import { AlertStreams } from '../../src/http/alert-stream/alert-stream.js';
import { AlertLog } from '../../test/support/alert-log.js';
import type { Proof } from '../proof.js';
import { Crowd, comparedWith, hasReceivedAll, percentile, serveStreams } from './sse-crowd.js';

/** Bytes of one event, and their maximum number: far more than the network buffers for a reader that does not read. */
const eventBytes = 48 * 1024;
const mostEvents = 200;

/**
 * A reader that never reads is disconnected once the service buffers more than 64 KiB for it, and nobody else notices.
 * A round is one reader; one in ten never reads.
 *
 * Broken, there is no limit: nobody is disconnected, and the buffers fill the memory.
 */
export const slowReaders: Proof = {
  rounds: { small: 100, full: 1_000 },
  async run({ rounds, isBroken }) {
    const log = new AlertLog(() => new Date().toISOString());
    const crowd = new Crowd();
    const limits = isBroken ? { pendingBytes: Number.POSITIVE_INFINITY } : {};
    const { app, port } = await serveStreams(log, 0, limits);
    const slow = Math.floor(rounds / 10);
    const positions = () => log.items.map(({ event }) => event.position);
    try {
      const url = `http://127.0.0.1:${port}/alerts/stream`;
      await crowd.gather({ url, count: rounds, slowOneIn: 10, forgetsPlace: false });
      const { connected } = await crowd.found();
      const reason = { en: 'x'.repeat(eventBytes), zh: '停工' };
      const streams = app.get(AlertStreams);
      while (streams.openCount > rounds - slow && log.items.length < mostEvents) {
        for (let raised = 0; raised < 10; raised += 1) {
          log.raise({ reason });
          await wait(10);
        }
        await crowd.until((now) => hasReceivedAll(now, positions()), 60_000);
      }
      const rssMB = Math.round(process.memoryUsage().rss / 2 ** 20);
      await crowd.found({ readOn: true });
      const found = await crowd.until((now) => now.droppedSlow === slow, 10_000);
      const { missed, duplicates, disordered } = comparedWith(found, positions());
      const { droppedSlow, delaysMs } = found;
      const figures = {
        connected,
        slow,
        events: log.items.length,
        droppedSlow,
        othersMissed: missed,
        duplicates,
        disordered,
        othersP99Ms: percentile(delaysMs, 0.99),
        rssMB,
      };
      const pass = connected === rounds && droppedSlow === slow && missed + duplicates + disordered === 0;
      return { figures, pass };
    } finally {
      crowd.leave();
      await app.close();
    }
  },
};
