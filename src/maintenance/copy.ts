import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { Instant } from '../../domain/values/days/calendar.js';
import { made } from '../app/views/make-views.js';
import { prepareDataFolder } from '../composition/folder/data-folder.js';
import { storePath } from '../composition/folder/data-paths.js';
import { clusterNamed } from '../composition/settings/config.js';
import { viewsFor } from '../composition/view-list.js';
import { nextTurn, world } from '../composition/world.js';
import { Chain, type Chained } from '../event-store/chain.js';
import { copyLog, firstDifference, type RawLog, type RawTarget } from '../event-store/copy.js';
import { openClusterRaw } from '../event-store/eventstoredb/raw.js';
import { openSqliteRaw, openSqliteTarget } from '../event-store/sqlite/raw.js';

/** A store named on the command line. */
export type StoreNamed = { name: string } & (
  | { kind: 'file'; path: string; folder?: string; isThere: boolean }
  | { kind: 'cluster'; url: string; prefix: string; isPasswordTyped: boolean }
);

/** The first or last event of a log. */
export interface Ended {
  position: number;
  recordedAt: Instant;
  stream: string;
  revision: number;
  id: string;
}

/** The content of one store. */
interface Holding {
  name: string;
  installation: string | null;
  events: number;
  streams: number;
  first: Ended | null;
  last: Ended | null;
}

/** The result of a copy or a comparison. */
export interface Copied {
  from: Holding;
  to: Holding;
  /** Events in the target before, and added to it; null for a comparison. */
  copied: { before: number; added: number } | null;
  /** SHA-256 of the log and of every view of each side, with positions counted from 1. */
  digests: { of: string; from: string; to: string; isSame: boolean }[];
  isSame: boolean;
  /** The first difference of the two logs. */
  difference: string | null;
  /** The source has grown since; the new events are not part of the copy. */
  hasSourceGrown: boolean;
}

/** The current step and its progress; the total if known. */
export type OnStep = (
  step: 'copying' | 'verifying-source' | 'verifying-target',
  done: number,
  of?: number,
) => void;

/**
 * Resolves a command line argument to a store.
 *
 * A path that does not exist is a data folder, unless its name has an extension as `events.db` has.
 *
 * @throws ConfigInvalid the address of a cluster is invalid or unsafe
 */
export function storeNamed(text: string, place: 'FROM' | 'TO', prefix?: string): StoreNamed {
  const cluster = clusterNamed(text, place, prefix);
  if (cluster) {
    const { url, hosts } = cluster;
    const name = `esdb://${hosts} (prefix "${cluster.prefix}")`;
    return {
      kind: 'cluster',
      name,
      url,
      prefix: cluster.prefix,
      isPasswordTyped: /:[^@/]*@/.test(text),
    };
  }
  const isFile = existsSync(text) ? statSync(text).isFile() : extname(text) !== '';
  const path = isFile ? text : storePath(text);
  return { kind: 'file', name: path, path, isThere: existsSync(path), ...(isFile ? {} : { folder: text }) };
}

/** True if two arguments mean the same store. */
export function isSameStore(a: StoreNamed, b: StoreNamed): boolean {
  if (a.kind === 'file' && b.kind === 'file') return resolve(a.path) === resolve(b.path);
  return a.kind === 'cluster' && b.kind === 'cluster' && a.name === b.name;
}

/**
 * Copies a store into another, and compares the result: every event, and every view built from them.
 *
 * It may be interrupted at any moment and repeated. A new file is named `.part` until both are equal.
 *
 * @throws StoreRefused the target holds something else
 * @throws StoreCorrupt, StoreInUse, StoreUnavailable, StoreFull, DataFolderUnusable
 */
export async function copyStore(from: StoreNamed, to: StoreNamed, onStep: OnStep): Promise<Copied> {
  const source = await opened(from);
  let target: RawTarget | undefined;
  try {
    target = await openedTarget(to);
    const copied = await copyLog(source, target, (done, of) => onStep('copying', done, of));
    const result = await compared(source, await target.written(), copied, onStep);
    if (result.isSame) await target.finish();
    return result;
  } finally {
    await target?.close();
    await source.close();
  }
}

