import { promisify } from 'node:util';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { peer } from './installed.js';
import type { OpenSubject } from './subject.js';

type Said = { type: string } & Record<string, unknown>;

interface EvtStore {
  createAggregate(options: {
    stream: string;
    create(): { count: number };
    fold(event: Said, state: { count: number }): { count: number };
  }): unknown;
  createDomain(
    options: { provider: unknown },
    aggregates: Record<string, unknown>,
  ): { domain: { project: { getAggregate(id: string): Promise<{ count: number }> } } };
  createCommands(
    aggregate: unknown,
    handlers: { say(command: { said: Said[] }): Promise<Said[]> },
  ): { say(id: string, command: { said: Said[] }): Promise<unknown> };
}

/** evtstore with its in-memory store. */
export const openEvtstore: OpenSubject = async () => {
  const { createAggregate, createDomain, createCommands } = peer<EvtStore>('evtstore');
  const { createProvider } = peer<{ createProvider(): unknown }>('evtstore/provider/memory');
  const project = createAggregate({
    stream: 'project',
    create: () => ({ count: 0 }),
    fold: (_, { count }) => ({ count: count + 1 }),
  });
  const { domain } = createDomain({ provider: createProvider() }, { project });
  const commands = createCommands(domain.project, { say: async ({ said }) => said });
  return {
    append: (stream, events) => commands.say(stream, { said: events.map(saidIn) }),
    load: async (stream) => (await domain.project.getAggregate(stream)).count,
    close: async () => {},
  };
};

interface EventStoreStream {
  events: unknown[];
  addEvents(events: Said[]): void;
  commit(done: (error: Error | null) => void): void;
}

interface OldEventStore {
  init(done: (error: Error | null) => void): void;
  getEventStream(stream: string, done: (error: Error | null, found: EventStoreStream) => void): void;
}

/** eventstore with its in-memory store; an append loads the stream first, as its API requires. */
export const openEventstore: OpenSubject = async () => {
  const store = peer<() => OldEventStore>('eventstore')();
  await promisify((done: (error: Error | null) => void) => store.init(done))();
  const streamOf = promisify((name: string, done: (error: Error | null, found: EventStoreStream) => void) =>
    store.getEventStream(name, done),
  );
  return {
    async append(name, events) {
      const stream = await streamOf(name);
      stream.addEvents(events.map(saidIn));
      await promisify((done: (error: Error | null) => void) => stream.commit(done))();
    },
    load: async (name) => (await streamOf(name)).events.length,
    close: async () => {},
  };
};

interface Lmdb {
  open(options: Record<string, unknown>): {
    put(key: number, value: string): Promise<boolean>;
    close(): Promise<void>;
  };
}

/** LMDB as a limit: the text of each append under the next number, answered when it is flushed; no index, no checks. */
export const openLmdb: OpenSubject = async (path) => {
  const database = peer<Lmdb>('lmdb').open({
    path,
    encoding: 'string',
    keyEncoding: 'uint32',
    mapSize: 4 * 2 ** 30,
    // Otherwise a put resolves when it is readable, before it is flushed.
    overlappingSync: false,
  });
  let last = 0;
  return {
    append: (stream, events) =>
      Promise.all(
        events.map((event) => {
          last += 1;
          return database.put(last, JSON.stringify({ stream, ...event }));
        }),
      ),
    close: () => database.close(),
  };
};

function saidIn({ type, data, entry, id, by }: NewEvent): Said {
  return { type, ...data, entryMetadata: entry, id, by };
}
