import type { ProjectRow } from '../../../projections/project/project.js';
import { onCaller } from '../../shared/caller.js';
import { callerHeaders } from '../../shared/caller-headers.js';
import { serviceReach } from '../../shared/reach.js';
import type { Frame } from '../../shared/replay/film.js';
import type { MomentShown, Ticking } from '../../shared/replay/timeline.js';
import type { FromWorker, ShownRow, ToWorker } from './district-messages.js';

/** The district as folded by the worker. */
export interface Folded {
  /**
   * `waiting` until the log is needed, `loading` until the whole log is processed; `too-long` if it is not folded here.
   */
  state: 'waiting' | 'loading' | 'folded' | 'too-long';
  progress: { upTo: number; head: number };
  /** Ordered by id. */
  rows: readonly ProjectRow[];
  /** By project, for those that differ: the current row, or null if it no longer exists. */
  now: ReadonlyMap<string, ProjectRow | null>;
  ticking: readonly Ticking[];
  /** The projects with the latest entries, and the number of updates so far. */
  news: { projects: ReadonlySet<string>; count: number };
  /** The number of updates of a log that is not folded here. */
  moves: number;
}

const none: Folded = {
  state: 'waiting',
  progress: { upTo: 0, head: 0 },
  rows: [],
  now: new Map(),
  ticking: [],
  news: { projects: new Set(), count: 0 },
  moves: 0,
};

/**
 * Follows the log in a worker, from first use until the page closes, and keeps the district folded there once the page
 * needs it: for the past, and as soon as something is recorded.
 */
class DistrictStore {
  private folded = none;
  private worker: Worker | undefined;
  private readonly shown = new Map<string, ShownRow>();
  private lastRequest = 0;
  private readonly requests = new Map<number, (frames: Frame[]) => void>();
  private readonly listeners = new Set<() => void>();
  /** The point requested last, possibly before there is a worker. */
  private wanted: (ToWorker & { type: 'show' }) | undefined;

  readonly current = (): Folded => this.folded;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /**
   * Starts following the log.
   *
   * @param after the position that the page knows by answers of the service; undefined where nothing is known
   */
  begin(today: string, after?: number): void {
    if (this.worker) return;
    this.worker = new Worker(new URL('./district-worker.ts', import.meta.url), { type: 'module' });
    this.worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.hear(data));
    onCaller(() => this.say({ type: 'who', headers: callerHeaders() }));
    this.say({ type: 'begin', today, headers: callerHeaders(), after });
    if (this.wanted) this.say(this.wanted);
  }

  /** Loads the log; shows the present first, or the point requested last. */
  load(today: string): void {
    this.begin(today);
    if (this.folded.state !== 'waiting') return;
    this.change({ state: 'loading' });
    this.say({ type: 'load' });
  }

  /** Requests the rows at a point of both clocks. */
  show(today: string, moment: MomentShown): void {
    performance.mark('district-asked');
    // Without the log, the service says what another day means for the rows.
    if (this.wanted && this.wanted.today !== today && this.folded.state !== 'folded')
      this.change({ moves: this.folded.moves + 1 });
    this.wanted = { type: 'show', today, moment };
    this.say(this.wanted);
  }

  /** The entries from an index (inclusive) to another (exclusive), with the figures of a day after each. */
  frames(from: number, to: number, asOf: string): Promise<Frame[]> {
    const request = ++this.lastRequest;
    return new Promise((resolve) => {
      this.requests.set(request, resolve);
      this.say({ type: 'frames', request, from, to, asOf });
    });
  }

  private say(message: ToWorker): void {
    this.worker?.postMessage(message);
  }

  private hear(message: FromWorker): void {
    if (message.type === 'rows') this.take(message);
    else if (message.type === 'frames') {
      this.requests.get(message.request)?.(message.frames);
      this.requests.delete(message.request);
    } else if (message.type === 'follows') serviceReach.follows('log', message.isLive);
    else this.change(this.changeBy(message));
  }

  private changeBy(message: Exclude<FromWorker, { type: 'rows' | 'frames' | 'follows' }>): Partial<Folded> {
    switch (message.type) {
      case 'too-long':
        return { state: 'too-long' };
      case 'moved':
        return { moves: this.folded.moves + 1 };
      case 'progress':
        return { progress: { upTo: message.upTo, head: message.head } };
      case 'ticking':
        return { ticking: [...this.folded.ticking, ...message.ticking] };
      case 'begun-anew':
        this.shown.clear();
        return { ...none, state: 'loading' };
    }
  }

  private take({ rows, changed }: FromWorker & { type: 'rows' }): void {
    for (const shown of rows) this.shown.set(shown.project, shown);
    const all = [...this.shown.values()];
    const { news } = this.folded;
    this.change({
      state: 'folded',
      rows: all.flatMap(({ row }) => row ?? []).sort((a, b) => (a.project < b.project ? -1 : 1)),
      now: new Map(all.flatMap(({ project, now }) => (now === undefined ? [] : [[project, now]]))),
      news: changed.length > 0 ? { projects: new Set(changed), count: news.count + 1 } : news,
    });
    performance.mark('district-shown');
  }

  private change(part: Partial<Folded>): void {
    this.folded = { ...this.folded, ...part };
    for (const listener of this.listeners) listener();
  }
}

/** The district of this page. */
export const districtStore = new DistrictStore();
