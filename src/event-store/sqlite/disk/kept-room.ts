import { dirname, join } from 'node:path';
import { isProjectStream } from '../../../../domain/project/events.js';
import type { Instant } from '../../../../domain/values/calendar.js';
import { StoreFull } from '../../errors.js';
import type { SqliteStore } from '../sqlite.js';
import { Reserve } from './reserve.js';

/** What an installation keeps free on the disk of its store, in bytes. */
export interface RoomKept {
  /** Under this no entry of a project is taken. */
  freeBytes: number;
  /** Held by a file of this size, which is given up for alerts when nothing else is left. */
  reserveBytes: number;
}

/** What keeping room needs of the world, and whom it tells. */
export interface RoomPorts {
  now(): Instant;
  after(ms: number, call: () => void): () => void;
  /** Bytes that may still be written on the disk of a folder; undefined where the system does not tell. */
  freeBytes(folder: string): number | undefined;
  /** Told in a sentence when entries are no longer taken, and when they are again. */
  tell(sentence: string): void;
}

/** How long what was seen of the disk counts, in milliseconds, and for how many events. */
const lookMs = 1_000;
const lookEvents = 2_000;

const mebibyte = 1024 * 1024;

/**
 * The store, which refuses entries of projects while its disk has less room than is to stay free, so that what nobody can
 * put off - alerts, what was told of them, the governance - can still be recorded, with the room of the reserve at the end.
 *
 * A full disk costs no look: what the disk has is asked once a second while something is appended, and every 2,000 events.
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
    const why = `${seen}, and entries are taken from ${asMebibytes(kept.freeBytes)} on`;
    if (!short)
      ports.tell(
        `${why}. Nothing but alerts and governance is recorded until there is room; reading goes on.`,
      );
    short = { since: short?.since ?? ports.now(), why };
  }

  function turnWide(): void {
    if (short) ports.tell('The disk of the store has room again; entries are taken.');
    short = undefined;
  }

  /** Looks again in a second, for as long as there is something to see. */
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
        // Nothing was stored of it, so that it may be sent again as it is.
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
