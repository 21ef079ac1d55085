import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { uuidText } from '../../../domain/values/uuid.js';
import type { Words } from '../../../domain/values/words.js';
import { DamagedBody, leafOfBytes, noPrev, readBody } from '../codec.js';
import { EventsMissing, StoreCorrupt } from '../errors.js';
import { sqliteCode } from './errors.js';
import { fileError, openToRead } from './file.js';
import { placeWords } from './reader.js';

/** The result of verifying a store. */
export interface Verification {
  events: number;
  streams: number;
  /** The position of the last event. */
  head: number;
  /** One sentence each, the first hundred; none if every event is intact and in place. */
  problems: string[];
}

/** What is wrong: an event, its link to the one before it, a part that is not there, or the file around the events. */
export type FaultKind = 'content' | 'link' | 'missing' | 'structure' | 'unreadable';

/** A fault, as a sentence without its end that names the event. */
interface Fault {
  kind: FaultKind;
  words: Words;
}

/** The result of checking every event; the first hundred faults. */
export interface EventsChecked extends Omit<Verification, 'problems'> {
  faults: Fault[];
}

/** Called with the leaf of each event, computed from its body, in order of position. */
export type OnLeaf = (leaf: Buffer) => void;

/** Yields to other work between two pages. */
export interface Turns {
  nextTurn(call: () => void): void;
}

const pageRows = 500;
const mostProblems = 100;
/** Limited for the structure, to leave room for faults of events, which are more specific. */
const mostOfStructure = 20;

/** Of a page: id and leaf in hex. Arrays of texts take half the time of objects with bytes. */
type Row = [
  seq: number,
  stream: string | null,
  rev: number,
  id: string,
  leaf: string,
  body: Uint8Array,
  isOfBytes: number,
];

/** In KiB: SQLite looks up every event in each index, and a cache of the default size holds few pages of them. */
const cacheKilobytes = 128 * 1024;

/**
 * Reads the whole file of a stopped store: the structure by SQLite's own check, then every event.
 *
 * @throws StoreInUse another process holds it
 * @throws StoreRefused it is missing, empty, or another application's
 */
export async function verifySqliteFile(path: string, turns: Turns): Promise<Verification> {
  return asProblems(await checkSqliteFile(path, turns));
}

/** The same, with the kind of each fault. @throws StoreInUse, StoreRefused */
export async function checkSqliteFile(path: string, turns: Turns, onLeaf?: OnLeaf): Promise<EventsChecked> {
  const nothing = { events: 0, streams: 0, head: 0 };
  let database: DatabaseSync | undefined;
  try {
    database = openToRead(path);
    database.exec(`PRAGMA cache_size = -${cacheKilobytes}`);
    const structure = structureProblems(database).map((words) => ({ kind: 'structure', words }) as const);
    const found = await checkEvents(database, turns, onLeaf);
    return { ...found, faults: [...structure, ...found.faults].slice(0, mostProblems) };
  } catch (error) {
    const known = fileError(error, path);
    if (!(known instanceof StoreCorrupt)) throw known;
    if (known instanceof EventsMissing)
      return {
        ...nothing,
        faults: [{ kind: 'missing', words: { en: known.message, zh: `缺少事件：${known.message}` } }],
      };
    const cause = (known.cause as Error)?.message;
    const words = { en: `${known.where} is damaged: ${cause}`, zh: `${known.where} 已损坏：${cause}` };
    return { ...nothing, faults: [{ kind: 'unreadable', words }] };
  } finally {
    database?.close();
  }
}

/**
 * Compares every event with its hash, its place and its predecessor in the stream, in pages.
 *
 * Data outside the events, such as indexes, are not checked.
 */
export async function verifyEvents(database: DatabaseSync, turns: Turns): Promise<Verification> {
  return asProblems(await checkEvents(database, turns));
}

/** The same, with the kind of each fault. */
async function checkEvents(
  database: DatabaseSync,
  turns: Turns,
  onLeaf: OnLeaf = () => undefined,
): Promise<EventsChecked> {
  const pageAfter = pages(database);
  const check = new Check(onLeaf);
  const faults: Fault[] = [];
  for (let isMore = true; isMore && faults.length < mostProblems; ) {
    const { rows, failure } = pageAfter(check.head);
    for (const row of rows) faults.push(...check.faultsOf(row));
    if (failure) {
      const last = check.place;
      const words = {
        en: `What follows ${last.en} cannot be read: ${failure.message}`,
        zh: `${last.zh}之后的内容无法读取：${failure.message}`,
      };
      faults.push({ kind: 'unreadable', words });
    }
    isMore = rows.length > 0 && !failure;
    await new Promise<void>((resolve) => turns.nextTurn(resolve));
  }
  const { events, tails, head } = check;
  return { events, streams: tails.size, head, faults: faults.slice(0, mostProblems) };
}

function asProblems({ faults, ...found }: EventsChecked): Verification {
  return { ...found, problems: faults.map(({ words }) => words.en) };
}

