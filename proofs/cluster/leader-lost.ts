import { setTimeout as pause } from 'node:timers/promises';
import { OutcomeUnknown, StoreUnavailable } from '../../src/event-store/errors.js';
import type { Appended, NewEvent } from '../../src/event-store/event-store.js';
import type { ClusterPorts, ClusterStore } from '../../src/event-store/eventstoredb/eventstoredb.js';
import { uuidOf } from '../../test/support/dice.js';
import { newPrefix } from '../../test/support/event-store-cluster.js';
import { eventsOf } from '../../test/support/event-store-ports.js';
import { measured } from '../../test/support/event-store-samples.js';
import type { Finding, Trial } from '../proof.js';
import { openUp } from './served.js';

const inFlight = 32;
/** Undisturbed writing before a leader is lost, and after recovery; in milliseconds. */
const steadyMs = 500;
/** Time limit for writes to resume, in milliseconds. */
const resumeMs = 30_000;
/** How long the writers of the control wait for an answer, in milliseconds. */
const impatientMs = 250;

/** A cluster whose leader can be removed and restored. */
export interface LosingCluster {
  url: string;
  server: string;
  ports: ClusterPorts;
  lose(): Promise<void>;
  restore(): Promise<void>;
}

/**
 * Removes the leader of a cluster round by round, while 32 writers and a subscriber continue, and checks everything
 * acknowledged. Broken, a writer that has waited a moment resends the entry under a new id.
 */
export async function loseLeaders(
  { url, server, ports, lose, restore }: LosingCluster,
  { seed, rounds, isBroken }: Trial,
): Promise<Finding> {
  const prefix = newPrefix();
  const store = await openUp(url, prefix, ports);
  const follower = await openUp(url, prefix, ports);
  const taken: number[] = [];
  let failure: string | undefined;
  const following = follower.events$(0).subscribe({
    next: (events) => {
      for (const { position } of events) taken.push(position);
    },
    error: (error: Error) => {
      failure ??= error.message;
    },
  });
  const writers = new Writers(store, seed, isBroken);
  const gaps: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await pause(steadyMs);
    writers.longestGapMs = 0;
    await lose();
    await writers.untilSteady();
    gaps.push(writers.longestGapMs);
    await restore();
  }
  await writers.finish();

  const log = await eventsOf(store.readAll());
  for (
    let waitedMs = 0;
    waitedMs < resumeMs && (taken.at(-1) ?? 0) < (log.at(-1)?.position ?? 0);
    waitedMs += 20
  )
    await pause(20);
  following.unsubscribe();
  const { acknowledged, unknown, unavailable } = writers;
  const places = new Set(log.map(({ id, position }) => `${id} ${position}`));
  const words = new Set(log.map(({ data }) => JSON.stringify(data)));
  const once = new Set(taken);
  const found = {
    lost: acknowledged.filter((place) => !places.has(place)).length,
    duplicates: log.length - words.size,
    missed: log.filter(({ position }) => !once.has(position)).length,
    handedTwice: taken.length - once.size,
    orderViolations: taken.filter((position, index) => position < (taken[index - 1] ?? 0)).length,
  };
  const sorted = gaps.toSorted((one, other) => one - other).map(Math.round);
  const slowestMs = sorted.at(-1) ?? 0;
  await Promise.all([store.close(), follower.close()]);
  return {
    figures: {
      server,
      rounds,
      acknowledged: acknowledged.length,
      unknown,
      unavailable,
      writeGapMsP50: sorted[Math.floor(sorted.length / 2)] ?? 0,
      writeGapMsMax: slowestMs,
      ...found,
      ...(failure === undefined ? {} : { firstFault: failure }),
    },
    pass: Object.values(found).every((count) => count === 0) && slowestMs <= resumeMs,
  };
}

/** Writers with one entry each in flight, until stopped. */
class Writers {
  /** Ids and positions of acknowledged entries. */
  readonly acknowledged: string[] = [];
  unknown = 0;
  unavailable = 0;
  /** The longest time without an acknowledgement, since the last reset. */
  longestGapMs = 0;
  private lastAt = performance.now();
  private isOver = false;
  private said = 0;
  private readonly ended: Promise<unknown>;

  constructor(
    private readonly store: ClusterStore,
    private readonly seed: number,
    private readonly isBroken: boolean,
  ) {
    this.ended = Promise.all(Array.from({ length: inFlight }, (_, number) => this.write(number)));
  }

  /** Resolves once writes continue without a pause; times out otherwise. */
  async untilSteady(): Promise<void> {
    const end = performance.now() + 2 * resumeMs;
    for (let steadySince = performance.now(), seen = 0; performance.now() < end; await pause(10)) {
      if (this.acknowledged.length === seen || performance.now() - this.lastAt > steadyMs / 5)
        steadySince = performance.now();
      if (performance.now() - steadySince > steadyMs) return;
      if (this.acknowledged.length !== seen) seen = this.acknowledged.length;
    }
  }

  async finish(): Promise<void> {
    this.isOver = true;
    await this.ended;
  }

  private async write(number: number): Promise<void> {
    while (!this.isOver) {
      this.said += 1;
      await this.insist(`project-writer-${number}`, measured(this.said, `${this.seed} ${this.said}`));
    }
  }

  private async insist(stream: string, said: NewEvent): Promise<void> {
    for (let event = said, sending = 0; ; sending += 1) {
      try {
        const append = this.store.append(stream, [event], 'any');
        append.catch(() => undefined);
        const stored = await (this.isBroken ? Promise.race([append, pause(impatientMs)]) : append);
        if (stored) {
          this.note(stored);
          return;
        }
        event = { ...event, id: uuidOf(`${said.id} ${sending}`) };
      } catch (error) {
        if (error instanceof OutcomeUnknown) this.unknown += 1;
        else if (error instanceof StoreUnavailable) this.unavailable += 1;
        else throw error;
        await pause(50);
      }
    }
  }

  private note({ events }: Appended): void {
    for (const { id, position } of events) this.acknowledged.push(`${id} ${position}`);
    const now = performance.now();
    this.longestGapMs = Math.max(this.longestGapMs, now - this.lastAt);
    this.lastAt = now;
  }
}
