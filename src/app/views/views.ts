import { type Subscription, tap } from 'rxjs';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import { projectOf, type RecordedEvent, streamOf } from '../../../domain/project/events.js';
import type { Instant } from '../../../domain/values/calendar.js';
import { finished, type Steps } from '../../../projections/facts/steps.js';
import { StoreUnavailable } from '../../event-store/errors.js';
import type { EventPage, EventStore } from '../../event-store/event-store.js';
import type { World } from '../ports.js';
import type { MomentAsked } from '../queries/asked.js';
import { Refused } from '../refusals.js';
import { fill, isMadeFrom, kindOf, made, type OnProgress, openOrMake, swapped } from './make-views.js';
import { ViewsBroken, type ViewsEnd, ViewsFile } from './views-file.js';

/** How long a read waits for one's own write, in milliseconds. */
const waitMs = 2_000;
/** Projects that are looked for at once. */
const movedAtOnce = 200;
/** How long views that failed wait before they are tried again, in milliseconds. */
const retryMs = 5_000;
/** How long it waits at the start for a store that may be out of reach, in milliseconds. */
const patienceMs = 10_000;

/** `unmade`: there are none yet, because the store could not be read so far. */
export type ViewsState = 'live' | 'catching-up' | 'rebuilding' | 'failed' | 'unmade';

/** Where views are opened, and on what. */
interface OpenViews {
  store: EventStore;
  /** Names the log. */
  storeName: string;
  path: string;
  world: World;
  /** Aborted when the service is to end before they are open. */
  ending?: AbortSignal;
}

/** Follows the log into the views file, and swaps in a rebuilt one. */
export class Views {
  private subscription?: Subscription;
  private stopRetry: () => void = () => undefined;
  private readonly waiting = new Set<() => void>();
  private readonly listeners = new Set<(events: readonly AnyRecordedEvent[]) => void>();
  private readonly swapListeners = new Set<() => void>();
  private readonly failureListeners = new Set<(error: Error) => void>();
  private following: 'live' | 'catching-up' | 'failed' = 'catching-up';
  private failure?: Error;
  private isRebuilding = false;
  private isClosed = false;
  private closing?: Promise<void>;
  /** True once the file is known to be made from the log of this store. */
  private isJoined = true;
  private stoodStillAt?: Instant;
  /** When they were first seen behind a log that is followed. */
  private seenLateAt?: Instant;
  private readonly made = Promise.withResolvers<void>();

  private constructor(
    private readonly store: EventStore,
    private readonly world: World,
    private readonly storeName: string,
    private readonly path: string,
    private file: ViewsFile,
  ) {}

  /**
   * Opens the views at a path, makes them from the log when they are missing, damaged, of another version or of another
   * log, and follows the log from where they stand. Resolves when they have caught up.
   */
  static async open(options: OpenViews, onProgress: OnProgress = () => undefined): Promise<Views> {
    const { store, world, storeName, path, ending } = options;
    if (store.isShared) return Views.openPatiently(options, onProgress);
    const file = await openOrMake(store, storeName, path, onProgress);
    const views = new Views(store, world, storeName, path, file);
    views.made.resolve();
    // What is caught up with is waited for, unless nobody waits any more.
    ending?.addEventListener('abort', () => void views.close(), { once: true });
    try {
      await views.follow().catch(async (error: Error) => {
        views.stopRetry();
        if (!(error instanceof ViewsBroken)) throw error;
        await views.rebuild(onProgress);
        await views.follow();
      });
      return views;
    } catch (error) {
      await views.close();
      throw error;
    }
  }

  /**
   * Opens the views of a store that may be out of reach, and joins it in the background: those that are there are answered
   * from meanwhile, and when there are none, they are made as soon as the store can be read.
   */
  private static async openPatiently(
    { store, world, storeName, path, ending }: OpenViews,
    onProgress: OnProgress,
  ): Promise<Views> {
    const existing = ViewsFile.openExisting(path, storeName, kindOf(store));
    const file = existing ?? ViewsFile.create(':memory:', storeName, kindOf(store));
    const views = new Views(store, world, storeName, path, file);
    views.isJoined = false;
    views.stoodStillAt = world.now();
    if (existing) views.made.resolve();
    const joined = views.join(onProgress).catch((error: Error) => views.fail(error));
    let stop: () => void = () => undefined;
    const outOfPatience = new Promise<void>((resolve) => {
      stop = world.after(patienceMs, resolve);
      ending?.addEventListener('abort', () => resolve(), { once: true });
    });
    // While they are made, it is progress that is waited for, not an answer.
    await Promise.race([joined, outOfPatience]);
    stop();
    return views;
  }

  /** True once there are views to answer from. */
  get isMade(): boolean {
    return this.file.path !== ':memory:' || !this.store.isShared;
  }

  /** Resolves once there are views to answer from. */
  whenMade(): Promise<void> {
    return this.made.promise;
  }

  /** Since when they may not hold what the log holds, as far as they know; undefined while they follow. */
  get behindSince(): Instant | undefined {
    return this.stoodStillAt;
  }

