import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { alertsStreamOf } from '../domain/alerts/events.js';
import { streamOf } from '../domain/project/events.js';
import { openViews } from '../src/composition/view-list.js';
import { world } from '../src/composition/world.js';
import { contentText } from '../src/event-store/codec.js';
import type { EventStore, IdOrigin } from '../src/event-store/event-store.js';
import { type ClusterStore, openEventStoreDb } from '../src/event-store/eventstoredb/eventstoredb.js';
import { startStandIn } from '../test/stand-in/stand-in.js';
import { uuidOf } from '../test/support/dice.js';
import { newPrefix, realServerUrl } from '../test/support/event-store-cluster.js';
import { measured } from '../test/support/event-store-samples.js';
import { type Bench, type Figure, figureOf } from './figures.js';
import { fillStore } from './generate.js';

/** The server: a real one if configured; only a real one is meaningful for speed. */
interface Place {
  url: string;
  name: string;
  folder: string;
}

/**
 * Topout's overhead on a cluster: appends, catching up all views, and the time until a second replica shows an entry,
 * each versus the bare client on the same server.
 */
export const cluster: Bench = async function* ({ isSmall, runs }) {
  const standIn = realServerUrl ? undefined : await startStandIn();
  const folder = mkdtempSync(join(tmpdir(), 'topout-cluster-'));
  const name = standIn ? 'stand-in' : 'real server';
  const place = { url: standIn?.url ?? String(realServerUrl), name, folder };
  try {
    for (const ids of ['fresh', 'proposed'] as const)
      for (const inFlight of [1, 64])
        yield appends(place, inFlight, (isSmall ? 500 : 3_000) * (inFlight === 1 ? 1 : 5), runs, ids);
    yield* catchUps(place, isSmall ? 10_000 : 100_000, runs);
    yield* visible(place, isSmall ? 200 : 1_000);
  } finally {
    await standIn?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Appends one event at a time at the exact revision, to as many streams as appends in flight. */
async function appends(
  place: Place,
  inFlight: number,
  count: number,
  runs: number,
  ids: IdOrigin,
): Promise<Figure> {
  const store = open(place, newPrefix());
  const client = EventStoreDBClient.connectionString(place.url);
  const ours: number[] = [];
  const bare: number[] = [];
  const each = Math.ceil(count / inFlight);
  for (let run = 0; run <= runs; run++) {
    const workers = Array.from({ length: inFlight }, (_, worker) => `${run}-${worker}`);
    const product = await rateOf(each * inFlight, () =>
      Promise.all(
        workers.map(async (worker) => {
          for (let i = 0; i < each; i++) {
            const event = measured(i, `${worker} ${i} ${inFlight} ${ids}`);
            await store.append(streamOf(`bench-${worker}`), [event], i === 0 ? 'no-stream' : i - 1, ids);
          }
        }),
      ),
    );
    const prefix = newPrefix();
    const direct = await rateOf(each * inFlight, () =>
      Promise.all(workers.map((worker) => appendBare(client, `${prefix}${worker}`, each))),
    );
    // The first pair warms up.
    if (run > 0) {
      ours.push(product);
      bare.push(direct);
    }
  }
  await store.close();
  await client.dispose();
  const figure = `append, ${inFlight} in flight, ${ids} ids, ${place.name}`;
  const what = { bench: 'cluster', figure, unit: 'events/s' };
  return figureOf(what, ours, { name: 'the bare client', values: bare });
}

async function appendBare(client: EventStoreDBClient, stream: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const event = measured(i, `${stream} ${i}`);
    const { id, type } = event;
    const data = JSON.parse(contentText(event));
    const metadata = { at: '2018-07-10T01:02:03.004Z', by: event.by, prev: 'A'.repeat(43), schema: 1, v: 1 };
    const expectedRevision = i === 0 ? NO_STREAM : BigInt(i - 1);
    await client.appendToStream(stream, jsonEvent({ id, type, data, metadata }), { expectedRevision });
  }
}

/** All views built from the log of a cluster, versus the bare client reading it. */
async function* catchUps(place: Place, count: number, runs: number): AsyncIterable<Figure> {
  for (const eventsEach of [10, 1_000]) {
    const prefix = newPrefix();
    const filling = open(place, prefix);
    await fillStore(filling, { projects: count / eventsEach, eventsEach }, { order: 'by-project' });
    await filling.close();
    const client = EventStoreDBClient.connectionString(place.url);
    const [views, reads, bare]: number[][] = [[], [], []];
    for (let run = 0; run <= runs; run++) {
      const direct = await rateOf(count, () => readBare(client, prefix, count));
      const read = await rateOf(count, async () => {
        const store = open(place, prefix);
        for await (const page of store.readAll())
          if (page.length === 0) throw new Error('A page holds an event.');
        await store.close();
      });
      const path = join(place.folder, `views-${eventsEach}-${run}.db`);
      const made = await rateOf(count, async () => {
        const store = openEventStoreDb({ url: place.url, prefix, indexPath: `${path}.index` }, ports);
        const opened = await openViews({ store, world, storeName: prefix, path });
        await opened.whenMade();
        await opened.close();
        await store.close();
      });
      if (run === 0) continue;
      bare?.push(direct);
      reads?.push(read);
      views?.push(made);
    }
    await client.dispose();
    const versus = { name: 'the bare client reads', values: bare ?? [] };
    const figure = (what: string) => `${what}, ${count} events, ${eventsEach} a project, ${place.name}`;
    yield figureOf(
      { bench: 'cluster', figure: figure('catch-up of all views'), unit: 'events/s' },
      views ?? [],
      versus,
    );
    yield figureOf(
      { bench: 'cluster', figure: figure('reading through Topout'), unit: 'events/s' },
      reads ?? [],
      versus,
    );
  }
}

/** Reads the log of an installation to its end with the client's own subscription. */
function readBare(client: EventStoreDBClient, prefix: string, count: number): Promise<void> {
  const prefixes = [streamOf(''), alertsStreamOf('')].map((family) => prefix + family);
  const filter = { filterOn: 'streamName', prefixes, checkpointInterval: 1000 } as const;
  const subscription = client.subscribeToAll({ filter });
  return new Promise((resolve, reject) => {
    let seen = 0;
    subscription.on('data', () => {
      seen += 1;
      if (seen === count) void subscription.unsubscribe().then(resolve, reject);
    });
    subscription.on('error', reject);
  });
}

/** From sending an entry to one replica until the views of another contain it, at 50 entries per second. */
async function* visible(place: Place, count: number): AsyncIterable<Figure> {
  const prefix = newPrefix();
  const [writer, reader] = [open(place, prefix), open(place, prefix)];
  const views = await openViews({
    store: reader,
    world,
    storeName: prefix,
    path: join(place.folder, 'replica.db'),
  });
  await views.whenMade();
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  views.events$.subscribe((events) => {
    for (const { id } of events) latencies.push(performance.now() - (sentAt.get(id) ?? Number.NaN));
  });
  for (let i = 0; i < count; i++) {
    const event = { ...measured(i, `visible ${i}`), id: uuidOf(`visible ${prefix} ${i}`) };
    sentAt.set(event.id, performance.now());
    await writer.append(streamOf(`bench-${i % 20}`), [event], 'any');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  while (latencies.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  await views.close();
  await Promise.all([writer.close(), reader.close()]);
  const sorted = latencies.sort((a, b) => a - b);
  for (const percent of [50, 99]) {
    const at = sorted[Math.ceil((percent / 100) * count) - 1] ?? Number.NaN;
    const figure = `append to visible in another replica, p${percent} of ${count}, ${place.name}`;
    yield figureOf({ bench: 'cluster', figure, unit: 'ms' }, [at]);
  }
}

const ports = { ...world, nextTurn: (call: () => void) => void setImmediate(call) };

function open({ url }: Place, prefix: string): ClusterStore & EventStore {
  return openEventStoreDb({ url, prefix, indexPath: ':memory:' }, ports);
}

async function rateOf(count: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return count / ((performance.now() - started) / 1000);
}
