import { Subscription } from 'rxjs';
import { isEverywhere, isWithin, type Reach } from '../../../domain/access/scope.js';
import { textIn } from '../../../domain/values/words.js';
import type { AlertHappening } from '../../app/alerts/alerts.js';
import type { World } from '../../app/ports.js';
import type { Topout } from '../../app/topout.js';
import { RateLimited } from '../limits/rate-limited.js';
import { refuse, seenAs } from '../problems/faults.js';
import type { OpenAnswer } from '../server/fastify-types.js';
import { heartbeatFrame, resetFrame } from './frames.js';
import { AlertReader, type StreamAsked } from './reader.js';
import { RecentHappenings } from './recent-happenings.js';

/** The limits of streams. */
export interface StreamLimits {
  /** Maximum number of open streams. */
  readers: number;
  /** Bytes buffered for one reader in this process before it is closed. */
  pendingBytes: number;
  heartbeatMs: number;
  /** Maximum lifetime of a stream, in heartbeats. */
  lifeBeats: number;
}

export const streamLimits: StreamLimits = {
  readers: 20_000,
  pendingBytes: 64 * 1024,
  heartbeatMs: 15_000,
  lifeBeats: 240,
};

/** Interval at which the rights of readers are checked again: a key expires without an event. In milliseconds. */
const recheckMs = 5_000;
/** Maximum number of missed events sent together; the next ones follow once these have left. */
const atATime = 20;

/** When a caller with many open streams comes back, in seconds. */
const streamAgainSeconds = 30;
/** How long buffered data may take to leave when the service ends, in milliseconds. */
const leavingMs = 1_000;

/** All open streams of alerts: each reader gets every matching event, once and in order, from its place on. */
export class AlertStreams {
  private readonly readers = new Set<AlertReader>();
  private recent: RecentHappenings | undefined;
  private news = Subscription.EMPTY;
  private rights = Subscription.EMPTY;
  private stopBeating: () => void = () => undefined;
  private stopChecking: () => void = () => undefined;
  private isClosed = false;
  private opened = 0;

  constructor(
    private readonly topout: Topout,
    private readonly after: World['after'],
    private readonly limits: StreamLimits = streamLimits,
    /** Open streams of one credential. */
    private readonly ofOne = Number.POSITIVE_INFINITY,
  ) {}

  /** The number of open streams. */
  get openCount(): number {
    return this.readers.size;
  }

  /**
   * @param key by what the requests of the caller are counted
   * @throws RequestRefused `stream-unavailable` the maximum is open, or the service ends; `rate-limited` the caller has many
   */
  admit(key?: string): void {
    const refused = (seen: string, expected: string) => refuse('stream-unavailable', 'path', seen, expected);
    const { readers } = this.limits;
    if (this.isClosed) refused('a service that ends', 'one that goes on');
    if (this.openCount >= readers) refused(`${this.openCount} open streams`, `fewer than ${readers}`);
    if (key === undefined) return;
    const own = [...this.readers].filter((reader) => reader.key === key).length;
    if (own < this.ofOne) return;
    const seen = { en: `${own} open streams of this sign-in`, zh: `此登录已打开 ${own} 个事件流` };
    const expected = { en: `at most ${this.ofOne}`, zh: `至多 ${this.ofOne} 个` };
    throw new RateLimited(seen, expected, streamAgainSeconds);
  }

  /** Opens a stream on an answer and keeps it open; a place of another store is answered by `reset`. */
  async open(asked: StreamAsked, answer: OpenAnswer): Promise<void> {
    let isGone = false;
    let leave = () => {
      isGone = true;
    };
    answer.on('close', () => leave());
    answer.on('error', () => leave());
    const { position, isLost } = await this.placeOf(asked.place, this.following());
    if (isGone) return;
    this.opened += 1;
    const { lifeBeats, heartbeatMs } = this.limits;
    // Jittered, so that readers who connected together neither leave nor return together.
    const beats = lifeBeats - (this.opened % Math.ceil(lifeBeats / 6));
    const reader = new AlertReader(answer, asked, position, beats, 1_000 + ((this.opened * 37) % 4_000));
    leave = () => this.forget(reader);
    reader.begin(isLost ? undefined : position);
    if (isLost) reader.send(resetFrame(position, textIn(seenAs(asked.place), 'en')));
    if (this.isClosed || !this.mayGoOn(reader)) return reader.end();
    this.readers.add(reader);
    if (this.openCount === 1) this.stopBeating = this.after(heartbeatMs, () => this.beat());
    this.watchRights(reader);
    this.catchUp(reader);
  }

  /** Ends every stream and opens no further one; each reader gets its reconnection time. */
  close(): void {
    this.isClosed = true;
    this.news.unsubscribe();
    this.rights.unsubscribe();
    const leaving = [...this.readers];
    for (const reader of leaving) this.end(reader);
    this.stopBeating();
    if (leaving.length > 0)
      this.after(leavingMs, () => {
        for (const reader of leaving) reader.cut();
      });
  }

