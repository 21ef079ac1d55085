import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Instant } from '../domain/calendar.js';
import { OutcomeUnknown, StoreCorrupt, type StoreError, StoreFull, StoreUnavailable } from './errors.js';
import type { Appended } from './event-store.js';
import { isForWantOfRoom } from './room.js';
import { codes, isDamage, sqliteCode } from './sqlite-errors.js';
import { Log, type Request } from './sqlite-log.js';

/** Events in one transaction: enough to share a flush, few enough to keep the loop free. */
const groupEvents = 256;

/** Pages that the log may hold before it is moved into the file: 32 MiB, moved in some 20 ms. */
const logPages = 8000;

/** What a writer needs of the world, and whom it tells. */
export interface WriterPorts {
  now(): Instant;
  nextTurn(call: () => void): void;
  /** The writer will never store again; the process has to end, and to open the file anew. */
  onFatal(error: StoreError): void;
  /** More events are durable. */
  onCommit(): void;
}

interface Waiting extends Request {
  resolve(answer: Appended): void;
  reject(error: unknown): void;
}

/** The one writer of a file: whatever waits goes into one transaction, and is answered after its commit. */
export class Writer {
  /** The position of the last durable event. */
  head: number;
  /** True once it has given up; then the file is left as it is, for the next process to read. */
  isBroken = false;
  readonly #log: Log;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #logSize: StatementSync;
  #queue: Waiting[] = [];
  #isBusy = false;
  #whenIdle: (() => void)[] = [];
  #closedBecause: string | undefined;

  constructor(
    readonly database: DatabaseSync,
    readonly path: string,
    private lastAt: Instant,
    private readonly ports: WriterPorts,
  ) {
    this.#log = new Log(database);
    this.head = this.#log.position;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#logSize = database.prepare('PRAGMA wal_checkpoint(NOOP)');
  }

  /** Queues a request; it is answered when it is durable or refused. */
  append(request: Request): Promise<Appended> {
    if (this.#closedBecause) return Promise.reject(new StoreUnavailable(this.#closedBecause));
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...request, resolve, reject });
      if (this.#isBusy) return;
      this.#isBusy = true;
      this.ports.nextTurn(() => this.#turn());
    });
  }

  /** Takes no more, and resolves when all that was accepted has its answer. */
  async close(): Promise<void> {
    this.#closedBecause ??= 'it is closed';
    if (this.#isBusy) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  #turn(): void {
    const group = this.#nextGroup();
    if (group.length === 0) {
      this.#isBusy = false;
      for (const call of this.#whenIdle.splice(0)) call();
      return;
    }
    this.#store(group);
    // The answers go out before the log is moved, and what they bring back joins the next group.
    this.ports.nextTurn(() => {
      this.#shortenLog();
      this.#turn();
    });
  }

  #nextGroup(): Waiting[] {
    let events = 0;
    const end = this.#queue.findIndex((request, index) => {
      events += request.events.length;
      return index > 0 && events > groupEvents;
    });
    return this.#queue.splice(0, end === -1 ? this.#queue.length : end);
  }

  #store(group: readonly Waiting[]): void {
    let isCommitting = false;
    try {
      this.#begin.run();
      this.#log.reread();
      const now = this.ports.now();
      const at = now > this.lastAt ? now : this.lastAt;
      const answers = group.map((request) => this.#answerTo(request, at));
      isCommitting = true;
      this.#commit.run();
      this.lastAt = at;
      this.head = this.#log.position;
      for (const answer of answers) answer();
    } catch (error) {
      this.#fail(group, error, isCommitting);
      return;
    }
    this.ports.onCommit();
  }

  /** Carries one request out and keeps its answer back; a refusal is an answer and leaves its neighbours alone. */
  #answerTo(request: Waiting, at: Instant): () => void {
    try {
      const appended = this.#log.append(request, at);
      return () => request.resolve(appended);
    } catch (error) {
      if (sqliteCode(error) !== undefined) throw error;
      return () => request.reject(error);
    }
  }

  /** Answers a group none of which is acknowledged, and decides whether writing may go on. */
  #fail(group: readonly Waiting[], error: unknown, isCommitting: boolean): void {
    const code = sqliteCode(error);
    const isFull = isForWantOfRoom(error, this.path);
    const mayBeStored = !isFull && (isCommitting || code === codes.inputOutput);
    let isHealthy = !mayBeStored && !isDamage(error);
    try {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      this.#log.forget();
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
      this.#break(
        error,
        group.flatMap(({ events }) => events.map(({ event }) => event.id)),
      );
  }

  /** After a failed write nothing may be written on top of it: what the disk holds is found out by opening it anew. */
  #break(cause: unknown, ids: readonly string[] = []): void {
    this.isBroken = true;
    this.#closedBecause = 'a write failed; this process has to be started again';
    for (const request of this.#queue.splice(0))
      request.reject(new StoreUnavailable(this.#closedBecause, { cause }));
    this.ports.onFatal(
      isDamage(cause) ? new StoreCorrupt(this.path, { cause }) : new OutcomeUnknown(ids, { cause }),
    );
  }

  /** Moves the log into the file when it has grown long; without room it stays long, and nothing is lost. */
  #shortenLog(): void {
    if (this.isBroken) return;
    try {
      const { log, checkpointed } = this.#logSize.get() as { log: number; checkpointed: number };
      if (log - checkpointed > logPages) this.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch (error) {
      if (!isForWantOfRoom(error, this.path)) this.#break(error);
    }
  }
}
