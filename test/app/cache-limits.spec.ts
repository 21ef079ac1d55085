import { expect, test } from '@jest/globals';
import { cacheLimits } from '../../src/app/cache-limits.js';
import { KnownProjects } from '../../src/app/commands/known-projects.js';

test('caches hold more with more memory, in proportion', () => {
  const [small, large] = [cacheLimits(100), cacheLimits(400)];
  expect(large.commands / small.commands).toBeCloseTo(4, 2);
  expect(large.states.folded / small.states.folded).toBeCloseTo(4, 2);
  expect(large.states.read / small.states.read).toBeCloseTo(4, 2);
  expect(large.states.listed / small.states.listed).toBeCloseTo(4, 2);
  expect(large.rows / small.rows).toBeCloseTo(4, 2);
  expect(large.alertEvents / small.alertEvents).toBeCloseTo(4, 2);
  expect(large.known.projects / small.known.projects).toBeCloseTo(4, 2);
  expect(large.known.hashes / small.known.hashes).toBe(4);
});

test('all caches together take no more than the memory that is stated', () => {
  // Bytes of an entry, a hash and a project as measured; two caches hold events of alerts.
  for (const mebibytes of [16, 64, 384, 1_000]) {
    const { commands, known, states, rows, alertEvents } = cacheLimits(mebibytes);
    const ofProjects =
      commands * 1_200 + states.folded * 3_800 + states.read * 1_000 + rows * 3_500 + states.listed * 2_000;
    const bytes = ofProjects + known.hashes * 16 + known.projects * 150 + 2 * alertEvents * 4_000;
    expect(bytes / 1024 / 1024).toBeLessThanOrEqual(mebibytes);
    expect(bytes / 1024 / 1024).toBeGreaterThan(mebibytes * 0.8);
  }
});

test('the smallest memory still knows of projects what they say', () => {
  expect(cacheLimits(16).known.hashes).toBeGreaterThan(100_000);
  expect(new KnownProjects(cacheLimits(16).known).of('works-1')).toBeUndefined();
});
