import { expect, test } from '@jest/globals';
import { compareWithNaiveFold } from '../support/two-clocks.js';

test('every answer for any point of both clocks is the fold of what was known by then', async () => {
  const { histories, mismatch, moved, firstMismatch, points } = await compareWithNaiveFold({
    seed: 20180630,
    histories: 2_000,
    pointsEach: 10,
  });
  expect({ histories, points, mismatch, moved, firstMismatch }).toEqual({
    histories: 2_000,
    points: 20_000,
    mismatch: 0,
    moved: 0,
    firstMismatch: undefined,
  });
}, 900_000);

test('an answer that lost an entry is detected', async () => {
  const { mismatch } = await compareWithNaiveFold({ seed: 7, histories: 20, pointsEach: 5, isBroken: true });
  expect(mismatch).toBeGreaterThan(0);
});
