import { describe, expect, test } from '@jest/globals';
import { type Chunk, chunksOf, maxBytes, type Oversized } from '../../src/cli/client/chunks.js';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function cut(text: string | Buffer, size = 64 * 1024): Promise<(Chunk | Oversized)[]> {
  const parts: (Chunk | Oversized)[] = [];
  for await (const part of chunksOf(pieces(Buffer.from(text), size))) parts.push(part);
  return parts;
}

describe('a file of entries is sent in parts', () => {
  test.each([1, 2, 3, 7, 1000])('however the disk returns it: %d bytes at a time', async (size) => {
    expect(await cut('{"a":1}\r\n\n  \n{"b":"屋面"}', size)).toEqual([
      { body: Buffer.from('{"a":1}\r\n{"b":"屋面"}\n'), lines: [1, 4], bytesRead: 27 },
    ]);
  });

  test('at most 500 lines are in a part, each with its number in the file', async () => {
    const parts = (await cut('{}\n'.repeat(1001))) as Chunk[];
    expect(parts.map(({ lines }) => [lines[0], lines.at(-1)])).toEqual([
      [1, 500],
      [501, 1000],
      [1001, 1001],
    ]);
    expect(parts.at(-1)?.bytesRead).toBe(3003);
  });

  test('at most 1 MiB is in a part', async () => {
    const line = `{"note":"${'x'.repeat(300_000)}"}\n`;
    const parts = (await cut(line.repeat(7))) as Chunk[];
    expect(parts.map(({ lines }) => lines)).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    expect(parts.every(({ body }) => body.length <= maxBytes)).toBe(true);
  });

  test('a line too long for a request is named, and its neighbours are sent', async () => {
    const parts = await cut(`{"a":1}\n${'x'.repeat(maxBytes + 1)}\n{"b":2}\n`);
    expect(parts).toEqual([
      { body: Buffer.from('{"a":1}\n'), lines: [1], bytesRead: 8 },
      { line: 2, bytes: maxBytes + 1 },
      { body: Buffer.from('{"b":2}\n'), lines: [3], bytesRead: maxBytes + 18 },
    ]);
  });

  test('a byte order mark is skipped', async () => {
    expect(await cut('\ufeff{"a":1}\n')).toEqual([
      { body: Buffer.from('{"a":1}\n'), lines: [1], bytesRead: 11 },
    ]);
  });

  test('an empty file has no parts', async () => {
    expect(await cut('')).toEqual([]);
  });
});
