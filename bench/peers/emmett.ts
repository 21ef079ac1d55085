import { streamOf } from '../../domain/project/events.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { projectName } from '../generate.js';
import { eventOf } from '../site-life.js';
import { peer } from './installed.js';
import type { OpenSubject, Replayed, Subject } from './subject.js';

interface EmmettEvent {
  type: string;
  data: unknown;
  metadata: unknown;
}

interface EmmettStore {
  appendToStream(stream: string, events: EmmettEvent[]): Promise<unknown>;
  aggregateStream(
    stream: string,
    fold: { initialState(): number; evolve(count: number): number },
  ): Promise<{ state: number }>;
  close?(): Promise<void>;
}

interface EmmettSqliteStore extends EmmettStore {
  schema: { migrate(): Promise<void> };
  consumer(options: { pulling: { batchSize: number; pullingFrequencyInMs: number } }): {
    processor(options: {
      processorId: string;
      startFrom: 'BEGINNING';
      eachMessage(): void;
      stopAfter(): boolean;
    }): unknown;
    start(): Promise<void>;
  };
}

interface EmmettSqlite {
  getSQLiteEventStore(options: { fileName: string; pool?: unknown }): EmmettSqliteStore;
  SQLiteConnectionPool(options: unknown): unknown;
  sqliteConnection(options: { fileName: string }): unknown;
}

export const openEmmettInMemory: OpenSubject = async () =>
  subjectOf(
    peer<{ getInMemoryEventStore(): EmmettStore }>('@event-driven-io/emmett').getInMemoryEventStore(),
  );

/** As in its documentation: one connection per operation. */
export const openEmmettSqlite: OpenSubject = async (fileName) =>
  sqliteSubjectOf(peer<EmmettSqlite>('@event-driven-io/emmett-sqlite').getSQLiteEventStore({ fileName }));

/**
 * All operations on one connection from its own pool; its fastest mode.
 *
 * Concurrent commands then share a transaction that only the last one commits, so the others are answered before they
 * are durable.
 */
export const openEmmettSqliteShared: OpenSubject = async (fileName) => {
  const emmett = peer<EmmettSqlite>('@event-driven-io/emmett-sqlite');
  const connectionOptions = { singleton: true, connection: emmett.sqliteConnection({ fileName }) };
  const pool = emmett.SQLiteConnectionPool({ fileName, connectionOptions });
  return sqliteSubjectOf(emmett.getSQLiteEventStore({ fileName, pool }));
};

function subjectOf(store: EmmettStore): Subject {
  return {
    append: (stream, events) => store.appendToStream(stream, events.map(emmettEvent)),
    async load(stream) {
      const { state } = await store.aggregateStream(stream, {
        initialState: () => 0,
        evolve: (count) => count + 1,
      });
      return state;
    },
    close: async () => store.close?.(),
  };
}

async function sqliteSubjectOf(store: EmmettSqliteStore): Promise<Subject> {
  await store.schema.migrate();
  return {
    ...subjectOf(store),
    async replay(shape, mostSeconds): Promise<Replayed> {
      for (let project = 0; project < shape.projects; project += 1) {
        const events = Array.from({ length: shape.eventsEach }, (_, i) => eventOf(shape, project, i));
        await store.appendToStream(streamOf(projectName(project)), events.map(emmettEvent));
      }
      const all = shape.projects * shape.eventsEach;
      let events = 0;
      const started = performance.now();
      const passed = () => (performance.now() - started) / 1000;
      const consumer = store.consumer({ pulling: { batchSize: 100, pullingFrequencyInMs: 1 } });
      consumer.processor({
        processorId: 'replay',
        startFrom: 'BEGINNING',
        eachMessage: () => {
          events += 1;
        },
        stopAfter: () => events >= all || passed() > mostSeconds,
      });
      await consumer.start();
      return { events, seconds: passed() };
    },
  };
}

function emmettEvent({ type, data, entry, id, by }: NewEvent): EmmettEvent {
  return { type, data: { ...data, entryMetadata: entry }, metadata: { id, by } };
}
