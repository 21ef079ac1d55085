import { expect, test } from '@jest/globals';
import { LongWork } from '../../src/app/long-work.js';
import { ClientLeft, type Pace } from '../../src/app/turns.js';

/** A clock that is frozen until it is moved, and turns that run immediately. */
function longWork() {
  const clock = { ms: 0 };
  const long = new LongWork({ elapsedMs: () => clock.ms, nextTurn: (call) => void setImmediate(call) });
  return { clock, long };
}

test('a long answer yields after 8 ms and not before', async () => {
  const { clock, long } = longWork();
  const seen = await long.run(undefined, async (pace) => {
    const before = pace.isOver;
    clock.ms += 8;
    const after = pace.isOver;
    await pace.rest();
    return [before, after, pace.isOver];
  });
  expect(seen).toEqual([false, true, false]);
});

test('two long answers run at a time, and the others in order', async () => {
  const { long } = longWork();
  const begun: number[] = [];
  const ends = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const answers = ends.map((end, index) =>
    long.run(undefined, async () => {
      begun.push(index);
      await end.promise;
      return index;
    }),
  );
  const settle = () => new Promise((resolve) => setTimeout(resolve, 10));
  await settle();
  expect(begun).toEqual([0, 1]);
  ends[1]?.resolve();
  await settle();
  expect(begun).toEqual([0, 1, 2]);
  for (const end of ends) end.resolve();
  expect(await Promise.all(answers)).toEqual([0, 1, 2, 3]);
});

test('the answer of a client that disconnects ends, waiting or running, and makes room', async () => {
  const { long } = longWork();
  const restless = async (pace: Pace): Promise<never> => {
    for (;;) await pace.rest();
  };
  const leaving = [0, 1, 2].map(() => new AbortController());
  const answers = leaving.map(({ signal }) => long.run(signal, restless).catch((error: Error) => error));
  const last = long.run(undefined, () => 'answered');
  for (const client of leaving.toReversed()) client.abort();
  for (const answer of answers) expect(await answer).toBeInstanceOf(ClientLeft);
  expect(await last).toBe('answered');
});
