/** Lines that are sent together. */
export interface Chunk {
  body: Buffer;
  /** The number of each line in the file, from 1. */
  lines: number[];
  /** Bytes of the file up to the end of this chunk. */
  bytesRead: number;
}

/** A single line larger than a request may be. */
export interface Oversized {
  line: number;
  bytes: number;
}

const maxLines = 500;
export const maxBytes = 1024 * 1024;

const newline = 0x0a;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Splits a stream of NDJSON into chunks of at most 500 lines and 1 MiB; empty lines are skipped and counted.
 *
 * Bytes are passed on unchanged. A line that alone exceeds 1 MiB is named and skipped without being buffered.
 */
export async function* chunksOf(source: AsyncIterable<Buffer>): AsyncGenerator<Chunk | Oversized> {
  let parts: Buffer[] = [];
  let lines: number[] = [];
  let size = 0;
  let bytesRead = 0;
  const taken = (): Chunk => {
    const chunk = { body: Buffer.concat(parts), lines, bytesRead };
    parts = [];
    lines = [];
    size = 0;
    return chunk;
  };
  for await (const line of linesOf(source)) {
    if (line.bytes > maxBytes) {
      if (lines.length > 0) yield taken();
      yield { line: line.number, bytes: line.bytes };
    } else if (line.text.toString().trim() !== '') {
      if (lines.length === maxLines || size + line.bytes + 1 > maxBytes) yield taken();
      parts.push(line.text, Buffer.from([newline]));
      lines.push(line.number);
      size += line.bytes + 1;
    }
    bytesRead = line.end;
  }
  if (lines.length > 0) yield taken();
}

interface Line {
  number: number;
  /** Empty when the line is larger than a request may be. */
  text: Buffer;
  bytes: number;
  /** Bytes of the source up to the end of this line. */
  end: number;
}

async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let held: Buffer[] = [];
  let bytes = 0;
  let number = 0;
  let end = 0;
  const line = (): Line => {
    const whole = bytes > maxBytes ? Buffer.alloc(0) : Buffer.concat(held);
    const isMarked = number === 0 && whole.subarray(0, 3).equals(byteOrderMark);
    const found = {
      number: ++number,
      text: isMarked ? whole.subarray(3) : whole,
      bytes: isMarked ? bytes - 3 : bytes,
      end,
    };
    held = [];
    bytes = 0;
    return found;
  };
  const hold = (part: Buffer) => {
    bytes += part.length;
    if (bytes <= maxBytes) held.push(part);
    else held = [];
  };
  for await (const piece of source) {
    let start = 0;
    for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, start)) {
      hold(piece.subarray(start, at));
      end += at + 1 - start;
      start = at + 1;
      yield line();
    }
    hold(piece.subarray(start));
    end += piece.length - start;
  }
  if (bytes > 0) yield line();
}
