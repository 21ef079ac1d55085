import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';

/** A requested append. */
export interface Proposed {
  id: string;
  type: string;
  json: boolean;
  data: Buffer;
  metadata: Buffer;
}

/** The content of the log; a record without a revision takes space and is hidden. */
export interface LogRecord extends Proposed {
  stream: string;
  revision: number;
  position: number;
  end: number;
  created: number;
}

export type Expected = number | 'any' | 'no-stream' | 'stream-exists';

export type Outcome =
  | { is: 'stored'; revision: number; position: number | undefined }
  | { is: 'wrong-version'; current: number }
  | { is: 'deleted' }
  /** A server crashes on an append of events that it has in another order, and never answers it. */
  | { is: 'unanswered' };

/** The content of `$$stream`; `truncateBefore` is `erased` after a soft delete. */
export interface StreamMetadata {
  maxCount?: number;
  maxAgeMs?: number;
  truncateBefore?: number;
}

/** The revision of a tombstone, and `$tb` after a soft delete: the largest signed 64-bit number. */
export const erased = 2 ** 63;
export const erasedText = '9223372036854775807';

const nothing = Buffer.alloc(0);

/** Everything a stand-in has stored: one log of records at rising positions, read by stream or as a whole. */
export class Log extends EventEmitter<{ stored: [LogRecord] }> {
  readonly records: LogRecord[] = [];
  private readonly streams = new Map<string, LogRecord[]>();
  private readonly last = new Map<string, number>();
  private readonly first = new Map<string, LogRecord>();
  private readonly clock: () => number;
  private storedTail = 0;

  constructor(now: () => number) {
    super();
    this.setMaxListeners(0);
    this.clock = now;
    // As on a fresh server, hidden records come first.
    this.hide('$epoch-information', 1_400);
    this.store('$$$scavenges', [metadataEvent('{"$maxAge":2592000}')]);
  }

  /** The position after the last record. */
  get tail(): number {
    return this.storedTail;
  }

  /** The position of the last record. */
  get lastPosition(): number {
    return this.records.at(-1)?.position ?? -1;
  }

  now(): number {
    return this.clock();
  }

  /** The revision of the stream's last event, -1 without one, `erased` after a tombstone. */
  lastRevision(stream: string): number {
    const own = this.last.get(stream) ?? -1;
    const original = stream.startsWith('$$') ? this.last.get(stream.slice(2)) : undefined;
    return original === erased ? erased : own;
  }

  eventsOf(stream: string): readonly LogRecord[] {
    return this.streams.get(stream) ?? [];
  }

  metadataOf(stream: string): StreamMetadata {
    if (stream.startsWith('$$')) return { maxCount: 1 };
    const last = this.streams.get(`$$${stream}`)?.at(-1);
    try {
      const said = JSON.parse(last?.data.toString('utf8') ?? '{}');
      return {
        ...(said.$maxCount && { maxCount: Number(said.$maxCount) }),
        ...(said.$maxAge && { maxAgeMs: Number(said.$maxAge) * 1000 }),
        ...(said.$tb !== undefined && { truncateBefore: Number(said.$tb) }),
      };
    } catch {
      return {};
    }
  }

  isSoftDeleted(stream: string): boolean {
    return (this.metadataOf(stream).truncateBefore ?? 0) >= erased;
  }

  /** Stores all events or none; events already stored at the expected place are not stored again. */
  append(stream: string, expected: Expected, events: readonly Proposed[]): Outcome {
    const judged = this.judge(
      stream,
      expected,
      events.map(({ id }) => id),
    );
    if (judged) return judged;
    const current = this.last.get(stream) ?? -1;
    const wasSoftDeleted = this.isSoftDeleted(stream);
    const original = stream.startsWith('$$') ? stream.slice(2) : undefined;
    if (events.length === 0)
      this.hide(stream, sizeOf(stream, { type: '', data: nothing, metadata: nothing }));
    const wasErased = original !== undefined && this.isSoftDeleted(original);
    this.store(stream, events);
    const { position } = this.records.at(-1) as LogRecord;
    if (wasSoftDeleted) this.revive(stream, current + 1);
    if (wasErased) this.revive(original, (this.last.get(original) ?? -1) + 1);
    return { is: 'stored', revision: current + events.length, position };
  }

  /** Soft delete: existing events are hidden, and the numbers continue with the next append. */
  delete(stream: string, expected: Expected): Outcome {
    const id = randomUUID();
    const judged = this.judge(stream, expected, [id]);
    if (judged) return judged;
    if (this.lastRevision(stream) < 0 && this.lastRevision(`$$${stream}`) < 0) {
      return { is: 'wrong-version', current: -1 };
    }
    this.store(`$$${stream}`, [{ ...metadataEvent(`{"$tb":${erasedText}}`), id }]);
    return { is: 'stored', revision: -1, position: this.lastPosition };
  }

