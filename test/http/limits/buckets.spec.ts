import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Buckets } from '../../../src/http/limits/buckets.js';

const rate = { perSecond: 2, burst: 3 };

function made(most?: number) {
  const clock = { ms: 1_000 };
  return { clock, buckets: new Buckets(() => clock.ms, most) };
}

describe('a bucket', () => {
  test('gives a burst, and then one token whenever it is due', () => {
    const { clock, buckets } = made();
    expect([1, 2, 3, 4].map(() => buckets.take('a', rate))).toEqual([0, 0, 0, 500]);
    expect(buckets.left('a', rate)).toBe(0);
    clock.ms += 499;
    expect(buckets.take('a', rate)).toBe(1);
    clock.ms += 1;
    expect([buckets.take('a', rate), buckets.take('a', rate)]).toEqual([0, 500]);
  });

  test('of one key does not empty that of another', () => {
    const { buckets } = made();
    for (let taken = 0; taken < 10; taken += 1) buckets.take('a', rate);
    expect(buckets.take('b', rate)).toBe(0);
  });

  test('can owe, and what follows waits', () => {
    const { clock, buckets } = made();
    buckets.charge('a', rate, 13);
    expect(buckets.waitMs('a', rate)).toBe(5_500);
    clock.ms += 5_500;
    expect(buckets.waitMs('a', rate)).toBe(0);
  });

  test('never gives more than its burst and its rate, whenever it is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 200 }), (pauses) => {
        const { clock, buckets } = made();
        const taken: number[] = [];
        for (const pause of pauses) {
          clock.ms += pause;
          if (buckets.take('a', rate) === 0) taken.push(clock.ms);
        }
        for (const [first, from] of taken.entries())
          for (const [last, to] of taken.entries())
            if (last >= first)
              expect(last - first + 1).toBeLessThanOrEqual(
                rate.burst + ((to - from) * rate.perSecond) / 1_000,
              );
      }),
      { numRuns: 50 },
    );
  });
});

describe('many keys', () => {
  test('take a bounded room, and the ones beyond it share a bucket', () => {
    const { buckets } = made(100);
    for (let key = 0; key < 100_000; key += 1) buckets.take(`address ${key}`, rate);
    expect(buckets.size).toBeLessThanOrEqual(101);
    expect(buckets.take('a new one', rate)).toBeGreaterThan(0);
  });

  test('do not push out a bucket that is empty', () => {
    const { clock, buckets } = made(100);
    for (let taken = 0; taken < 40; taken += 1) buckets.charge('first', rate, 1);
    for (let key = 0; key < 10_000; key += 1) buckets.take(`address ${key}`, rate);
    clock.ms += 2_000;
    for (let key = 0; key < 10_000; key += 1) buckets.take(`later ${key}`, rate);
    expect(buckets.waitMs('first', rate)).toBeGreaterThan(10_000);
  });

  test('that rest give their room back', () => {
    const { clock, buckets } = made(100);
    for (let key = 0; key < 1_000; key += 1) buckets.take(`address ${key}`, rate);
    clock.ms += 1_000_000;
    expect(buckets.take('a new one', rate)).toBe(0);
    expect(buckets.size).toBe(1);
  });
});
