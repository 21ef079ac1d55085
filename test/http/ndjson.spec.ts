import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { inOrder, type Line, linesOf } from '../../src/http/validation/ndjson.js';

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
  'lines are complete, however the body is split (%d bytes at a time)',
  async (size) => {
    const lines = await all(linesOf(Readable.from(bytesOf('{"a":"屋面"}\r\n\n  \n{"b":1}', size)), limits));
    expect(shown(lines)).toEqual([
      [1, '{"a":"屋面"}\r'],
      [4, '{"b":1}'],
    ]);
  },
);

test.each([1, 5, 100])(
  'a line above the limit is reported, and the next one counts (%d bytes at a time)',
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

test('a body that is cut off ends without its incomplete line', async () => {
  const body = Readable.from(
    (async function* () {
      yield Buffer.from('{"a":1}\n{"b":');
      throw new Error('aborted');
    })(),
  );
  expect(shown(await all(linesOf(body, limits)))).toEqual([[1, '{"a":1}']]);
});

const noKind = () => undefined;

test('answers keep the order of the items, and no more than the window is in progress', async () => {
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
  expect(await all(inOrder(inPieces, answer, { window: () => 8, kindOf: noKind }))).toEqual(items);
  expect([most > 4, most <= 8]).toEqual([true, true]);
});

test('items are read to the end although nobody takes an answer', async () => {
  let read = 0;
  const items = (async function* () {
    for (; read < 500; read++) yield [read];
  })();
  const answers = inOrder(items, async (item) => item, { window: () => 4, kindOf: noKind });
  await answers.next();
  for (let turn = 0; turn < 20; turn++) await setImmediate();
  expect(read).toBe(500);
  await answers.return(undefined);
});

test('answers that are ready together come together', async () => {
  let commit = () => {};
  const committed = new Promise<void>((resolve) => (commit = resolve));
  const answers = inOrder(
    Readable.from([[1, 2, 3, 4]]),
    async (item) => {
      await committed;
      return item;
    },
    { window: () => 3, kindOf: noKind },
  );
  const first = answers.next();
  await setImmediate();
  commit();
  expect([(await first).value, (await answers.next()).value]).toEqual([[1, 2, 3], [4]]);
});

test('items of one kind start in groups of at most sixteen, and answers keep their order all the same', async () => {
  const items = Array.from({ length: 120 }, (_, index) => index);
  const begun: number[] = [];
  const answer = async (item: number) => {
    begun.push(item);
    await setImmediate();
    return item;
  };
  const kindOf = (item: number) => (item % 3 === 0 ? undefined : String(item % 3));
  const answers = inOrder(Readable.from([items]), answer, { window: () => 4, kindOf });
  expect(await all(answers)).toEqual(items);
  expect(begun.toSorted((a, b) => a - b)).toEqual(items);
  const ofKind = (kind: number) => items.filter((item) => item % 3 === kind);
  expect(begun.slice(0, 34)).toEqual([0, ...ofKind(1).slice(0, 16), ...ofKind(2).slice(0, 16), 3]);
});

test('a failure of an answer reaches the consumer of the answers', async () => {
  const answer = async (item: number) => {
    if (item === 2) throw new Error('no second one');
    return item;
  };
  const answers = inOrder(Readable.from([[1, 2, 3]]), answer, { window: () => 1, kindOf: noKind });
  await expect(all(answers)).rejects.toThrow('no second one');
});
