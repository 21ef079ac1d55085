import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { inOrder, type Line, linesOf } from '../../src/http/ndjson.js';

const limits = { body: 60, line: 20 };

async function all<Item>(items: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const some of items) found.push(...some);
  return found;
}

const shown = (lines: readonly Line[]) =>
  lines.map((line) => [line.number, 'bytes' in line ? line.bytes.toString() : line.fault.member]);

const bytesOf = (text: string, size: number) => {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
};

test.each([1, 2, 3, 7, 100])(
  'lines come whole, however the body is cut (%d bytes at a time)',
  async (size) => {
    const lines = await all(linesOf(Readable.from(bytesOf('{"a":"屋面"}\r\n\n  \n{"b":1}', size)), limits));
    expect(shown(lines)).toEqual([
      [1, '{"a":"屋面"}\r'],
      [4, '{"b":1}'],
    ]);
  },
);

test.each([1, 5, 100])(
  'a line above the limit is told, and the next one counts (%d bytes at a time)',
  async (size) => {
    const lines = await all(
      linesOf(Readable.from(bytesOf(`${'x'.repeat(21)}\n${'y'.repeat(20)}\n`, size)), limits),
    );
    expect(shown(lines)).toEqual([
      [1, 'line'],
      [2, 'y'.repeat(20)],
    ]);
  },
);

test('a body above the limit ends with a fault, after the lines before it', async () => {
  const lines = await all(linesOf(Readable.from(bytesOf('12345678\n'.repeat(10), 9)), limits));
  expect(shown(lines)).toEqual([...[1, 2, 3, 4, 5, 6].map((number) => [number, '12345678']), [7, 'body']]);
});

test('a body that is cut off ends without its unfinished line', async () => {
  const body = Readable.from(
    (async function* () {
      yield Buffer.from('{"a":1}\n{"b":');
      throw new Error('aborted');
    })(),
  );
  expect(shown(await all(linesOf(body, limits)))).toEqual([[1, '{"a":1}']]);
});

test('answers keep the order of the items, and no more than the window is under way', async () => {
  let underWay = 0;
  let most = 0;
  const answer = async (item: number) => {
    underWay++;
    most = Math.max(most, underWay);
    for (let turn = 0; turn < (item % 5) * 2; turn++) await setImmediate();
    underWay--;
    return item;
  };
  const items = Array.from({ length: 200 }, (_, index) => index);
  const inPieces = Readable.from([items.slice(0, 3), items.slice(3, 150), items.slice(150)]);
  expect(await all(inOrder(inPieces, answer, () => 8))).toEqual(items);
  expect([most > 4, most <= 8]).toEqual([true, true]);
});

test('items are read to the end although nobody takes an answer', async () => {
  let read = 0;
  const items = (async function* () {
    for (; read < 500; read++) yield [read];
  })();
  const answers = inOrder(
    items,
    async (item) => item,
    () => 4,
  );
  await answers.next();
  for (let turn = 0; turn < 20; turn++) await setImmediate();
  expect(read).toBe(500);
  await answers.return(undefined);
});

test('answers that are there at once come together', async () => {
  let commit = () => {};
  const committed = new Promise<void>((resolve) => (commit = resolve));
  const answers = inOrder(
    Readable.from([[1, 2, 3, 4]]),
    async (item) => {
      await committed;
      return item;
    },
    () => 3,
  );
  const first = answers.next();
  await setImmediate();
  commit();
  expect([(await first).value, (await answers.next()).value]).toEqual([[1, 2, 3], [4]]);
});
