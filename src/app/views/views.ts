import {
  defer,
  firstValueFrom,
  fromEvent,
  merge,
  type Observable,
  of,
  race,
  retry,
  Subject,
  Subscription,
  switchMap,
  tap,
  throwError,
  timer,
} from 'rxjs';
import type { Instant } from '../../../domain/values/days/calendar.js';
import type { EventPage, EventStore } from '../../event-store/event-store.js';
import type { World } from '../ports.js';
import { RebuildMeter, type RebuildProgress } from '../rebuild-progress.js';
import { schedulerOf } from '../scheduler.js';
import { fill, isMadeFrom, made, type OnProgress, swapped } from './make-views.js';
import type { View } from './view.js';
import { ViewsBroken, ViewsFile } from './views-file.js';
import { ViewsReader } from './views-reader.js';

/** How long views that failed wait before the next attempt, in milliseconds. */
const retryMs = 5_000;

/** `unmade`: there are none yet, because the store could not be read so far. */
export type ViewsState = 'live' | 'catching-up' | 'rebuilding' | 'failed' | 'unmade';

/** The file of the views, and their sources. */
export interface OpenViews {
  store: EventStore;
  /** Identifies the log. */
  storeName: string;
  path: string;
  /** What the file holds. */
  list: readonly View[];
  world: World;
  /** How long the start waits for a store that may be unreachable, in milliseconds; absent for one that has to be readable. */
  patienceMs?: number | undefined;
  /** Aborted if the service ends before they are open. */
  ending?: AbortSignal | undefined;
}

/** Keeps the views file up to date with the log, and swaps in a rebuilt one. */
export class Views extends ViewsReader {
  /** True once there are views to answer from. */
  isMade: boolean;
  private readonly pages = new Subject<EventPage>();
  private readonly swaps = new Subject<{ hasGap: boolean }>();
  private readonly failures = new Subject<Error>();
  private readonly made = Promise.withResolvers<void>();
  /** Resolves once they are live, or at the first failure where the store may be unreachable; rejects where it may not. */
  private readonly started = Promise.withResolvers<void>();
  private following: 'live' | 'catching-up' | 'failed' = 'catching-up';
  private subscription = Subscription.EMPTY;
  private failure?: Error;
  private isRebuilding = false;
  private hasBeenLive = false;
  private isClosed = false;
  /** How far a rebuild has come; undefined without one. */
  progress: RebuildProgress | undefined;
  private stoppedAt: Instant | undefined;
  /** When they were first seen behind a followed log. */
  private seenLateAt: Instant | undefined;

  private constructor(
    private readonly options: OpenViews,
    existing: ViewsFile | undefined,
  ) {
    super(options.store, options.world, existing ?? emptyFile(options));
    this.isMade = existing !== undefined;
    this.stoppedAt = options.world.now();
    if (existing) this.made.resolve();
  }

  /**
   * Opens the views at a path, rebuilds them if they are missing, damaged, of another version or of another log, and follows
   * the log from their end. Resolves once they have caught up; on a store that may be unreachable also when patience ends,
   * and the views then go on in the background.
   */
  static async open(options: OpenViews, onProgress: OnProgress = () => undefined): Promise<Views> {
    const { storeName, path, list, world, patienceMs, ending } = options;
    const views = new Views(options, ViewsFile.openExisting(path, storeName, list));
    views.subscription = views.follow(onProgress).subscribe({ error: views.started.reject });
    const enough = [
      ...(ending ? [fromEvent(ending, 'abort')] : []),
      ...(patienceMs === undefined ? [] : [timer(patienceMs, schedulerOf(world))]),
    ];
    try {
      await firstValueFrom(race(views.started.promise, ...enough));
      return views;
    } catch (error) {
      await views.close();
      throw error;
    }
  }

  /** Pages of events, each once the views hold it. */
  get events$(): Observable<EventPage> {
    return this.pages;
  }

  /** Emits when a rebuilt file has replaced the one before, which may be of another log; with a gap if it holds events of no page. */
  get swaps$(): Observable<{ hasGap: boolean }> {
    return this.swaps;
  }

  /** Emits why the views stop following the log, once for failures of one kind, though they are tried again. */
  get failures$(): Observable<Error> {
    return this.failures;
  }

