import { renameSync, rmSync } from 'node:fs';
import type { Instant } from '../domain/calendar.js';
import type { RecordedEvent } from '../domain/events.js';
import type { EventStore, Subscription } from '../event-store/event-store.js';
import type { World } from './ports.js';
import { Refused } from './refusals.js';
import { ViewsFile } from './views-file.js';

/** How long a read waits for one's own write, in milliseconds. */
const waitMs = 2_000;
/** How long views that failed wait before they are tried again, in milliseconds. */
const retryMs = 5_000;

/** How far a rebuild is: events done of those that were there when it began. */
export type OnProgress = (done: number, of: number) => void;

export type ViewsState = 'live' | 'catching-up' | 'rebuilding' | 'failed';

/** Follows the log into the views file, and swaps in a rebuilt one. */
export class Views {
  private subscription?: Subscription;
  private retry: () => void = () => undefined;
  private readonly waiting = new Set<() => void>();
  private readonly listeners = new Set<(events: readonly RecordedEvent[]) => void>();
  state: ViewsState = 'catching-up';
  failure?: Error;

  private constructor(
    private readonly store: EventStore,
    private readonly world: World,
    private readonly storeName: string,
    private file: ViewsFile,
  ) {}

  /**
   * Opens the views at a path, makes them from the log when they are missing, of another version or unreadable, and
   * follows the log from where they stand. Resolves when they have caught up.
   */
  static async open(
    options: { store: EventStore; world: World; storeName: string; path: string },
    onProgress: OnProgress = () => undefined,
  ): Promise<Views> {
    const { store, world, storeName, path } = options;
    const head = await store.head();
    const existing = ViewsFile.openExisting(path, storeName);
    const usable = existing && existing.position <= head ? existing : undefined;
    if (existing && !usable) existing.close();
    const file = usable ?? (await rebuilt(store, storeName, path, onProgress));
    const views = new Views(store, world, storeName, file);
    await views.follow();
    return views;
  }

  get position(): number {
    return this.file.position;
  }

  get projectCount(): number {
    return this.file.projectCount();
  }

  states(): ReturnType<ViewsFile['states']> {
    return this.file.states();
  }

  entries(project: string, position: number): RecordedEvent[] {
    return this.file.entries(project, position);
  }

  projects(after: string, position: number, limit: number): string[] {
    return this.file.projects(after, position, limit);
  }

  positionOf(instant: Instant): number {
    return this.file.positionOf(instant);
  }

  /** Calls back with every page of events after they are in the views. */
  onEvents(listener: (events: readonly RecordedEvent[]) => void): void {
    this.listeners.add(listener);
  }

  /**
   * Resolves once the views hold a position.
   *
   * @throws Refused `view-behind` when they do not within 2 s
   */
  async waitFor(position: number): Promise<void> {
    if (this.position >= position) return;
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (this.position < position) return;
        this.waiting.delete(look);
        stop();
        resolve();
      };
      const stop = this.world.after(waitMs, () => {
        this.waiting.delete(look);
        const fault = {
          member: 'after',
          seen: `position ${position}, and the views hold ${this.position}`,
          expected: 'a position that is in the log; try again',
        };
        reject(new Refused('view-behind', fault, { position: this.position }));
      });
      this.waiting.add(look);
    });
  }

  /** Makes all views again from the log, beside the ones in use, and swaps them when they have caught up. */
  async rebuild(onProgress: OnProgress = () => undefined): Promise<void> {
    const before = this.state;
    this.state = 'rebuilding';
    try {
      const path = this.file.path;
      const next = await built(this.store, this.storeName, `${path}.next`, onProgress);
      while (next.position < this.position) {
        for await (const page of this.store.readAll(next.position)) next.apply(page);
      }
      this.file.close();
      this.file = swapped(next, path, this.storeName);
    } finally {
      this.state = before;
    }
    this.wake();
  }

  async close(): Promise<void> {
    this.retry();
    await this.subscription?.close();
    this.file.close();
  }

  private async follow(): Promise<void> {
    this.state = 'catching-up';
    this.subscription = this.store.subscribe(
      this.file.position,
      (events) => this.take(events),
      (error) => this.fail(error),
    );
    await this.subscription.caughtUp;
    if (this.state === 'catching-up') this.state = 'live';
  }

  /** What stopped the views (a full disk, say) may pass: they are tried again from where they stand. */
  private fail(error: Error): void {
    this.state = 'failed';
    this.failure = error;
    this.retry = this.world.after(
      retryMs,
      () => void this.follow().catch((again: Error) => this.fail(again)),
    );
  }

  private take(events: readonly RecordedEvent[]): void {
    this.file.apply(events);
    for (const listener of this.listeners) listener(events);
    this.wake();
  }

  private wake(): void {
    for (const look of this.waiting) look();
  }
}

async function rebuilt(
  store: EventStore,
  storeName: string,
  path: string,
  onProgress: OnProgress,
): Promise<ViewsFile> {
  const next = await built(store, storeName, `${path}.next`, onProgress);
  return swapped(next, path, storeName);
}

async function built(
  store: EventStore,
  storeName: string,
  path: string,
  onProgress: OnProgress,
): Promise<ViewsFile> {
  remove(path);
  const file = ViewsFile.create(path, storeName);
  const head = await store.head();
  let done = 0;
  for await (const page of store.readAll()) {
    file.apply(page);
    done += page.length;
    onProgress(done, Math.max(done, head));
  }
  return file;
}

/** Puts a finished file in the place of the one that is closed; nothing else runs in between. */
function swapped(next: ViewsFile, path: string, storeName: string): ViewsFile {
  next.close();
  remove(path);
  renameSync(next.path, path);
  const file = ViewsFile.openExisting(path, storeName);
  if (!file) throw new Error(`${path} cannot be read right after it was made.`);
  return file;
}

function remove(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}
