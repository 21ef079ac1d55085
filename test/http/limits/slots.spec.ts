import { expect, test } from '@jest/globals';
import { Slots } from '../../../src/http/limits/slots.js';

function made() {
  const timers = new Set<() => void>();
  const slots = new Slots({ all: 3, each: 2 }, (_, call) => {
    timers.add(call);
    return () => timers.delete(call);
  });
  const taken = (key: string) => {
    const state: { release?: () => void; isOver?: boolean } = {};
    void slots.take(key).then((release) => {
      if (release) state.release = release;
      else state.isOver = true;
    });
    return state;
  };
  return { slots, timers, taken };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('one key has its share, and another one goes before what waits of the first', async () => {
  const { taken } = made();
  const [first, second, third, other] = [taken('a'), taken('a'), taken('a'), taken('b')];
  await turn();
  expect([first, second, third, other].map(({ release }) => release !== undefined)).toEqual([
    true,
    true,
    false,
    true,
  ]);
  first?.release?.();
  await turn();
  expect(third?.release).toBeDefined();
});

test('a release that is called twice gives one slot', async () => {
  const { slots, taken } = made();
  const one = taken('a');
  await turn();
  one.release?.();
  one.release?.();
  expect(slots.count).toBe(0);
});

test('who waits too long gets none, and leaves the queue', async () => {
  const { slots, timers, taken } = made();
  const held = [taken('a'), taken('a')];
  const late = taken('a');
  await turn();
  for (const call of [...timers]) call();
  await turn();
  expect(late.isOver).toBe(true);
  for (const { release } of held) release?.();
  expect(slots.count).toBe(0);
});

test('few of one key may wait', async () => {
  const { slots, taken } = made();
  for (let count = 0; count < 10; count += 1) taken('a');
  expect([slots.isFull('a'), slots.isFull('b')]).toEqual([true, false]);
});