  /** Since when a log that is followed has been ahead of them, for at least that long; undefined while they hold all of it. */
  get lateSince(): Instant | undefined {
    const { journal } = this.store;
    if (this.position >= this.store.status().head) this.seenLateAt = undefined;
    else if (journal) return journal.at(this.position + 1)?.recordedAt;
    else this.seenLateAt ??= this.world.now();
    return this.seenLateAt;
  }

  get state(): ViewsState {
    if (!this.isMade) return 'unmade';
    return this.isRebuilding && this.following !== 'failed' ? 'rebuilding' : this.following;
  }

  get position(): number {
    return this.file.position;
  }

  /** True when others write to the log too, so that it may turn out to be another one. */
  get isShared(): boolean {
    return this.store.isShared;
  }

  get projectCount(): number {
    return this.store.journal?.countOf(streamOf('')) ?? this.file.projectCount();
  }

  states(): ReturnType<ViewsFile['states']> {
    return this.file.states();
  }

  /** The event that they end with; undefined while they are empty. */
  get endsWith(): ViewsEnd | undefined {
    return this.file.endsWith;
  }

  /** The entries of a project from a revision up to a position (inclusive), oldest first. */
  entries(project: string, position: number, fromRevision = 0): RecordedEvent[] {
    return this.stream(streamOf(project), position, fromRevision) as RecordedEvent[];
  }

  /** The events of a stream from a revision up to a position (inclusive), oldest first. */
  stream(stream: string, position: number, fromRevision = 0): AnyRecordedEvent[] {
    return finished(this.streamInSteps(stream, position, fromRevision));
  }

  /** The same a page in each step, because a project may have tens of thousands of entries. */
  *streamInSteps(stream: string, position: number, fromRevision = 0): Steps<AnyRecordedEvent[]> {
    const found: AnyRecordedEvent[] = [];
    for (;;) {
      const from = this.store.journal ?? this.file;
      const page = from.page(stream, position, fromRevision + found.length);
      if (page.length === 0) return found;
      for (const event of page) found.push(event);
      yield;
    }
  }

  /** The entries of a project from a revision up to a position (inclusive), oldest first, a page in each step. */
  entriesInSteps(project: string, position: number, fromRevision = 0): Steps<RecordedEvent[]> {
    return this.streamInSteps(streamOf(project), position, fromRevision) as Steps<RecordedEvent[]>;
  }

  /** The events of all streams after a position (exclusive) that they hold, in log order, of so many positions at most. */
  after(position: number, limit: number): AnyRecordedEvent[] {
    const { journal } = this.store;
    if (!journal) return this.file.after(position, limit);
    const found: AnyRecordedEvent[] = [];
    const end = Math.min(this.position, position + limit);
    for (let at = position + 1; at <= end; at++)
      found.push(...[journal.at(at)].filter((event) => event !== undefined));
    return found;
  }

  /** What a view holds, asked for in SQL; reads only. */
  rows(...asked: Parameters<ViewsFile['rows']>): ReturnType<ViewsFile['rows']> {
    return this.file.rows(...asked);
  }

  /** Ids of projects registered up to a position, in the order of their ids, after one of them. */
  projects(after: string, position: number, limit: number): string[] {
    const { journal } = this.store;
    if (!journal) return this.file.projects(after, position, limit);
    return journal.streams(streamOf(''), streamOf(after), position, limit).map(projectOf);
  }

  /** Projects with entries after a position, with the position of their last one: in pages, each of which takes a moment. */
  *movedAfter(position: number): Generator<{ project: string; position: number }[], undefined> {
    for (let after = ''; ; ) {
      const page = this.movedInPage(position, after);
      if (page.length > 0) yield page;
      if (page.length < movedAtOnce) return;
      after = page.at(-1)?.project ?? after;
    }
  }

  private movedInPage(position: number, after: string): { project: string; position: number }[] {
    const { journal } = this.store;
    if (!journal) return this.file.movedAfter(position, after, movedAtOnce);
    return journal
      .movedAfter(streamOf(''), position, streamOf(after), movedAtOnce)
      .map((last) => ({ project: projectOf(last.stream), position: last.position }));
  }

  /** The position of the last entry recorded up to an instant (inclusive); 0 when there was none. */
  positionOf(instant: Instant): number {
    const { journal } = this.store;
    // The log may be ahead of the views.
    return journal ? Math.min(this.position, journal.positionAt(instant)) : this.file.positionOf(instant);
  }

  /**
   * The position of what is meant by "known at": everything when nothing is said. What lies beyond the head is answered as known
   * at the head: the position in the answer says so, and asking for that gives the same answer for good.
   *
   * @throws Refused `moment-ahead` for an instant that is still to come, `view-behind`
   */
  async knownAt({ knownAt, after }: Pick<MomentAsked, 'knownAt' | 'after'>): Promise<number> {
    if (after !== undefined) await this.waitForNamed(after);
    if (!knownAt) return this.position;
    if ('position' in knownAt) return Math.min(this.position, knownAt.position);
    const { instant } = knownAt;
    const position = this.positionOf(instant);
    const now = this.world.now();
    // What was recorded before a clock was set back is known all the same.
    if (instant <= now || position < this.position || this.wasRecordedAt(instant)) return position;
    const fault = { member: 'knownAt', seen: instant, expected: `an instant up to ${now}, or a position` };
    throw new Refused('moment-ahead', fault);
  }

