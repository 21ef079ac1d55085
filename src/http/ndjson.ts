import type { Readable } from 'node:stream';
import type { RequestFault } from './faults.js';

/** A line of a body, counted from 1, or what is wrong with it as a line. */
export type Line = { number: number } & ({ bytes: Buffer } | { fault: RequestFault });

/** What a body of lines may take, in bytes. */
export interface LineLimits {
  body: number;
  line: number;
}

const newline = 0x0a;

/**
 * The lines of a body as they come in, those of one piece of it together; empty ones are counted and left out.
 *
 * A line above its limit is a fault and the next one goes on; a body above its limit ends with a fault. A body that is cut
 * off ends without its last, unfinished line.
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
    // Cut off by the client: what came whole counts, and nobody waits for more.
    return;
  }
  const last: Line[] = [];
  end(last);
  if (last.length > 0) yield last;
}

/** An item whose answer is under way, and the answer once it is there. */
interface UnderWay<Result> {
  settled: Promise<void>;
  result?: { is: Result };
}

/**
 * Answers items in their order, with up to `window()` of them under way at a time; answers that are there at once come together.
 *
 * Items are read ahead of the answers, so that a client that sends everything before it reads anything is not kept waiting
 * for itself; the limit of the body bounds what is held.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<readonly Item[]>,
  answer: (item: Item) => Promise<Result>,
  window: () => number,
): AsyncGenerator<Result[]> {
  let waiting: Item[] = [];
  let next = 0;
  let isOver = false;
  let wake = () => {};
  const reading = (async () => {
    for await (const some of items) {
      if (isOver) return;
      for (const item of some) waiting.push(item);
      wake();
    }
  })().finally(() => {
    isOver = true;
    wake();
  });
  const underWay: UnderWay<Result>[] = [];
  const begin = (item: Item) => {
    const begun: UnderWay<Result> = {
      settled: answer(item).then((result) => {
        begun.result = { is: result };
      }),
    };
    underWay.push(begun);
  };
  try {
    for (;;) {
      while (underWay.length < window() && next < waiting.length) begin(waiting[next++] as Item);
      if (next === waiting.length) {
        waiting = [];
        next = 0;
      }
      const [first] = underWay;
      if (first) {
        await first.settled;
        // What one commit has recorded is there by now, and goes out in one piece.
        const end = underWay.findIndex(({ result }) => !result);
        const done = underWay.splice(0, end < 0 ? underWay.length : end);
        yield done.flatMap(({ result }) => (result ? [result.is] : []));
      } else if (isOver) return await reading;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    isOver = true;
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