/** Compares the content of two stores without changing them. */
export async function compareStores(from: StoreNamed, to: StoreNamed, onStep: OnStep): Promise<Copied> {
  const source = await opened(from);
  let target: RawLog | undefined;
  try {
    target = await opened(to);
    return await compared(source, target, null, onStep);
  } finally {
    await target?.close();
    await source.close();
  }
}

export async function opened(store: StoreNamed): Promise<RawLog> {
  return store.kind === 'cluster' ? openClusterRaw(store, world) : openSqliteRaw(store.path, { nextTurn });
}

export async function openedTarget(store: StoreNamed): Promise<RawTarget> {
  if (store.kind === 'cluster') return openClusterRaw(store, world);
  if (store.folder !== undefined) prepareDataFolder(store.folder);
  return openSqliteTarget(store.path, { nextTurn, newId: world.newId });
}

/** How the events of a side are read for a comparison, and the bytes by which they are compared. */
export interface Look {
  event: AnyRecordedEvent;
  compared: string;
}

/** How the events of two sides are read; as they are stored when absent. */
export interface Looks {
  /** Each makes a function that is called with the events of its side in order; undefined leaves one out. */
  source(): (chained: Chained) => Look | undefined;
  target(): (chained: Chained) => Look | undefined;
  difference(): Promise<string | undefined>;
}

/** Compares two logs, and the views that are built from them. */
export async function compared(
  source: RawLog,
  target: RawLog,
  copied: Copied['copied'],
  onStep: OnStep,
  looks: Looks = {
    source: () => asStored,
    target: () => asStored,
    difference: () => firstDifference(source, target),
  },
): Promise<Copied> {
  const folder = mkdtempSync(join(tmpdir(), 'topout-copy-'));
  try {
    const path = join(folder, 'views.db');
    const of = copied ? copied.before + copied.added : undefined;
    const from = await looked(source, path, looks.source(), (done) => onStep('verifying-source', done, of));
    const to = await looked(target, path, looks.target(), (done) =>
      onStep('verifying-target', done, from.holding.events),
    );
    const digests = from.digests.map(([name, digest], index) => {
      const other = to.digests[index]?.[1] ?? '';
      return { of: name, from: digest, to: other, isSame: digest === other };
    });
    const isSame = digests.every((digest) => digest.isSame);
    return {
      from: from.holding,
      to: to.holding,
      copied,
      digests,
      isSame,
      difference: isSame ? null : ((await looks.difference()) ?? null),
      hasSourceGrown: await source.hasGrown(),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function asStored({ event, leaf }: Chained): Look {
  return { event, compared: leaf };
}

/** Verifies a whole log, and builds its views in a temporary file. */
async function looked(
  log: RawLog,
  path: string,
  look: (chained: Chained) => Look | undefined,
  onEvents: (done: number) => void,
): Promise<{ holding: Holding; digests: [of: string, digest: string][] }> {
  const chain = new Chain(log.name);
  const digest = createHash('sha256');
  let first: Ended | null = null;
  let last: Ended | null = null;
  async function* pages(): AsyncGenerator<AnyRecordedEvent[]> {
    for await (const page of log.pages()) {
      const events = page.flatMap((raw) => {
        const chained = chain.take(raw);
        last = { ...endOf(chained.event), position: raw.position };
        first ??= last;
        const found = look(chained);
        if (found) digest.update(found.compared);
        return found ? [found.event] : [];
      });
      yield events;
    }
  }
  const count = log.count ?? 0;
  const store = { count, head: async () => count, readAll: pages };
  const place = { store, storeName: log.name, path, list: viewsFor({}) };
  const views = await made(place, () => Number.POSITIVE_INFINITY, onEvents);
  const ofViews = views.digests().map(({ view, digest }): [string, string] => [view, digest]);
  views.close();
  const { name, installation = null } = log;
  const holding = { name, installation, events: chain.events, streams: chain.streams, first, last };
  return { holding, digests: [['log', digest.digest('hex')], ...ofViews] };
}

function endOf({ recordedAt, stream, revision, id }: AnyRecordedEvent): Omit<Ended, 'position'> {
  return { recordedAt, stream, revision, id };
}
