import { setTimeout as pause } from 'node:timers/promises';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { Connection } from '../../src/event-store/eventstoredb/connection.js';
import { namesWith } from '../../src/event-store/eventstoredb/events.js';
import {
  type ClusterPorts,
  type ClusterStore,
  openEventStoreDb,
} from '../../src/event-store/eventstoredb/eventstoredb.js';
import { readMs } from '../../src/event-store/eventstoredb/feed.js';
import { Reads } from '../../src/event-store/eventstoredb/reads.js';
import type { LogRecord } from '../../test/stand-in/log.js';
import { type StandIn, startStandIn } from '../../test/stand-in/stand-in.js';
import { selfSigned } from '../../test/support/certificate.js';
import { newPrefix } from '../../test/support/event-store-cluster.js';
import { measured } from '../../test/support/event-store-samples.js';
import type { Finding, Proof } from '../proof.js';
import { type Point, points } from './deadlines-points.js';
import { startRelay } from './relay.js';
import { fasterPorts, openUp } from './served.js';

const appendMs = 5_000;
/** Tolerance beyond a call's budget, because it is not polled continuously, in milliseconds. */
const slackMs = 500;
const stream = 'project-east';
/** Initial events of a server, each of more than a kilobyte, so that a page of them can be cut in the middle. */
const eventsAtFirst = 300;

/** Shared data of all points. */
interface Setting {
  prefix: string;
  first: readonly LogRecord[];
  timeScale: number;
  isBroken: boolean;
}

/** The duration of a call, and its kind. */
interface Took {
  what: string;
  ms: number;
  isOver: boolean;
}

/**
 * Every call of the store ends within its budget, whatever the server does: an append within 5 s, a page of a read
 * within 10 s, and a subscription is confirmed or given up within 10 s.
 *
 * A round covers all points of the protocol at which bytes or answers hang, in parallel; in the small size the store's
 * timers, and with them the budgets, are five times shorter.
 *
 * Broken, the store has no timers.
 */
export const deadlines: Proof = {
  rounds: { small: 1, full: 3 },
  async run({ rounds, isBroken }): Promise<Finding> {
    const timeScale = rounds === 1 ? 5 : 1;
    const prefix = newPrefix();
    const setting = { prefix, first: await recordsAtFirst(prefix), timeScale, isBroken };
    // The control needs only enough of them to be detected.
    const halts = points(timeScale).filter((_, number) => !isBroken || number % 4 === 0);
    const took: Took[] = [];
    for (let round = 0; round < (isBroken ? 1 : rounds); round += 1) {
      const trials = halts.map((point) => tryAt(point, setting));
      took.push(...(await Promise.all(trials)).flat());
    }
    const over = took.filter(({ isOver }) => isOver);
    const longest = took.reduce((most, one) => (one.ms > most.ms ? one : most));
    return {
      figures: {
        server: 'stand-in',
        timeScale,
        points: halts.length,
        calls: took.length,
        overBudget: over.length,
        maxMs: Math.round(longest.ms),
        longest: longest.what,
        ...(over[0]
          ? {
              firstFault: over
                .slice(0, 3)
                .map(({ what, ms }) => `${what}: ${Math.round(ms)} ms`)
                .join('; '),
            }
          : {}),
      },
      pass: over.length === 0,
    };
  },
};

/** Sets up a server, a connection to it and a store, makes the connection hang, and times all calls. */
async function tryAt(point: Point, { prefix, first, timeScale, isBroken }: Setting): Promise<Took[]> {
  const certified = point.over === 'tls' ? selfSigned(['localhost']) : undefined;
  const server = await startStandIn(certified ? { certified } : {});
  const relay = await startRelay(server.port);
  const url = urlOf(point, relay.port);
  const ports = fasterPorts(timeScale, isBroken ? { after: () => () => undefined } : {});
  let store: ClusterStore | undefined;
  let others: Awaited<ReturnType<typeof writer>> | undefined;
  if (point.from === 'up') {
    for (const record of first) server.log.append(record.stream, 'any', [record]);
    others = point.hasOthers ? await writer(server, prefix, timeScale) : undefined;
    store = await openUp(url, prefix, ports);
    point.fault?.(server);
  }
  halt(point, relay);
  store ??= openEventStoreDb({ url, prefix, indexPath: ':memory:' }, ports);
  const time = timerOf(point.name, timeScale);
  await others?.begin();
  const othersEnd = others?.goOn();
  const opened = store;
  const calls = [
    ...[1, 2, 3].map((n) =>
      time('append', appendMs, () => opened.append(stream, [measured(n, `deadline ${n}`)], 'any')),
    ),
    time('append of two', appendMs, () =>
      opened.append('project-west', [measured(1, 'two 1'), measured(2, 'two 2')], 'no-stream'),
    ),
    time('head', readMs, () => opened.head()),
    pagesOf('page of a stream', store.readStream(stream), time),
    pagesOf('page of everything', store.readAll(), time),
    pagesOf('page of what is new', store.readAll(store.status().head), time),
    confirmation(point, server, prefix, ports, time),
  ];
  const took = (await Promise.all(calls)).flat();
  await othersEnd;
  relay.close();
  await Promise.race([store.close(), pause(isBroken ? 100 : 2_000)]);
  await server.kill();
  return took;
}