/** Reads the events after a position, up to one that cannot be read. */
function pages(database: DatabaseSync): (after: number) => { rows: Row[]; failure?: Error } {
  const columns = `seq, stream, rev, lower(hex(id)), lower(hex(leaf)),
    coalesce(CAST(body AS BLOB), x''), -- in a damaged file also a column that is never empty may be
    typeof(id) = 'blob' AND typeof(leaf) = 'blob' AND typeof(body) = 'blob'`;
  const events = database.prepare(
    `SELECT ${columns} FROM events NOT INDEXED WHERE seq > ? ORDER BY seq LIMIT ${pageRows}`,
  );
  // Without a place to begin at, which SQLite would look for among the damaged ones.
  const fromTheFirst = database.prepare(`SELECT ${columns} FROM events NOT INDEXED ORDER BY seq`);
  for (const statement of [events, fromTheFirst]) statement.setReturnArrays(true);
  const stream = database.prepare('SELECT name FROM streams WHERE number = ?');
  // Read once a stream, which takes less time than a join.
  const names = new Map<unknown, string | null>();
  const nameOf = (number: SQLInputValue): string | null => {
    const known = names.get(number);
    if (known !== undefined) return known;
    const name = (stream.get(number)?.name ?? null) as string | null;
    names.set(number, name);
    return name;
  };
  return (after) => {
    const rows: Row[] = [];
    const add = (row: unknown) => {
      const read = row as Row;
      read[1] = nameOf(read[1]);
      rows.push(read);
    };
    try {
      for (const row of events.all(after)) add(row);
      return { rows };
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      try {
        // As far as it goes; it fails at the same place.
        const last = rows.at(-1)?.[0] ?? after;
        for (const row of fromTheFirst.iterate()) if (Number((row as unknown as Row)[0]) > last) add(row);
      } catch (again) {
        if (!isUnreadable(again)) throw again;
      }
      return { rows, failure: error as Error };
    }
  };
}

/** True if SQLite cannot read a row, or if it has a number that none of Topout's is. */
function isUnreadable(error: unknown): boolean {
  return sqliteCode(error) !== undefined || (error as NodeJS.ErrnoException).code === 'ERR_OUT_OF_RANGE';
}

/** The end of a stream so far: its last event's revision and leaf (base64url), and the last `recordedAt` that can be read. */
interface Tail {
  rev: number;
  leaf: string;
  at: string;
}

/** Verifies one file, event by event in order of position. */
class Check {
  events = 0;
  head = 0;
  /** By stream; `recordedAt` too, because several replicas have separate clocks. */
  readonly tails = new Map<string, Tail>();

  private last?: Row;

  constructor(private readonly onLeaf: OnLeaf) {}

  /** Where the last event is. */
  get place(): Words {
    if (!this.last) return { en: 'the start of the file', zh: '文件开头' };
    const [seq, stream, rev, id] = this.last;
    return placeWords(seq, stream, rev, id);
  }

  faultsOf(row: Row): Fault[] {
    const [seq, name, rev, , held, body] = row;
    const leaf = leafOfBytes(body);
    const isAsHeld = leaf.toString('hex') === held;
    const stream = String(name);
    const tail = this.tails.get(stream) ?? { rev: -1, leaf: noPrev, at: '' };
    const seen = this.faultsIn(row, tail, isAsHeld);
    if (tail.rev < 0) this.tails.set(stream, tail);
    this.events += 1;
    // Never back, so that reading terminates.
    this.head = Math.max(this.head, seq);
    tail.rev = rev;
    tail.leaf = (isAsHeld ? leaf : Buffer.from(held, 'hex')).toString('base64url');
    this.onLeaf(leaf);
    this.last = row;
    if (seen.length === 0) return seen;
    const { place } = this;
    return seen.map(({ kind, words }) => ({
      kind,
      words: { en: `${place.en}: ${words.en}`, zh: `${place.zh}：${words.zh}` },
    }));
  }

  /** Also notes in the tail when the event was recorded. */
  private faultsIn([seq, stream, rev, id, , bytes, isOfBytes]: Row, tail: Tail, isAsHeld: boolean): Fault[] {
    const seen: Fault[] = [];
    const add = (kind: FaultKind, en: string, zh: string) => seen.push({ kind, words: { en, zh } });
    const next = this.head + 1;
    if (seq <= this.head)
      add('structure', `it is where position ${next} is expected`, `此处应为位置 ${next}`);
    if (seq > next)
      add(
        'missing',
        `the events from position ${next} to ${seq - 1} are missing before it`,
        `其前缺少位置 ${next} 至 ${seq - 1} 的事件`,
      );
    if (rev !== tail.rev + 1)
      add(
        rev > tail.rev + 1 ? 'missing' : 'link',
        `it follows revision ${tail.rev} of its stream`,
        `它接在所属流的第 ${tail.rev} 号之后`,
      );
    if (!isOfBytes) add('content', 'a part of it is kept as another type', '其一部分以另一类型存放');
    if (!isAsHeld) {
      add('content', 'its body does not match its hash', '内容与哈希不符');
      return seen;
    }
    try {
      const body = readBody(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
      const isInPlace = body.stream === stream && body.rev === rev && body.id === uuidText(id);
      if (!isInPlace)
        add(
          'content',
          `its body says ${body.stream} revision ${body.rev}, id ${body.id}`,
          `内容写的是 ${body.stream} 第 ${body.rev} 号，标识 ${body.id}`,
        );
      if (body.prev !== tail.leaf)
        add('link', 'its body names another event before it', '内容所指的前一条是另一事件');
      if (body.at < tail.at)
        add(
          'content',
          `it was recorded at ${body.at}, before the event before it in its stream`,
          `录入时间 ${body.at} 早于所属流中的前一条`,
        );
      tail.at = body.at;
    } catch (error) {
      if (!(error instanceof DamagedBody)) throw error;
      add('content', error.message, `内容已损坏：${error.message}`);
    }
    return seen;
  }
}

function structureProblems(database: DatabaseSync): Words[] {
  const said = (text: string) => ({
    en: `The structure of the file: ${text}`,
    zh: `文件结构：${text}`,
  });
  try {
    const lines = database.prepare(`PRAGMA integrity_check(${mostOfStructure})`).all();
    const found = lines.map((line) => String(Object.values(line)[0]));
    return found.filter((line) => line !== 'ok').map(said);
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
    return [said((error as Error).message)];
  }
}
