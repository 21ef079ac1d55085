import { dirname, join } from 'node:path';
import { isProjectStream } from '../../../../domain/project/events.js';
import type { Instant } from '../../../../domain/values/days/calendar.js';
import { StoreFull } from '../../errors.js';
import type { SqliteStore } from '../sqlite.js';
import { Reserve } from './reserve.js';

/** The free space that an installation keeps on the disk of its store, in bytes. */
export interface RoomKept {
  /** Below this, entries of projects are refused. */
  freeBytes: number;
  /** The size of the reserve file, which is deleted to record alerts when nothing else is left. */
  reserveBytes: number;
}

/** The dependencies and callbacks of the space guard. */
export interface RoomPorts {
  now(): Instant;
  after(ms: number, call: () => void): () => void;
  /** Free bytes on the disk of a folder; undefined if the system does not report them. */
  freeBytes(folder: string): number | undefined;
  /** Called with a sentence when entries are refused for lack of space, and when they are accepted again. */
  tell(sentence: string): void;
}

/** How long a measurement of free space is valid, in milliseconds and in events. */
const lookMs = 1_000;
const lookEvents = 2_000;

const mebibyte = 1024 * 1024;

/**
 * A store that refuses entries of projects while its disk has less free space than reserved, so that urgent events -
 * alerts, their notices, governance - can still be recorded, finally in the space of the reserve.
 *
 * The free space is measured at most once a second during appends, and every 2,000 events.
 */
export function keepingRoom(store: SqliteStore, kept: RoomKept, ports: RoomPorts): SqliteStore {
  const folder = dirname(store.path);
  const reserve = new Reserve(join(folder, 'reserve'), kept.reserveBytes);
  let short: { since: Instant; why: string } | undefined;
  let eventsSince = 0;
  let isWatching = false;
  let stop: () => void = () => undefined;

  function look(): void {
    eventsSince = 0;
    const free = ports.freeBytes(folder) ?? Number.POSITIVE_INFINITY;
    if (free < kept.freeBytes) turnShort(`${asMebibytes(free)} are left on the disk of the store`);
    else turnWide();
    if (free >= kept.freeBytes + kept.reserveBytes) reserve.fill();
  }

  function turnShort(seen: string): void {
    const why = `${seen}, and entries are accepted from ${asMebibytes(kept.freeBytes)} on`;
    if (!short)
      ports.tell(`${why}. Only alerts and governance are recorded until there is room; reads continue.`);
    short = { since: short?.since ?? ports.now(), why };
  }

  function turnWide(): void {
    if (short) ports.tell('The disk of the store has room again; entries are accepted.');
    short = undefined;
  }

  /** Measures again in a second, for as long as space is short. */
  function watch(): void {
    if (isWatching) return;
    isWatching = true;
    look();
    stop = ports.after(lookMs, () => {
      isWatching = false;
      if (short || eventsSince > 0 || !reserve.isHeld) watch();
    });
  }

  const guarded: Pick<SqliteStore, 'append' | 'status' | 'close'> = {
    async append(stream, events, expected, ids) {
      watch();
      eventsSince += events.length;
      if (eventsSince > lookEvents) look();
      const isEntry = isProjectStream(stream);
      if (short && isEntry) throw new StoreFull(undefined, short.why);
      try {
        return await store.append(stream, events, expected, ids);
      } catch (error) {
        // Nothing of it was stored, so it may be resent unchanged.
        if (!(error instanceof StoreFull) || isEntry || !reserve.giveUp()) throw error;
        return store.append(stream, events, expected, ids);
      }
    },
    status: () => ({ ...store.status(), ...(short ? { notWriting: short } : {}) }),
    async close() {
      stop();
      isWatching = true;
      await reserve.settled();
      await store.close();
    },
  };
  return Object.assign(Object.create(store) as SqliteStore, guarded);
}

const asMebibytes = (bytes: number): string => `${Math.floor(bytes / mebibyte)} MiB`;