  private wasRecordedAt(instant: Instant): boolean {
    return this.positionOf(new Date(Date.parse(instant) - 1).toISOString()) < this.position;
  }

  /** Calls back with every page of events after they are in the views. */
  onEvents(listener: (events: readonly AnyRecordedEvent[]) => void): void {
    this.listeners.add(listener);
  }

  /** Calls back when a rebuilt file has taken the place of the one before. */
  onSwap(listener: () => void): void {
    this.swapListeners.add(listener);
  }

  /** Calls back when the views stop following the log; once for failures of one kind, though they are tried again. */
  onFailure(listener: (error: Error) => void): void {
    this.failureListeners.add(listener);
  }

  /**
   * Resolves once the views hold a position that a client names.
   *
   * @throws Refused `position-unknown` at once where the log is known to end before it, as in a store of this process alone
   * @throws Refused `view-behind` as `waitFor` does
   */
  private async waitForNamed(position: number): Promise<void> {
    if (this.position < position && !this.store.isShared) {
      const { head } = this.store.status();
      if (position > head)
        throw new Refused('position-unknown', {
          member: 'after',
          seen: `position ${position}, and the log ends at ${head}`,
          expected: 'a position that an answer has named',
        });
    }
    await this.waitFor(position);
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
    this.isRebuilding = true;
    try {
      // Where there are none, only those that have come to the end of the log are fit to answer from.
      const head = this.isMade ? 0 : await this.store.head();
      const goal = () => Math.max(head, this.position);
      const next = await made(this.store, this.storeName, `${this.path}.next`, goal, onProgress);
      while (next.position < goal()) await fill(next, this.store, goal);
      if (this.isClosed) return next.close();
      this.file.close();
      this.file = swapped(next, this.path, this.storeName);
    } finally {
      this.isRebuilding = false;
    }
    for (const listener of this.swapListeners) listener();
    this.made.resolve();
    this.wake();
  }

  /** Makes sure that the views are of the log of this store, makes them anew if not, and follows it. */
  private async join(onProgress?: OnProgress): Promise<void> {
    if (!this.isMade || !(await isMadeFrom(this.store, this.file))) {
      // Those of another log say nothing about how far these have to come.
      if (this.isMade) this.file = this.emptied();
      await this.rebuild(onProgress);
    }
    this.isJoined = true;
    await this.follow();
  }

  private emptied(): ViewsFile {
    this.file.close();
    return ViewsFile.create(':memory:', this.storeName, kindOf(this.store));
  }

  close(): Promise<void> {
    this.closing ??= (async () => {
      this.isClosed = true;
      this.stopRetry();
      this.subscription?.unsubscribe();
      this.file.close();
    })();
    return this.closing;
  }

  /** Follows the log from where the views end; resolves once they hold what it held. */
  private follow(): Promise<void> {
    this.following = 'catching-up';
    return new Promise((resolve, reject) => {
      const error = (error: Error) => {
        this.fail(error);
        reject(error);
      };
      const complete = () => reject(new StoreUnavailable('it was closed before the views had caught up'));
      this.subscription = this.store
        .events$(this.file.position)
        .pipe(tap((page) => this.take(page)))
        .subscribe({ next: (page) => void (page.length === 0 && resolve()), error, complete });
      this.subscription.add(complete);
    });
  }

  /** What stopped the views (a full disk, say) may pass: they are tried again from where they stand. */
  private fail(error: Error): void {
    if (this.isClosed) return;
    this.following = 'failed';
    // The log of a cluster may be another one than before.
    if (this.store.isShared) this.isJoined = false;
    this.stoodStillAt ??= this.world.now();
    if (error.message !== this.failure?.message)
      for (const listener of this.failureListeners) listener(error);
    this.failure = error;
    this.stopRetry = this.world.after(retryMs, () => void this.recover());
  }

  private async recover(): Promise<void> {
    try {
      if (this.failure instanceof ViewsBroken) await this.rebuild();
      if (!this.isJoined) return await this.join();
    } catch (error) {
      return this.fail(error as Error);
    }
    // The subscription has told `fail` already why it ended.
    if (!this.isClosed) await this.follow().catch(() => undefined);
  }

  private take(events: EventPage): void {
    if (events.length === 0) {
      this.following = 'live';
      this.failure = undefined;
      this.stoodStillAt = undefined;
      return;
    }
    this.file.apply(events);
    // All that was recorded before the last of them is there.
    const { recordedAt } = events.at(-1) ?? {};
    if (this.seenLateAt && recordedAt && recordedAt > this.seenLateAt) this.seenLateAt = recordedAt;
    for (const listener of this.listeners) listener(events);
    this.wake();
  }

  private wake(): void {
    for (const look of this.waiting) look();
  }
}
