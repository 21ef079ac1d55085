import { isDeepStrictEqual } from 'node:util';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { uuidOf } from '../../test/support/dice.js';
import {
  type Draw,
  eventOf,
  type Kept,
  type Model,
  type Outcome,
  outcomeOf,
} from '../../test/support/event-store-model.js';
import { eventsOf } from '../../test/support/event-store-ports.js';

/** A store under test, through any of its replicas, with a model of its expected answers. */
export class Compared {
  divergences = 0;
  replays = 0;
  refusals = 0;
  firstFault: string | undefined;
  /** The store's position for the model's number, which counts from 1. */
  private readonly positions = new Map<number, number>();
  private start = 0;
  /** The last position answered in an earlier batch. */
  private answered = 0;

  private constructor(
    private readonly openings: readonly (() => Promise<EventStore>)[],
    private readonly stores: EventStore[],
    private readonly isOrdered: boolean,
  ) {}

  static async of(
    openings: readonly (() => Promise<EventStore>)[],
    { isOrdered }: { isOrdered: boolean },
  ): Promise<Compared> {
    const stores: EventStore[] = [];
    for (const open of openings) stores.push(await open());
    return new Compared(openings, stores, isOrdered);
  }

  /** Starts with an empty model; earlier events are ignored. */
  async begin(): Promise<void> {
    this.positions.clear();
    this.start = await this.replica(0).head();
    this.answered = this.start;
  }

  /** Sends appends concurrently through one replica, and compares each result. */
  async append(draws: readonly Draw[], expected: readonly Outcome[], replica: number): Promise<void> {
    const store = await this.inStep(replica);
    const outcomes = await Promise.all(
      draws.map((draw) => outcomeOf(store, draw).catch((error: Error) => ({ refused: `bug ${error}` }))),
    );
    let last = this.answered;
    let lastHere = this.answered;
    for (const [index, outcome] of outcomes.entries()) {
      const wanted = expected[index] as Outcome;
      const draw = draws[index] as Draw;
      if ('refused' in wanted || 'refused' in outcome) {
        this.refusals += 1;
        const isSame =
          'refused' in wanted &&
          'refused' in outcome &&
          (wanted.refused === 'event-id-reused'
            ? // Any one of several taken ids may be named.
              draw.events.some(({ key }) => outcome.refused === `event-id-reused ${uuidOf(`model ${key}`)}`)
            : outcome.refused === wanted.refused);
        this.judge(isSame, 'append', draw, wanted, outcome);
        continue;
      }
      if (wanted.isReplay) this.replays += 1;
      let isSame = outcome.isReplay === wanted.isReplay && outcome.places.length === wanted.places.length;
      let before = 0;
      for (const [number, [position, revision]] of outcome.places.entries()) {
        const [ordinal, wantedRevision] = wanted.places[number] ?? [0, -1];
        isSame &&= revision === wantedRevision;
        if (wanted.isReplay) isSame &&= this.positions.get(ordinal) === position;
        else {
          isSame &&= position > this.answered && position > before;
          if (this.isOrdered) isSame &&= position > lastHere;
          this.positions.set(ordinal, position);
          before = position;
          lastHere = position;
          last = Math.max(last, position);
        }
      }
      this.judge(isSame, 'append', draw, wanted, outcome);
    }
    this.answered = last;
  }

  /** Reads a stream from a revision on, through each replica. */
  async readStream(stream: string, from: number, model: Model): Promise<void> {
    const wanted = model.kept.filter((one) => one.stream === stream && one.revision >= from);
    for (const [replica] of this.stores.entries()) {
      const events = await eventsOf(this.replica(replica).readStream(stream, from)).catch(String);
      this.compare(`read of ${stream} from ${from}`, events, wanted);
    }
  }

  /** Reads everything after an event, numbered by the model, through each replica. */
  async readAll(after: number, model: Model): Promise<void> {
    const positionOf = ({ position }: Kept) => this.positions.get(position) ?? 0;
    const start = this.positions.get(after) ?? this.start;
    const wanted = model.kept
      .filter((one) => positionOf(one) > start)
      .toSorted((one, other) => positionOf(one) - positionOf(other));
    for (const [replica] of this.stores.entries()) {
      const events = await eventsOf((await this.inStep(replica)).readAll(start)).catch(String);
      this.compare(`read of everything after ${after}`, events, wanted);
    }
  }

  /** Closes and reopens the store, replica by replica. */
  async reopen(): Promise<void> {
    for (const [replica, open] of this.openings.entries()) {
      await this.replica(replica).close();
      this.stores[replica] = await open();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.stores.map((store) => store.close()));
  }

  private compare(what: string, events: AnyRecordedEvent[] | string, wanted: readonly Kept[]): void {
    const found =
      typeof events === 'string'
        ? events
        : events.map(({ id, by, type, data, entry, stream, revision, position }) => ({
            ...{ id, by, type, data, entry },
            ...{ stream, revision, position },
          }));
    const expected = wanted.map(({ key, words, stream, revision, position }) => ({
      ...eventOf({ key, words }),
      ...{ stream, revision, position: this.positions.get(position) },
    }));
    this.judge(isDeepStrictEqual(found, expected), what, expected, found);
  }

  private judge(isSame: boolean, ...seen: unknown[]): void {
    if (isSame) return;
    this.divergences += 1;
    this.firstFault ??= JSON.stringify(seen).slice(0, 1_500);
  }

  private replica(number: number): EventStore {
    return this.stores[number % this.stores.length] as EventStore;
  }

  /** A replica that has followed everything answered by any replica. */
  private async inStep(number: number): Promise<EventStore> {
    const store = this.replica(number);
    for (let waitedMs = 0; store.status().head < this.answered && waitedMs < 30_000; waitedMs += 2)
      await new Promise((resolve) => setTimeout(resolve, 2));
    return store;
  }
}

/** The negative control: a store that treats any revision as the expected one. */
export function takesAnyRevision<Store extends EventStore>(store: Store): Store {
  return { ...store, append: (stream, events) => store.append(stream, events, 'any') };
}
