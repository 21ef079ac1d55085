import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import { streamOf } from '../../../domain/project/events.js';
import type { EventStore, StoreJournal } from '../../event-store/event-store.js';
import type { View } from './view.js';
import { ViewsFile } from './views-file.js';

/** Events per transaction while views are built: enough to share a commit, few enough to serve others. */
const takenAtOnce = 1_000;

/** Progress of a rebuild: events processed, of those at its start. */
export type OnProgress = (done: number, of: number) => void;

/** The log that views are made from; `count` is how many events it has, where that is known. */
export type LogOfViews = Pick<EventStore, 'head' | 'readAll' | 'journal'> & { count?: number };

/** Where views are made, and of what. */
export interface MakeViews {
  store: LogOfViews;
  /** Names the log. */
  storeName: string;
  path: string;
  list: readonly View[];
}

/** A new file at a path with the log up to a goal or further; nothing is left there on failure. */
export async function made(
  { store, storeName, path, list }: MakeViews,
  goal: () => number,
  onProgress: OnProgress,
): Promise<ViewsFile> {
  remove(path);
  const file = ViewsFile.create(path, storeName, list, true);
  try {
    await fill(file, store, goal, onProgress);
    return file;
  } catch (error) {
    file.close();
    remove(path);
    throw error;
  }
}

/** Fills a file with the log until it has reached a goal, which may advance meanwhile. */
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
    // Positions need not count events: how many there are follows from how far the file has come.
    const of = store.count ?? Math.round((done * head) / Math.max(1, file.position));
    onProgress(done, Math.max(done, of));
  };
  for await (const page of store.readAll(file.position)) {
    taken.push(...page);
    const isThere = (page.at(-1)?.position ?? 0) >= goal();
    if (isThere || taken.length >= takenAtOnce) apply();
    // Not at the end of the log, which others may advance with every page.
    if (isThere) return;
  }
  apply();
}

/** The log answers for projects itself, so only the other streams are read. */
async function fillLean(
  file: ViewsFile,
  journal: StoreJournal,
  head: number,
  onProgress: OnProgress,
): Promise<void> {
  for await (const page of journal.readOthers(streamOf(''), file.position)) {
    file.apply(page);
    onProgress(Math.min(head, file.position), head);
  }
  const [last] = journal.after(head - 1, 1);
  if (last) file.reach(last);
  onProgress(head, head);
}

/** True if the last event of the views is the log's event at that place. */
export async function isMadeFrom(store: EventStore, { endsWith, position }: ViewsFile): Promise<boolean> {
  if (!endsWith) return position === 0;
  if (store.journal) return store.journal.after(position - 1, 1)[0]?.id === endsWith.id;
  for await (const [event] of store.readStream(endsWith.stream, endsWith.revision))
    return event?.id === endsWith.id && event.position === position;
  return false;
}

/** Replaces the closed file by a finished one; nothing else runs in between. */
export function swapped(
  next: ViewsFile,
  { path, storeName, list }: Pick<MakeViews, 'path' | 'storeName' | 'list'>,
): ViewsFile {
  next.close();
  flush(next.path);
  remove(path);
  renameSync(next.path, path);
  const file = ViewsFile.openExisting(path, storeName, list);
  if (!file) throw new Error(`${path} cannot be read right after it was made.`);
  return file;
}

/** A name can survive a power cut that its content did not. */
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
