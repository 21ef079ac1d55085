import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { OutcomeUnknown, RevisionConflict, StoreUnavailable } from '../../src/event-store/errors.js';
import type { EventStore, ExpectedRevision, NewEvent } from '../../src/event-store/event-store.js';
import { type StandIn, startStandIn } from '../../test/stand-in/stand-in.js';
import { type Dice, diceOf, uuidOf } from '../../test/support/dice.js';
import { newPrefix } from '../../test/support/event-store-cluster.js';
import { eventsOf } from '../../test/support/event-store-ports.js';
import { measured } from '../../test/support/event-store-samples.js';
import { startTcpProxy } from '../../test/support/tcp-proxy.js';
import type { Finding, Proof } from '../proof.js';
import { fasterPorts, openUp } from './served.js';
import { type Cut, cutOf, type Place, type Replicas } from './unknown-outcome-cuts.js';

/** The factor of the store's timers: a lost answer costs 0.2 s and an append may take 0.5 s. */
const timeScale = 10;
const maxWorkers = 8;
/** Cuts after which a worker moves to other streams. */
const cutsAStream = 20;
/** Attempts of a client until it gives up; what was stored without its knowledge is then lost to it. */
const patience = 200;

interface Request {
  stream: string;
  events: NewEvent[];
  expected: ExpectedRevision;
}

type Reply = AnyRecordedEvent[] | 'conflict' | undefined;

const fresh = () => ({
  ...{ cuts: 0, appends: 0, stored: 0, conflicts: 0, unknown: 0, unavailable: 0 },
  ...{ lost: 0, duplicates: 0, falseConflicts: 0, unanswered: 0, unreadable: 0 },
});
type Figures = ReturnType<typeof fresh> & { firstFault?: string };

/**
 * An append whose answer is cut off is stored once or not at all, whatever was lost and when, and a conflict is
 * reported only if another writer's event is there.
 *
 * A round is one cut: before, during or after the commit, of the answer or of the bytes of either direction, with the
 * server killed, with another replica writing to the stream in between or sending the same ids. A client that learns
 * that the outcome is unknown, or that the store is not available, resends the same ids, to either replica.
 *
 * Broken, it sends them under new ids.
 */
export const unknownOutcome: Proof = {
  rounds: { small: 100, full: 10_000 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const figures: Figures = fresh();
    const workers = Math.min(maxWorkers, Math.ceil(rounds / 20));
    await Promise.all(
      Array.from({ length: workers }, async (_, worker) => {
        const cuts = Math.floor(rounds / workers) + (worker < rounds % workers ? 1 : 0);
        await new Worker(seed + worker * 104_729, figures, isBroken).run(cuts);
      }),
    );
    const { lost, duplicates, falseConflicts, unanswered, unreadable } = figures;
    return {
      figures: { server: 'stand-in', timeScale, ...figures },
      pass: lost + duplicates + falseConflicts + unanswered + unreadable === 0,
    };
  },
};

/** A server, three replicas of which one is behind a failing network, and their clients. */
class Worker {
  private readonly dice: Dice;
  private readonly prefix = newPrefix();
  private said = 0;

  constructor(
    private readonly seed: number,
    private readonly figures: Figures,
    private readonly isBroken: boolean,
  ) {
    this.dice = diceOf(seed);
  }

  async run(cuts: number): Promise<void> {
    const server = await startStandIn({ kind: this.dice.pick(['new', 'old']) });
    const proxy = await startTcpProxy(server.port);
    const ports = fasterPorts(timeScale);
    const near = await openUp(`esdb://127.0.0.1:${proxy.port}?tls=false`, this.prefix, ports);
    const other = await openUp(server.url, this.prefix, ports);
    const foreign = await openUp(server.url, this.prefix, ports);
    const replicas = { near, other, foreign };
    const place: Place = { server, proxy, timeScale, dice: this.dice };
    try {
      // The control is detected with the first of them.
      for (let done = 0; done < cuts && !(this.isBroken && this.figures.duplicates > 0); ) {
        const streams = ['east', 'west'].map((name) => `project-${this.seed}-${done}-${name}`);
        const asked: [Request, Reply][] = [];
        const until = Math.min(cuts, done + cutsAStream);
        for (; done < until; done += 1) asked.push(...(await this.cutOnce(streams, replicas, place)));
        this.judge(asked, server);
        await this.readBack(streams, other);
      }
    } finally {
      await Promise.all([near.close(), other.close(), foreign.close()]);
      await proxy.close();
      await server.kill();
    }
  }

