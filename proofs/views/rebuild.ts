import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fillStore } from '../../bench/generate.js';
import { storePath } from '../../src/composition/folder/data-paths.js';
import { nextTurn, world } from '../../src/composition/world.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { percentile } from '../load/sse-crowd.js';
import type { Finding, Proof } from '../proof.js';
import { askInside } from '../service/asked-inside.js';
import { started } from '../service/child-service.js';
import { Inspectors } from '../service/inspectors.js';
import { SiteClient } from '../service/site-client.js';

const eventsEach = 100;
const paths = [
  '/portfolio',
  '/projects/site-1',
  '/projects/site-2/journal?limit=20',
  '/projects?limit=20',
  '/projects/site-0',
];

/**
 * A rebuild runs beside the views in use, and replaces them in one step: no answer goes back behind an earlier one,
 * none fails, and afterwards the views equal the fold of the whole log.
 *
 * A round is one rebuild in the live service, while 64 inspectors write and five readers read.
 *
 * Broken, the views in use are emptied and refilled.
 */
export const rebuild: Proof = {
  rounds: { small: 2, full: 10 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const folder = mkdtempSync(fileURLToPath(new URL('../../rebuild-', import.meta.url)));
    const dataPath = join(folder, 'data');
    const before = rounds < 10 ? 10_000 : 200_000;
    const store = openSqliteStore(storePath(dataPath), { ...world, nextTurn });
    await fillStore(store, { projects: before / eventsEach, eventsEach }).finally(() => store.close());
    const service = await started(dataPath, { before: ['service/inside.js'] });
    const client = new SiteClient(service.at, 80, 60_000);
    const inspectors = new Inspectors(client, `rebuild ${seed}`);
    const readers = new Readers(client);
    const swapMs: number[] = [];
    const rebuildMs: number[] = [];
    let digestEqual = 0;
    let events = 0;
    try {
      // The rows of projects are built in the background of the first start; totals wait for them.
      while (!(await fetch(`${service.at}/portfolio`)).ok) await pause(100);
      await inspectors.register();
      inspectors.work();
      readers.read();
      for (let round = 0; round < rounds; round += 1) {
        const reply = await askInside(service, { do: 'rebuild', isInPlace: isBroken });
        swapMs.push(Number(reply.swapMs));
        rebuildMs.push(Number(reply.ms));
        await pause(50);
        await inspectors.hold();
        // Views that were emptied may lose concurrent events for good.
        const { isEqual, head } = await askInside(service, { do: 'compare' });
        if (isEqual) digestEqual += 1;
        events = Number(head);
        inspectors.goOn();
        // One breach is enough to detect it.
        if (isBroken && readers.regressions > 0) break;
      }
    } finally {
      await inspectors.stop();
      await readers.stop();
      await service.kill();
      await client.close();
      rmSync(folder, { recursive: true, force: true });
    }
    const notRecorded = inspectors.sendings.length - inspectors.acknowledged.length;
    const figures = {
      rebuilds: rebuildMs.length,
      events,
      writes: inspectors.acknowledged.length,
      reads: readers.answers,
      '5xx': readers.failed + notRecorded,
      regressions: readers.regressions,
      digestEqual,
      rebuildMsP50: Math.round(percentile(rebuildMs, 0.5)),
      swapMsP99: Math.round(percentile(swapMs, 0.99)),
      readMsP99: Math.round(percentile(readers.ms, 0.99)),
      readMsMax: Math.round(Math.max(0, ...readers.ms)),
    };
    const isWhole = readers.failed + notRecorded + readers.regressions === 0;
    return { figures, pass: isWhole && digestEqual === rounds && readers.answers > 0 };
  },
};

/** Readers that compare the position of each answer with the latest known at the request. */
class Readers {
  answers = 0;
  failed = 0;
  regressions = 0;
  readonly ms: number[] = [];
  private latest = 0;
  private isStopped = false;
  private reading: Promise<unknown> = Promise.resolve();

  constructor(private readonly client: SiteClient) {}

  read(): void {
    this.reading = Promise.all(paths.map((path) => this.ask(path)));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.reading;
  }

  private async ask(path: string): Promise<void> {
    while (!this.isStopped) {
      const known = this.latest;
      const begun = performance.now();
      const answer = await this.client.get(path);
      this.ms.push(performance.now() - begun);
      const { knownAt } = Object(answer?.body) as { knownAt?: { position?: number } };
      this.answers += 1;
      if (answer?.status !== 200) this.failed += 1;
      else if ((knownAt?.position ?? -1) < known) this.regressions += 1;
      this.latest = Math.max(this.latest, knownAt?.position ?? 0);
      await pause(20);
    }
  }
}
