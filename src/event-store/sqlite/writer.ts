import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Reading } from '../../../domain/log/upcasting.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import type { Prepared } from '../appending.js';
import { OutcomeUnknown, StoreCorrupt, type StoreError, StoreFull, StoreUnavailable } from '../errors.js';
import type { Appended, ExpectedRevision } from '../event-store.js';
import type { Anchor } from './anchor.js';
import { isForWantOfRoom } from './disk/room.js';
import { codes, isDamage, sqliteCode } from './errors.js';
import { Log, type Request } from './log.js';
import type { Added } from './recent.js';
import { Wal } from './wal.js';

/** Events per transaction: enough to share a flush, few enough to keep the event loop responsive (docs/decisions/0114). */
const groupEvents = 2_048;

/** Limits of the queue, in events and in UTF-16 units of content; beyond them appends are refused immediately. */
const mostWaiting = { events: 32_768, units: 32 * 1024 * 1024 };

/** The dependencies and callbacks of a writer. */
export interface WriterPorts {
  now(): Instant;
  nextTurn(call: () => void): void;
  /** How events are upcast when they are read. */
  reading?: Reading;
  /** The writer stops for good; the process must end, and reopen the file. */
  onFatal(error: StoreError): void;
  /** These events are durable, by one commit; none where all of a group were there before. */
  onCommit(added: readonly Added[]): void;
}

interface Waiting extends Request {
  units: number;
  resolve(answer: Appended): void;
  reject(error: unknown): void;
}

/** The only writer of a file: all waiting requests share one transaction, and are answered after its commit. */
export class Writer {
  /** The position of the last durable event. */
  head: number;
  /** True once it has stopped after a failure; the file is then left for the next process. */
  isBroken = false;
  private readonly log: Log;
  private readonly begin: StatementSync;
  private readonly commit: StatementSync;
  private readonly wal: Wal;
  private queue: Waiting[] = [];
  private waiting = { events: 0, units: 0 };
  private isBusy = false;
  private whenIdle: (() => void)[] = [];
  private closedBecause: string | undefined;

  constructor(
    readonly database: DatabaseSync,
    readonly path: string,
    private lastAt: Instant,
    private readonly anchor: Anchor | undefined,
    private readonly ports: WriterPorts,
  ) {
    this.log = new Log(database, ports.reading);
    this.head = this.log.position;
    this.holdEnd();
    this.begin = database.prepare('BEGIN IMMEDIATE');
    this.commit = database.prepare('COMMIT');
    this.wal = new Wal(database);
  }

  /** Queues a request; settled when it is durable or refused. */
  append(stream: string, events: readonly Prepared[], expected: ExpectedRevision): Promise<Appended> {
    const refusal = this.closedBecause ?? this.fullBecause();
    if (refusal) return Promise.reject(new StoreUnavailable(refusal));
    return new Promise((resolve, reject) => {
      const units = unitsOf(events);
      this.queue.push({ stream, events, expected, units, resolve, reject });
      this.waiting.events += events.length;
      this.waiting.units += units;
      if (this.isBusy) return;
      this.isBusy = true;
      this.ports.nextTurn(() => this.turn());
    });
  }

  /** Why the queue is full. It is bounded, so that a burst delays its senders instead of exhausting memory. */
  private fullBecause(): string | undefined {
    const { events, units } = this.waiting;
    if (events < mostWaiting.events && units < mostWaiting.units) return undefined;
    return `${events} entries are waiting to be stored, which is the maximum`;
  }

  /** Accepts no more requests, and resolves when all accepted ones are settled. */
  async close(): Promise<void> {
    this.closedBecause ??= 'it is closed';
    if (this.isBusy) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }

  private turn(): void {
    const group = this.nextGroup();
    if (group.length === 0) {
      this.isBusy = false;
      for (const call of this.whenIdle.splice(0)) call();
      return;
    }
    this.store(group);
    // The answers go out before the checkpoint, so that resulting requests join the next group.
    this.ports.nextTurn(() => {
      this.shortenLog();
      this.turn();
    });
  }

