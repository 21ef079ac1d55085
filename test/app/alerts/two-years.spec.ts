import { afterAll, expect, test } from '@jest/globals';
import { simulate } from '../../../proofs/alerts/simulated-years.js';

const counts: string[] = [];
afterAll(() => {
  process.stderr.write(counts.map((line) => `${line}\n`).join(''));
});

test('10,000 projects run for two years, and each alert comes on its day, once', async () => {
  const started = performance.now();
  const found = await simulate({
    seed: 20180710,
    projects: 10_000,
    days: 730,
    liveliness: 1,
    soonPercent: 5,
    restarts: 1,
    jumps: 0,
  });
  counts.push(`two years of 10,000 projects: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  const { projects, days, missed, doubled, false: wrong, recordedAtRegressions, firstFault } = found;
  expect({ projects, days, missed, doubled, wrong, recordedAtRegressions, firstFault }).toEqual({
    projects: 10_000,
    days: 730,
    missed: 0,
    doubled: 0,
    wrong: 0,
    recordedAtRegressions: 0,
    firstFault: undefined,
  });
  expect(found.alerts).toBeGreaterThan(20_000);
}, 900_000);