type Time = (what: string, budgetMs: number, call: () => Promise<unknown>) => Promise<Took[]>;

/** Times calls; one that does not end is abandoned a little after its budget. */
function timerOf(where: string, timeScale: number): Time {
  return async (what, budgetMs, call) => {
    const begun = performance.now();
    // Started at the same moment, it fires late if the event loop of a busy machine is late.
    const due = pause(budgetMs / timeScale);
    const endedAt = call().then(
      () => performance.now(),
      () => performance.now(),
    );
    const ended = await Promise.race([endedAt, due.then(() => pause(slackMs))]);
    return [
      {
        what: `${what}, ${where}`,
        ms: (ended ?? performance.now()) - begun,
        isOver: ended === undefined,
      },
    ];
  };
}

/** Times the first few pages of a read. */
async function pagesOf(what: string, pages: AsyncIterable<unknown>, time: Time): Promise<Took[]> {
  const took: Took[] = [];
  const iterator = pages[Symbol.asyncIterator]();
  for (let isDone = false; !isDone && took.length < 3; ) {
    const next = iterator.next();
    took.push(...(await time(what, readMs, () => next)));
    if (took.at(-1)?.isOver) return took;
    isDone = await next.then(
      ({ done }) => done === true,
      () => true,
    );
  }
  return took;
}

/** Times how long a new subscription waits for its confirmation. */
async function confirmation(
  point: Point,
  server: StandIn,
  prefix: string,
  ports: ClusterPorts,
  time: Time,
): Promise<Took[]> {
  const relay = await startRelay(server.port);
  if (point.from === 'start') halt(point, relay);
  const names = namesWith(prefix);
  const connection = new Connection(urlOf(point, relay.port), ports.after);
  const reads = new Reads(connection, names.prefixes, names.logPrefixes);
  const took = await time('confirmation of a subscription', readMs, () =>
    reads.follow(0, () => undefined, readMs),
  );
  connection.close();
  relay.close();
  return took;
}

function halt(point: Point, relay: Awaited<ReturnType<typeof startRelay>>): void {
  if (point.haltOpen) relay.haltOpen(point.haltOpen);
  if (point.halt) relay.haltAfter(point.halt.direction, point.halt.bytes, point.halt.how);
}

function urlOf({ over }: Point, port: number): string {
  if (over === 'tls') return `esdb://localhost:${port}?tls=true`;
  const host = `127.0.0.1:${port}`;
  // With two hosts the client asks for the leader.
  return `esdb://${over === 'gossip' ? `${host},${host}` : host}?tls=false`;
}

/** The initial content of a server, as a store has written it. */
async function recordsAtFirst(prefix: string): Promise<LogRecord[]> {
  const server = await startStandIn();
  const store = await openUp(server.url, prefix, fasterPorts(0.1));
  const note = 'x'.repeat(1_500);
  for (let from = 0; from < eventsAtFirst; from += 100) {
    const events = Array.from({ length: 100 }, (_, n): NewEvent => {
      const event = measured(n, `first ${from + n}`);
      const source = { kind: 'inspection', note } as const;
      return { ...event, entry: { ...event.entry, source } };
    });
    await store.append(stream, events, 'any');
  }
  await store.close();
  await server.kill();
  return server.log.records.filter((record) => record.stream.startsWith(prefix));
}

/** Another writer on its own connection; `begin` resolves after the first entry, `ended` when budgets are over. */
async function writer(server: StandIn, prefix: string, timeScale: number) {
  const store = await openUp(server.url, prefix, fasterPorts(1));
  const write = (n: number) => store.append('project-busy', [measured(n, `busy ${n}`)], 'any');
  return {
    begin: () => write(0),
    async goOn(): Promise<void> {
      const end = performance.now() + (1.8 * readMs) / timeScale;
      for (let n = 1; performance.now() < end; n += 1) {
        await pause(200 / timeScale);
        await write(n);
      }
      await store.close();
    },
  };
}