  /** Sends a few requests concurrently; one of them meets the cut. */
  private async cutOnce(
    streams: readonly string[],
    { near, other, foreign }: Replicas,
    place: Place,
  ): Promise<[Request, Reply][]> {
    const { server, proxy } = place;
    const requests = Array.from({ length: this.dice.int(1, 3) }, () => this.request(streams, server));
    const [hit] = requests as [Request];
    const asked: [Request, Reply][] = [];
    const meanwhile: Promise<unknown>[] = [];
    const cut: Cut = cutOf(place, {
      foreign: async () => {
        const request = this.request([hit.stream], server);
        asked.push([request, await this.insist(request, [foreign])]);
      },
      twin: () => void meanwhile.push(this.insist(hit, [other]).then((reply) => asked.push([hit, reply]))),
    });
    this.figures.cuts += 1;
    const isHit = (ids: readonly string[]) => ids.includes((hit.events[0] as NewEvent).id);
    let [isBefore, isAfter] = [false, false];
    server.faults.beforeCommit = async ({ ids }) => {
      if (isBefore || !isHit(ids)) return 'pass';
      isBefore = true;
      return (await cut.before?.()) ?? 'pass';
    };
    server.faults.afterCommit = async ({ ids }) => {
      if (isAfter || !isHit(ids)) return 'pass';
      isAfter = true;
      return (await cut.after?.()) ?? 'pass';
    };
    cut.begin?.();
    await Promise.all(
      requests.map(async (request) => {
        asked.push([request, await this.insist(request, [near, near, other])]);
      }),
    );
    await Promise.all(meanwhile);
    await cut.settled?.();
    server.faults.beforeCommit = undefined;
    server.faults.afterCommit = undefined;
    if (proxy.mode !== 'pass') await proxy.setMode('pass');
    return asked;
  }

  private request(streams: readonly string[], server: StandIn): Request {
    const stream = streams[this.dice.int(0, streams.length - 1)] ?? '';
    const last = server.log.lastRevision(this.prefix + stream);
    const expected = this.dice.chance(50) ? 'any' : last < 0 ? 'no-stream' : last;
    const events = Array.from({ length: this.dice.chance(80) ? 1 : 3 }, () => {
      this.said += 1;
      return measured(this.said, `${this.seed} ${this.said}`);
    });
    this.figures.appends += 1;
    return { stream, events, expected };
  }

  /** Sends a request until there is an answer. */
  private async insist(request: Request, stores: [EventStore, ...EventStore[]]): Promise<Reply> {
    let { events } = request;
    const { stream, expected } = request;
    let store: EventStore = stores[0];
    for (let sending = 0; sending < patience; sending += 1) {
      try {
        return (await store.append(stream, events, expected)).events;
      } catch (error) {
        if (error instanceof RevisionConflict) return 'conflict';
        if (error instanceof OutcomeUnknown) this.figures.unknown += 1;
        else if (error instanceof StoreUnavailable) this.figures.unavailable += 1;
        else {
          this.fault(`${error}`);
          return undefined;
        }
        if (this.isBroken)
          events = events.map((event) => ({ ...event, id: uuidOf(`${event.id} ${sending}`) }));
        await new Promise((resolve) => setTimeout(resolve, 20));
        store = this.dice.pick(stores);
      }
    }
    return undefined;
  }

  /** Compares the answers with the events stored on the server. */
  private judge(asked: readonly [Request, Reply][], server: StandIn): void {
    for (const [request, reply] of asked) {
      const { stream, events, expected } = request;
      const stored = server.log.eventsOf(this.prefix + stream);
      // Every request has unique content, so it is recognized under any id.
      const kept = events.map(({ data }) =>
        stored.filter((record) => saidIn(record.data.toString()) === saidIn(JSON.stringify(data))),
      );
      if (kept.some((records) => records.length > 1)) {
        this.figures.duplicates += 1;
        this.fault(`twice: ${JSON.stringify(events[0])}`);
      }
      if (reply === undefined) {
        this.figures.unanswered += 1;
        this.fault(`unanswered: ${JSON.stringify(request)}`);
      } else if (reply === 'conflict') {
        this.figures.conflicts += 1;
        const at = stored[expected === 'no-stream' ? 0 : Number(expected) + 1];
        const isTrue = at && !kept.some((records) => records.length > 0) && expected !== 'any';
        if (!isTrue) {
          this.figures.falseConflicts += 1;
          this.fault(`false conflict: ${JSON.stringify(request)}`);
        }
      } else {
        this.figures.stored += 1;
        const isThere = reply.every(({ revision, position, recordedAt }, index) => {
          const record = stored[revision];
          return (
            record === kept[index]?.[0] &&
            record?.position === position &&
            record.metadata.includes(`"at":"${recordedAt}"`)
          );
        });
        if (!isThere) {
          this.figures.lost += 1;
          this.fault(`lost: ${JSON.stringify(reply)}`);
        }
      }
    }
  }

  /** Each event must be chained to the one before it; a server that a cut has restarted is asked again. */
  private async readBack(streams: readonly string[], store: EventStore): Promise<void> {
    for (const stream of streams) {
      await this.read(stream, store).catch((error) => {
        this.figures.unreadable += 1;
        this.fault(`${error}`);
      });
    }
  }

  private async read(stream: string, store: EventStore, left = patience): Promise<void> {
    try {
      await eventsOf(store.readStream(stream));
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
      await this.read(stream, store, left - 1);
    }
  }

  private fault(fault: string): void {
    this.figures.firstFault ??= `lane ${this.seed}: ${fault.slice(0, 800)}`;
  }
}

function saidIn(json: string): string | undefined {
  return /"basisPoints":(\d+)/.exec(json)?.[1];
}