  private following(): RecentHappenings {
    if (this.recent) return this.recent;
    const { alerts } = this.topout;
    this.recent = new RecentHappenings(alerts);
    this.news = alerts.news$.subscribe(({ happenings, position }) => this.tell(happenings, position));
    return this.recent;
  }

  private async placeOf(
    place: string | undefined,
    recent: RecentHappenings,
  ): Promise<{ position: number; isLost: boolean }> {
    if (place === undefined) return { position: recent.upTo, isLost: false };
    const position = /^\d{1,15}$/.test(place) ? Number(place) : Number.NaN;
    if (position <= recent.upTo) return { position, isLost: false };
    // The views may be behind the store; a place beyond the store itself was never issued by it.
    const head = await this.topout.head();
    const isOfStore = head === undefined ? position > 0 : position <= head;
    return isOfStore ? { position, isLost: false } : { position: recent.upTo, isLost: true };
  }

  /** Notifies live readers; one that would exceed its buffer gets the events in parts. */
  private tell(happenings: readonly AlertHappening[], position: number): void {
    this.recent?.add(happenings, position);
    const first = happenings[0]?.event.position ?? position;
    const told = new Map<string, Buffer>();
    for (const reader of this.readers) {
      if (!reader.isLive || !this.requireRights(reader)) continue;
      const key = reader.at < first ? reader.kind : `${reader.kind} ${reader.at}`;
      const bytes = told.get(key) ?? reader.framesOf(happenings, this.isReached);
      told.set(key, bytes);
      if (bytes.length > this.limits.pendingBytes && reader.pendingBytes === 0) {
        this.catchUp(reader);
      } else {
        reader.at = Math.max(reader.at, position);
        if (bytes.length > 0) this.send(reader, bytes);
      }
    }
  }

  private catchUp(reader: AlertReader): void {
    if (!this.recent || !this.readers.has(reader) || !this.requireRights(reader)) return;
    reader.isLive = false;
    const { items, upTo } = this.recent.after(reader.at, reader.filter, atATime);
    const bytes = reader.framesOf(items, this.isReached);
    reader.at = Math.max(reader.at, upTo);
    // Yields between two parts, so that a long catch-up delays nobody else.
    const goOn = () => void this.after(0, () => this.catchUp(reader));
    if (bytes.length > 0) reader.sendPart(bytes, goOn);
    else if (reader.at < this.recent.upTo) goOn();
    else reader.isLive = true;
  }

  private send(reader: AlertReader, bytes: Buffer): void {
    reader.send(bytes);
    if (reader.pendingBytes > this.limits.pendingBytes) this.cut(reader);
  }

  private beat(): void {
    this.stopBeating = this.after(this.limits.heartbeatMs, () => this.beat());
    for (const reader of this.readers) {
      const state = reader.beat();
      if (state === 'stuck') this.cut(reader);
      else if (state === 'over') this.end(reader);
      else if (reader.isLive && this.requireRights(reader)) this.send(reader, heartbeatFrame(reader.at));
    }
  }

  /** Follows the rights of people who signed in: a revocation ends their streams right away. */
  private watchRights({ caller }: AlertReader): void {
    if (caller.kind !== 'signed-in' || !this.rights.closed) return;
    const check = () => {
      for (const reader of this.readers) this.requireRights(reader);
    };
    const { changes$ } = this.topout.access;
    this.rights = changes$.subscribe(check);
    const checkAgain = () => {
      this.stopChecking = this.after(recheckMs, checkAgain);
      check();
    };
    this.stopChecking = this.after(recheckMs, checkAgain);
  }

  /** Ends a stream whose reader may no longer read; true if it goes on, with the present rights. */
  private requireRights(reader: AlertReader): boolean {
    if (this.mayGoOn(reader)) return true;
    this.end(reader);
    return false;
  }

  private mayGoOn(reader: AlertReader): boolean {
    const { caller } = reader;
    if (caller.kind !== 'signed-in') return true;
    const reach = this.topout.access.again(caller.credential)?.rights['project-read'];
    if (reach) reader.see(isEverywhere(reach) ? undefined : reach);
    return reach !== undefined;
  }

  /** True for an alert in some areas: by the present district of its project, while rows are behind by the alert's. */
  private readonly isReached = ({ project, of }: AlertHappening['alert'], within: Reach): boolean => {
    const place = this.topout.access.placeOf(project);
    const isBehind = place instanceof Promise;
    // Nobody waits for it.
    if (isBehind) place.catch(() => undefined);
    return isWithin(within, isBehind ? { project, district: of.district } : place);
  };

  private end(reader: AlertReader): void {
    this.forget(reader);
    reader.end();
  }

  private cut(reader: AlertReader): void {
    this.forget(reader);
    reader.cut();
  }

  private forget(reader: AlertReader): void {
    this.readers.delete(reader);
    if (this.openCount > 0) return;
    this.stopBeating();
    this.stopChecking();
    this.rights.unsubscribe();
    this.rights = Subscription.EMPTY;
  }
}
