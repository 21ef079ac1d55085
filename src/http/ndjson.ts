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
 * The lines of a body as they come in; empty ones are counted and left out.
 *
 * A line above its limit is a fault and the next one goes on; a body above its limit ends with a fault. A body that is cut
 * off ends without its last, unfinished line.
 */
export async function* linesOf(body: Readable, limits: LineLimits): AsyncGenerator<Line> {
  let number = 1;
  let rest: Buffer[] = [];
  let restLength = 0;
  let total = 0;
  const line = (): Line | undefined => {
    const bytes = Buffer.concat(rest);
    const length = restLength;
    rest = [];
    restLength = 0;
    if (length > limits.line) return { number, fault: tooLarge('line', length, limits.line) };
    return bytes.every((byte) => byte <= 0x20) ? undefined : { number, bytes };
  };
  const keep = (piece: Buffer) => {
    restLength += piece.length;
    if (restLength <= limits.line) rest.push(piece);
    else rest = [];
  };
  try {
    // The connection stays open for the answer when reading stops early.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > limits.body) return yield { number, fault: tooLarge('body', total, limits.body) };
      let start = 0;
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
        keep(chunk.subarray(start, end));
        const whole = line();
        if (whole) yield whole;
        number++;
        start = end + 1;
      }
      keep(chunk.subarray(start));
    }
  } catch {
    // Cut off by the client: what came whole counts, and nobody waits for more.
    return;
  }
  const last = line();
  if (last) yield last;
}

/**
 * Answers items in their order, with up to `window` of them under way at a time.
 *
 * Items are read ahead of the answers, so that a client that sends everything before it reads anything is not kept waiting
 * for itself; the limit of the body bounds what is held.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  answer: (item: Item) => Promise<Result>,
  window: number,
): AsyncGenerator<Result> {
  let waiting: Item[] = [];
  let next = 0;
  let isOver = false;
  let wake = () => {};
  const reading = (async () => {
    for await (const item of items) {
      if (isOver) return;
      waiting.push(item);
      wake();
    }
  })().finally(() => {
    isOver = true;
    wake();
  });
  const underWay: Promise<Result>[] = [];
  try {
    for (;;) {
      while (underWay.length < window && next < waiting.length)
        underWay.push(answer(waiting[next++] as Item));
      if (next === waiting.length) {
        waiting = [];
        next = 0;
      }
      const first = underWay.shift();
      if (first) yield await first;
      else if (isOver) return await reading;
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
