import type { ExpectedRevision } from '../../src/event-store/event-store.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { type Dice, diceOf } from '../../test/support/dice.js';
import { newPrefix } from '../../test/support/event-store-cluster.js';
import { type Draw, Model } from '../../test/support/event-store-model.js';
import { storePorts, temporaryFolder } from '../../test/support/event-store-ports.js';
import type { Finding, Proof } from '../proof.js';
import { Compared, takesAnyRevision } from './adapters-compared.js';
import { openUp, serve } from './served.js';

/** Operations that share a few ids and streams, before new ones are used. */
const chapterSize = 120;

/**
 * The embedded store and the one on a cluster answer every operation like a plain list.
 *
 * A round is one operation: an append, alone or concurrent with others, a read, or a reopened store. Concurrent appends
 * may share streams and ids: those run in sending order on either store. Independent ones may be stored in any order by
 * a cluster, so there only the order within a stream, and across answers, is compared; SQLite must keep all of it. Two
 * replicas of the cluster alternate, each after following what the other answered.
 *
 * Broken, the store on the cluster accepts any revision.
 */
export const adapters: Proof = {
  rounds: { small: 1_500, full: 50_000 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const folder = temporaryFolder();
    const served = await serve();
    const prefix = newPrefix();
    const openReplica = async (name: string) => {
      const store = await openUp(served.url, prefix, undefined, folder.file(`${name}.db`));
      return isBroken ? takesAnyRevision(store) : store;
    };
    const sqlite = await Compared.of([async () => openSqliteStore(folder.file('events.db'), storePorts())], {
      isOrdered: true,
    });
    const cluster = await Compared.of([() => openReplica('east'), () => openReplica('west')], {
      isOrdered: false,
    });
    const compared = [sqlite, cluster];
    let operations = 0;
    let firstFault: string | undefined;
    try {
      for (let chapter = 0; operations < rounds && !(isBroken && firstFault); chapter += 1) {
        const dice = diceOf(seed + chapter * 7919);
        const streams = ['east', 'west', 'harbour'].map((name) => `project-${seed}-${chapter}-${name}`);
        const model = new Model();
        for (const one of compared) await one.begin();
        const until = Math.min(rounds, operations + chapterSize);
        while (operations < until) {
          const what = dice.int(1, 100);
          if (what <= 70) {
            const count = dice.chance(50) ? 1 : dice.int(2, 12);
            const draws = Array.from({ length: count }, () => drawn(dice, streams, chapter, model));
            const expected = draws.map((draw) => model.append(draw));
            await Promise.all(compared.map((one) => one.append(draws, expected, dice.int(0, 1))));
            operations += count;
          } else {
            const stream = dice.int(0, streams.length);
            const from = dice.int(0, 8);
            await Promise.all(
              compared.map(async (one) => {
                if (what <= 85) await one.readStream(streams[stream] ?? 'project-nobody', from, model);
                else if (what <= 97) await one.readAll(from, model);
                else await one.reopen();
              }),
            );
            operations += 1;
          }
        }
        for (const one of compared) {
          await one.readAll(0, model);
          for (const stream of streams) await one.readStream(stream, 0, model);
          firstFault ??= one.firstFault && `chapter ${chapter}: ${one.firstFault}`;
        }
      }
    } finally {
      for (const one of compared) await one.close();
      await served.stop();
      folder.remove();
    }
    const [{ divergences: onSqlite }, { divergences: onCluster }] = [sqlite, cluster];
    const divergences = onSqlite + onCluster;
    return {
      figures: {
        server: served.server,
        operations,
        replays: cluster.replays,
        refusals: cluster.refusals,
        divergences,
        onSqlite,
        onCluster,
        ...(firstFault === undefined ? {} : { firstFault }),
      },
      pass: divergences === 0,
    };
  },
};

function drawn(dice: Dice, streams: readonly string[], chapter: number, model: Model): Draw {
  const [first = '', ...others] = streams;
  const stream = dice.pick([first, ...others]);
  const events = Array.from({ length: dice.chance(70) ? 1 : dice.int(2, 4) }, () => ({
    key: chapter * 1_000 + dice.int(0, 60),
    words: dice.chance(80) ? 1 : 2,
  }));
  const kind = dice.int(1, 100);
  // Most of those with a revision use one that may be right.
  const likely = model.kept.filter((one) => one.stream === stream).length - 1 + dice.int(-1, 3);
  const expected: ExpectedRevision =
    kind <= 45 ? 'any' : kind <= 52 || likely < 0 ? 'no-stream' : kind <= 57 ? dice.int(0, 40) : likely;
  return { stream, events, expected };
}