  private nextGroup(): Waiting[] {
    if (this.waiting.events <= groupEvents) {
      const all = this.queue;
      this.queue = [];
      this.waiting = { events: 0, units: 0 };
      return all;
    }
    let events = 0;
    const end = this.queue.findIndex((request, index) => {
      events += request.events.length;
      return index > 0 && events > groupEvents;
    });
    const group = this.queue.splice(0, end === -1 ? this.queue.length : end);
    for (const request of group) {
      this.waiting.events -= request.events.length;
      this.waiting.units -= request.units;
    }
    return group;
  }

  private store(group: readonly Waiting[]): void {
    let isCommitting = false;
    let added: Added[] = [];
    try {
      this.begin.run();
      const now = this.ports.now();
      const at = now > this.lastAt ? now : this.lastAt;
      const answers = group.map((request) => this.answerTo(request, at));
      isCommitting = true;
      this.commit.run();
      this.lastAt = at;
      added = this.log.takeAdded();
      this.wal.grow(added.length, this.log.takeBodyBytes());
      this.head = this.log.position;
      this.holdEnd();
      for (const [index, { appended, refusal }] of answers.entries()) {
        const request = group[index] as Waiting;
        if (appended) request.resolve(appended);
        else request.reject(refusal);
      }
    } catch (error) {
      this.fail(group, error, isCommitting);
      return;
    }
    this.ports.onCommit(added);
  }

  /** Executes one request and holds its answer back; a refusal does not affect the other requests. */
  private answerTo(request: Waiting, at: Instant): { appended?: Appended; refusal?: unknown } {
    try {
      return { appended: this.log.append(request, at) };
    } catch (refusal) {
      if (sqliteCode(refusal) !== undefined) throw refusal;
      return { refusal };
    }
  }

  /** Settles a group without a commit, and decides whether writing may continue. */
  private fail(group: readonly Waiting[], error: unknown, isCommitting: boolean): void {
    const code = sqliteCode(error);
    const isFull = isForWantOfRoom(error, this.path);
    const mayBeStored = !isFull && (isCommitting || code === codes.inputOutput);
    let isHealthy = !mayBeStored && !isDamage(error);
    try {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      this.log.forget();
    } catch {
      isHealthy = false;
    }
    const answer = (request: Request): unknown => {
      if (code === undefined) return error;
      if (mayBeStored)
        return new OutcomeUnknown(
          request.events.map(({ event }) => event.id),
          { cause: error },
        );
      if (isDamage(error)) return new StoreCorrupt(this.path, { cause: error });
      if (isFull) return new StoreFull({ cause: error });
      return new StoreUnavailable((error as Error).message, { cause: error });
    };
    for (const request of group) request.reject(answer(request));
    if (!isHealthy)
      this.break(
        error,
        group.flatMap(({ events }) => events.map(({ event }) => event.id)),
      );
  }

  /** After a failed write nothing may be written on top: only reopening shows what the disk holds. */
  private break(cause: unknown, ids: readonly string[] = []): void {
    this.isBroken = true;
    this.closedBecause = 'a write failed; this process has to be started again';
    for (const request of this.queue.splice(0))
      request.reject(new StoreUnavailable(this.closedBecause, { cause }));
    this.ports.onFatal(
      isDamage(cause) ? new StoreCorrupt(this.path, { cause }) : new OutcomeUnknown(ids, { cause }),
    );
  }

  /** Before any answer goes out, so that every acknowledged event is anchored. */
  private holdEnd(): void {
    const { position, leaf } = this.log;
    if (leaf !== undefined) this.anchor?.hold({ position, leaf });
  }

  /** Checkpoints a long WAL; without room it stays long, and nothing is lost. */
  private shortenLog(): void {
    if (this.isBroken) return;
    try {
      if (this.wal.shorten()) this.anchor?.flush();
    } catch (error) {
      if (!isForWantOfRoom(error, this.path)) this.break(error);
    }
  }
}

function unitsOf(events: readonly Prepared[]): number {
  let units = 0;
  for (const { content } of events) units += content.length;
  return units;
}