  /** Resolves once there are views to answer from. */
  whenMade(): Promise<void> {
    return this.made.promise;
  }

  /** Since when they may lack events of the log, as far as they know; undefined while they follow. */
  get behindSince(): Instant | undefined {
    return this.stoppedAt;
  }

  /** Since when a followed log has been ahead of them, for at least that long; undefined while they are up to date. */
  get lateSince(): Instant | undefined {
    const { journal } = this.store;
    if (this.position >= this.store.status().head) this.seenLateAt = undefined;
    else if (journal) return journal.after(this.position, 1)[0]?.recordedAt;
    else this.seenLateAt ??= this.world.now();
    return this.seenLateAt;
  }

  get state(): ViewsState {
    if (!this.isMade) return 'unmade';
    return this.isRebuilding && this.following !== 'failed' ? 'rebuilding' : this.following;
  }

  /** Rebuilds all views from the log beside the ones in use, and swaps them once they have caught up. */
  async rebuild(onProgress: OnProgress = () => undefined, hasGap = false): Promise<void> {
    const { store, path, world } = this.options;
    this.isRebuilding = true;
    const meter = new RebuildMeter(() => Date.parse(world.now()));
    const noting: OnProgress = (done, of) => {
      this.progress = meter.progress(done, of);
      onProgress(done, of);
    };
    try {
      // The first ones have to reach the end of the log before they answer.
      const head = this.isMade ? 0 : await store.head();
      const goal = () => Math.max(head, this.position);
      const next = await made({ ...this.options, path: `${path}.next` }, goal, noting);
      while (next.position < goal()) await fill(next, store, goal);
      if (this.isClosed) return next.close();
      this.file.close();
      this.file = swapped(next, this.options);
      this.isMade = true;
    } finally {
      this.isRebuilding = false;
      this.progress = undefined;
    }
    this.swaps.next({ hasGap });
    this.made.resolve();
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.subscription.unsubscribe();
    this.file.close();
  }

  protected override get moved$(): Observable<unknown> {
    return merge(this.pages, this.swaps);
  }

  /** Follows the log from where the views end; what stops them (a full disk, say) may pass, so they are tried again. */
  private follow(onProgress: OnProgress): Observable<EventPage> {
    return defer(() => this.join(onProgress)).pipe(
      switchMap(() => this.store.events$(this.position)),
      tap((page) => this.take(page)),
      retry({ delay: (error: Error) => this.nextTry(error) }),
    );
  }

  /** Sees that the views are of the log of this store, which may be another one after a failure, and rebuilds them if not. */
  private async join(onProgress: OnProgress): Promise<void> {
    const progress = this.following === 'failed' ? undefined : onProgress;
    if (this.failure instanceof ViewsBroken) await this.rebuild(progress, true);
    else if (!this.isMade || !(await isMadeFrom(this.store, this.file))) {
      // Views of another log say nothing about how far these have to come.
      this.file.close();
      this.file = emptyFile(this.options);
      this.isMade = false;
      await this.rebuild(progress, true);
    }
    this.following = 'catching-up';
  }

  /** When to try again after a failure; at the start damaged views once without delay, and nothing else on a store at hand. */
  private nextTry(error: Error): Observable<unknown> {
    const { world, patienceMs } = this.options;
    if (!this.hasBeenLive && patienceMs === undefined) {
      if (this.failure || !(error instanceof ViewsBroken)) return throwError(() => error);
      this.failure = error;
      return of(undefined);
    }
    this.following = 'failed';
    this.stoppedAt ??= world.now();
    if (error.message !== this.failure?.message) this.failures.next(error);
    this.failure = error;
    this.started.resolve();
    return timer(retryMs, schedulerOf(world));
  }

  private take(events: EventPage): void {
    const last = events.at(-1);
    if (!last) {
      this.following = 'live';
      this.hasBeenLive = true;
      this.failure = undefined;
      this.stoppedAt = undefined;
      this.started.resolve();
      return;
    }
    this.file.apply(events);
    // Everything recorded before the last of them is there.
    if (this.seenLateAt && last.recordedAt > this.seenLateAt) this.seenLateAt = last.recordedAt;
    this.pages.next(events);
  }
}

function emptyFile({ storeName, list }: OpenViews): ViewsFile {
  return ViewsFile.create(':memory:', storeName, list);
}
