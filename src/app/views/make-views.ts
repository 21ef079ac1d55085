import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import { streamOf } from '../../../domain/project/events.js';
import type { EventStore, Journal } from '../../event-store/event-store.js';
import { ViewsFile, type ViewsKind } from './views-file.js';

/** Events that are taken into views in one go while they are made: enough to share a commit, few enough to serve others. */
const takenAtOnce = 1_000;

/** How far a rebuild is: events done of those that were there when it began. */
export type OnProgress = (done: number, of: number) => void;

/** What views are made from: all events in their order, and where they end. */
export type LogOfViews = Pick<EventStore, 'head' | 'readAll' | 'isShared' | 'journal'>;

/** A log that can be asked itself needs no copy. */
export const kindOf = ({ journal }: Pick<LogOfViews, 'journal'>): ViewsKind => (journal ? 'lean' : 'whole');

/** Opens the views at a path; makes them when they are missing, damaged, of another version or of another log. */
export async function openOrMake(
  store: EventStore,
  storeName: string,
  path: string,
  onProgress: OnProgress,
): Promise<ViewsFile> {
  const existing = ViewsFile.openExisting(path, storeName, kindOf(store));
  if (existing && (await isMadeFrom(store, existing))) return existing;
  existing?.close();
  const head = await store.head();
  const next = await made(store, storeName, `${path}.next`, () => head, onProgress);
  return swapped(next, path, storeName);
}

/** A new file at a path with the log up to a goal or further; nothing is left there when it fails. */
export async function made(
  store: LogOfViews,
  storeName: string,
  path: string,
  goal: () => number,
  onProgress: OnProgress,
): Promise<ViewsFile> {
  remove(path);
  const file = ViewsFile.create(path, storeName, kindOf(store), true);
  try {
    await fill(file, store, goal, onProgress);
    return file;
  } catch (error) {
    file.close();
    remove(path);
    throw error;
  }
}

/** Fills a file with what comes next in the log until it has reached a goal, which may move on meanwhile. */
export async function fill(
  file: ViewsFile,
  store: LogOfViews,
  goal: () => number,
  onProgress: OnProgress = () => undefined,
): Promise<void> {
  const head = await store.head();
  if (store.journal) return fillLean(file, store.journal, head, onProgress);
  let done = 0;
  let taken: AnyRecordedEvent[] = [];
  const apply = () => {
    file.apply(taken);
    done += taken.length;
    taken = [];
    // Positions of a cluster are no counts: how many events there are is told by how far it has come.
    const of = store.isShared ? Math.round((done * head) / Math.max(1, file.position)) : head;
    onProgress(done, Math.max(done, of));
  };
  for await (const page of store.readAll(file.position)) {
    taken.push(...page);
    const isThere = (page.at(-1)?.position ?? 0) >= goal();
    if (isThere || taken.length >= takenAtOnce) apply();
    // Not at the end of the log, which others may be moving on with every page.
    if (isThere) return;
  }
  apply();
}

/** The log answers for projects itself, so only the other streams are read. */
async function fillLean(
  file: ViewsFile,
  journal: Journal,
  head: number,
  onProgress: OnProgress,
): Promise<void> {
  for await (const page of journal.readOthers(streamOf(''), file.position)) {
    file.apply(page);
    onProgress(Math.min(head, file.position), head);
  }
  const last = journal.at(head);
  if (last) file.reach(last);
  onProgress(head, head);
}

/** True when the last event of the views is the one that the log has in its place. */
export async function isMadeFrom(store: EventStore, { endsWith, position }: ViewsFile): Promise<boolean> {
  if (!endsWith) return position === 0;
  if (store.journal) return store.journal.at(position)?.id === endsWith.id;
  for await (const [event] of store.readStream(endsWith.stream, endsWith.revision))
    return event?.id === endsWith.id && event.position === position;
  return false;
}

/** Puts a finished file in the place of the one that is closed; nothing else runs in between. */
export function swapped(next: ViewsFile, path: string, storeName: string): ViewsFile {
  next.close();
  flush(next.path);
  remove(path);
  renameSync(next.path, path);
  const file = ViewsFile.openExisting(path, storeName, next.kind);
  if (!file) throw new Error(`${path} cannot be read right after it was made.`);
  return file;
}

/** A name can outlive a power cut that its content did not. */
function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function remove(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}
