import type { Readable } from 'node:stream';
import type { RequestFault } from '../problems/faults.js';

/** A line of a body, counted from 1, or its fault as a line. */
export type Line = { number: number } & ({ bytes: Buffer } | { fault: RequestFault });

/** Limits of a body of lines, in bytes. */
export interface LineLimits {
  body: number;
  line: number;
}

const newline = 0x0a;

/**
 * The lines of a body as they arrive, those of one chunk together; empty ones are counted and skipped.
 *
 * A line above its limit is a fault and the next one continues; a body above its limit ends with a fault. A body that
 * is cut off ends without its incomplete last line.
 */
export async function* linesOf(body: Readable, limits: LineLimits): AsyncGenerator<Line[]> {
  let number = 1;
  let rest: Buffer[] = [];
  let restLength = 0;
  let total = 0;
  const keep = (piece: Buffer) => {
    restLength += piece.length;
    if (restLength <= limits.line) rest.push(piece);
    else rest = [];
  };
  const end = (lines: Line[]) => {
    const bytes = rest.length === 1 && rest[0] ? rest[0] : Buffer.concat(rest);
    if (restLength > limits.line) lines.push({ number, fault: tooLarge('line', restLength, limits.line) });
    else if (!bytes.every((byte) => byte <= 0x20)) lines.push({ number, bytes });
    rest = [];
    restLength = 0;
    number++;
  };
  try {
    // The connection stays open for the answer when reading stops early.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > limits.body) return yield [{ number, fault: tooLarge('body', total, limits.body) }];
      const lines: Line[] = [];
      let start = 0;
      for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, start)) {
        keep(chunk.subarray(start, at));
        end(lines);
        start = at + 1;
      }
      if (start < chunk.length) keep(chunk.subarray(start));
      if (lines.length > 0) yield lines;
    }
  } catch {
    // Cut off by the client: complete lines count, and nobody waits for more.
    return;
  }
  const last: Line[] = [];
  end(last);
  if (last.length > 0) yield last;
}

/**
 * Answers items in order, with up to `window()` of them in progress; answers that are ready together are yielded
 * together.
 *
 * Items are read ahead of the answers, so that a client that sends everything before it reads is not blocked; the limit
 * of the body bounds the memory. Some items start early, right after one of their kind, whose loaded data are still
 * cached.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<readonly Item[]>,
  answer: (item: Item) => Promise<Result>,
  { window, kindOf }: { window(): number; kindOf(item: Item): string | undefined },
): AsyncGenerator<Result[]> {
  const asked = new AskedItems<Item, Result>(kindOf);
  let underWay = 0;
  let isOver = false;
  let failure: { error: unknown } | undefined;
  let wake = () => {};
  const reading = (async () => {
    for await (const some of items) {
      if (isOver) return;
      for (const item of some) asked.add(item);
      wake();
    }
  })().finally(() => {
    isOver = true;
    wake();
  });
  const begin = async (one: Asked<Item, Result>, item: Item) => {
    underWay += 1;
    try {
      one.result = { is: await answer(item) };
    } catch (error) {
      failure ??= { error };
    }
    underWay -= 1;
    wake();
  };
  try {
    for (;;) {
      while (underWay < window()) {
        const next = asked.next();
        if (!next) break;
        void begin(next.asked, next.item);
      }
      if (failure) throw failure.error;
      // The results of one commit are ready by now, and are sent in one chunk.
      const done = asked.takeAnswered();
      if (done.length > 0) yield done;
      else if (isOver && asked.isEmpty) return await reading;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    isOver = true;
  }
}

/** An item that was read: waiting, and its answer from when it is ready until it is taken. */
interface Asked<Item, Result> {
  waiting: { item: Item; kind: string | undefined } | undefined;
  result: { is: Result } | undefined;
}

/** Maximum number of one kind started in a row, so that others proceed beside them. */
const inARow = 16;

/** Items in order, whose answers leave in that order too. */
class AskedItems<Item, Result> {
  private all: Asked<Item, Result>[] = [];
  private answered = 0;
  /** Before it, all have begun. */
  private place = 0;
  private readonly kinds = new Map<string, { asked: Asked<Item, Result>[]; place: number }>();
  private row: { kind: string | undefined; left: number } = { kind: undefined, left: 0 };

  constructor(private readonly kindOf: (item: Item) => string | undefined) {}

  get isEmpty(): boolean {
    return this.answered === this.all.length;
  }

  add(item: Item): void {
    const kind = this.kindOf(item);
    const asked: Asked<Item, Result> = { waiting: { item, kind }, result: undefined };
    this.all.push(asked);
    if (kind === undefined) return;
    const known = this.kinds.get(kind);
    if (known) known.asked.push(asked);
    else this.kinds.set(kind, { asked: [asked], place: 0 });
  }

  /** Removes the next item to start: of the kind of the last one for a while, else the first waiting one. */
  next(): { asked: Asked<Item, Result>; item: Item } | undefined {
    const asked = this.nextInRow() ?? this.nextOfAll();
    const waiting = asked?.waiting;
    if (!waiting) return undefined;
    asked.waiting = undefined;
    return { asked, item: waiting.item };
  }

  takeAnswered(): Result[] {
    const answered: Result[] = [];
    for (let one = this.all[this.answered]; one?.result; one = this.all[++this.answered]) {
      answered.push(one.result.is);
      one.result = undefined;
    }
    if (this.isEmpty) {
      this.all = [];
      this.answered = 0;
      this.place = 0;
      this.kinds.clear();
    }
    return answered;
  }

  private nextInRow(): Asked<Item, Result> | undefined {
    const { kind, left } = this.row;
    if (kind === undefined || left === 0) return undefined;
    this.row.left -= 1;
    const known = this.kinds.get(kind);
    if (!known) return undefined;
    while (known.place < known.asked.length && !known.asked[known.place]?.waiting) known.place += 1;
    return known.asked[known.place];
  }

  private nextOfAll(): Asked<Item, Result> | undefined {
    while (this.place < this.all.length && !this.all[this.place]?.waiting) this.place += 1;
    const next = this.all[this.place];
    if (next) this.row = { kind: next.waiting?.kind, left: inARow - 1 };
    return next;
  }
}

function tooLarge(what: 'line' | 'body', seen: number, most: number): RequestFault {
  return {
    member: what,
    type: 'body-too-large',
    seen: `a ${what} of ${seen} bytes or more`,
    expected: `at most ${most}`,
  };
}