  /** Hard delete: the name can never be used again. */
  tombstone(stream: string, expected: Expected): Outcome {
    const id = randomUUID();
    const judged = this.judge(stream, expected, [id]);
    if (judged) return judged;
    this.store(
      stream,
      [{ id, type: '$streamDeleted', json: false, data: nothing, metadata: nothing }],
      erased,
    );
    return { is: 'stored', revision: erased, position: this.lastPosition };
  }

  /** The answer to an append that stores nothing, or undefined if it must be stored. */
  private judge(stream: string, expected: Expected, ids: readonly string[]): Outcome | undefined {
    const current = this.last.get(stream) ?? -1;
    const wrong: Outcome = { is: 'wrong-version', current };
    if (current === erased) return { is: 'deleted' };
    if (expected === 'stream-exists') {
      if (this.isSoftDeleted(stream)) return { is: 'deleted' };
      if (current < 0 && (this.last.get(`$$${stream}`) ?? -1) < 0) return wrong;
    }
    if (expected === 'any' || expected === 'stream-exists') {
      const known = ids.map((id) => this.first.get(`${stream} ${id}`));
      if (!known[0]) return undefined;
      if (!known.every(Boolean)) return wrong;
      const last = known.at(-1) ?? known[0];
      const isTurned = last.revision - known[0].revision + 1 < 0;
      return isTurned ? { is: 'unanswered' } : this.again(stream, last);
    }
    const revision = expected === 'no-stream' ? -1 : expected;
    if (revision > current) return wrong;
    if (revision === current) return undefined;
    const there = this.eventsOf(stream).slice(revision + 1, revision + 1 + ids.length);
    if (ids.length === 0) return wrong;
    if (ids.every((id, index) => there[index]?.id === id))
      return this.again(stream, there.at(-1) as LogRecord);
    const nothingMatches = there[0]?.id !== ids[0];
    return nothingMatches && revision === -1 && this.isSoftDeleted(stream) ? undefined : wrong;
  }

  /** The first result again; without a position if the event is hidden. */
  private again(stream: string, { revision, position }: LogRecord): Outcome {
    return { is: 'stored', revision, position: this.firstShown(stream) <= revision ? position : undefined };
  }

  /** The lowest revision visible by metadata, ignoring ages. */
  firstShown(stream: string): number {
    const { maxCount, truncateBefore } = this.metadataOf(stream);
    const last = this.last.get(stream) ?? -1;
    return Math.max(0, maxCount === undefined ? 0 : last - maxCount + 1, truncateBefore ?? 0);
  }

  /** Shows a stream again from a revision on; metadata that is not a JSON object is unchanged. */
  private revive(stream: string, from: number): void {
    try {
      const said = JSON.parse(this.streams.get(`$$${stream}`)?.at(-1)?.data.toString('utf8') ?? '');
      this.store(`$$${stream}`, [metadataEvent(JSON.stringify({ ...said, $tb: from }))]);
    } catch {}
  }

  private store(stream: string, events: readonly Proposed[], fixedRevision?: number): void {
    const stored = this.streams.get(stream) ?? [];
    this.streams.set(stream, stored);
    for (const event of events) {
      const revision = fixedRevision ?? (this.last.get(stream) ?? -1) + 1;
      const record = this.place({ ...event, stream, revision }, sizeOf(stream, event));
      stored.push(record);
      this.last.set(stream, revision);
      const key = `${stream} ${event.id}`;
      if (!this.first.has(key)) this.first.set(key, record);
      this.emit('stored', record);
    }
  }

  private hide(stream: string, size: number): void {
    const id = randomUUID();
    this.place({ id, stream, type: '', json: false, data: nothing, metadata: nothing, revision: -1 }, size);
  }

  private place(record: Omit<LogRecord, 'position' | 'end' | 'created'>, size: number): LogRecord {
    const placed = {
      ...record,
      position: this.storedTail,
      end: this.storedTail + size,
      created: this.clock(),
    };
    this.records.push(placed);
    this.storedTail = placed.end;
    return placed;
  }
}

/** Bytes on disk of a record, in a real server's layout. */
function sizeOf(
  stream: string,
  { type, data, metadata }: Pick<Proposed, 'type' | 'data' | 'metadata'>,
): number {
  return 90 + Buffer.byteLength(stream) + Buffer.byteLength(type) + data.length + metadata.length;
}

function metadataEvent(json: string): Proposed {
  return { id: randomUUID(), type: '$metadata', json: true, data: Buffer.from(json), metadata: nothing };
}
