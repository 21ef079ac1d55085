import { setTimeout as pause } from 'node:timers/promises';
import type { ClusterStore } from '../../src/event-store/eventstoredb/eventstoredb.js';
import { type StandIn, startStandIn } from '../../test/stand-in/stand-in.js';
import { type Dice, diceOf } from '../../test/support/dice.js';
import { newPrefix } from '../../test/support/event-store-cluster.js';
import { temporaryFolder } from '../../test/support/event-store-ports.js';
import { measured } from '../../test/support/event-store-samples.js';
import { startTcpProxy } from '../../test/support/tcp-proxy.js';
import type { Finding, Proof } from '../proof.js';
import { Reader, timeScale } from './catch-up-reader.js';
import { openUp } from './served.js';

const kinds = ['new', 'old'] as const;
/** Time limit for complete delivery after the last cut, in milliseconds. */
const patienceMs = 60_000;

const fresh = () => ({
  cuts: 0,
  events: 0,
  restarts: 0,
  drops: 0,
  missed: 0,
  duplicates: 0,
  orderViolations: 0,
});
type Figures = ReturnType<typeof fresh> & { firstFault?: string };

/**
 * A reader that was away gets every event once and in order, then new ones, whenever and however it was cut off.
 *
 * A round is one cut: of the connection, immediately or after some bytes, at the moment when the subscription goes live
 * or catches up, of the subscription only, or of the whole process with its memory. Readers are fast and slow, writers
 * continue, and there is a server of each kind.
 *
 * Broken, a returning reader starts at the end of the log.
 */
export const catchUp: Proof = {
  rounds: { small: 40, full: 1_000 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const figures: Figures = fresh();
    const eventsEach = Math.max(rounds * 5, 750);
    await Promise.all(
      kinds.map((kind, number) =>
        onServer(kind, { seed: seed + number, cuts: rounds / kinds.length, eventsEach, isBroken, figures }),
      ),
    );
    const { missed, duplicates, orderViolations } = figures;
    return {
      figures: { server: 'stand-in', timeScale, ...figures },
      pass: missed + duplicates + orderViolations === 0,
    };
  },
};

interface Setting {
  seed: number;
  cuts: number;
  eventsEach: number;
  isBroken: boolean;
  figures: Figures;
}

async function onServer(kind: (typeof kinds)[number], setting: Setting): Promise<void> {
  const { seed, cuts, eventsEach, figures } = setting;
  const dice = diceOf(seed);
  const server = await startStandIn({ kind });
  const prefix = newPrefix();
  const folder = temporaryFolder();
  const writer = await openUp(server.url, prefix);
  const readers = await Promise.all(
    [0, 0, 3, 15].map(async (handlingMs, number) => {
      const proxy = await startTcpProxy(server.port);
      const reader = new Reader(proxy, prefix, folder.file(`${number}.db`), handlingMs, setting.isBroken);
      await reader.open();
      return reader;
    }),
  );
  try {
    const writing = write(writer, eventsEach, cuts, dice);
    for (let cut = 0; cut < cuts; cut += 1) {
      const [first, ...others] = readers as [Reader, ...Reader[]];
      await dice.pick([first, ...others]).cut(dice);
      writing.allow();
      await pause(dice.int(0, 25));
    }
    figures.cuts += cuts;
    await writing.finish();
    const end = performance.now() + patienceMs;
    const last = server.log.records.findLast(({ stream }) => stream.startsWith(`${prefix}project-`));
    while (performance.now() < end && readers.some(({ position }) => position < (last?.position ?? 0)))
      await pause(20);
    await pause(50);
    await Promise.all(readers.map((reader) => reader.end()));
    checkReaders(figures, server, prefix, readers, `${kind} server`);
  } finally {
    await Promise.all(readers.map((reader) => reader.end()));
    await writer.close();
    await server.kill();
    folder.remove();
  }
}

/** Writes bursts to several streams, one more burst per cut; the rest at the end. */
function write(store: ClusterStore, count: number, bursts: number, dice: Dice) {
  const each = Math.ceil(count / (bursts + 1));
  let written = 0;
  let line = Promise.resolve();
  const burst = async (most: number) => {
    const upTo = Math.min(count, written + most);
    const appends: Promise<unknown>[] = [];
    while (written < upTo) {
      const size = Math.min(upTo - written, dice.chance(80) ? 1 : dice.int(2, 20));
      const events = Array.from({ length: size }, (_, n) => measured(written + n, `event ${written + n}`));
      written += size;
      appends.push(store.append(`project-${written % 7}`, events, 'any'));
    }
    await Promise.all(appends);
  };
  return {
    allow() {
      // Occasionally more than an older server buffers for a subscriber.
      const size = dice.chance(20) ? each * 4 : Math.ceil(each / 3);
      line = line.then(() => burst(size));
    },
    finish: () => line.then(() => burst(count)),
  };
}

function checkReaders(
  figures: Figures,
  server: StandIn,
  prefix: string,
  readers: readonly Reader[],
  where: string,
): void {
  const wanted = server.log.records
    .filter(({ stream }) => stream.startsWith(`${prefix}project-`))
    .map(({ position }) => position);
  figures.events += wanted.length;
  for (const { taken, restarts, drops, failure } of readers) {
    figures.restarts += restarts;
    figures.drops += drops;
    const once = new Set(taken);
    const missed = wanted.filter((position) => !once.has(position)).length;
    const duplicates = taken.length - once.size;
    const turnedRound = taken.filter((position, index) => position < (taken[index - 1] ?? 0)).length;
    figures.missed += missed;
    figures.duplicates += duplicates;
    figures.orderViolations += turnedRound;
    if (missed + duplicates + turnedRound > 0)
      figures.firstFault ??= `${where}: ${JSON.stringify({ missed, duplicates, turnedRound, failure })}`;
  }
}
