import { expect, test } from '@jest/globals';
import { liveByNineRules } from '../../../proofs/nine-rules.js';

const year = { seed: 20180711, projects: 12, days: 365 };

test('by all nine rules, a ladder and force majeure, what is said of every alert is what a walk day by day says', async () => {
  const { said, ...faults } = await liveByNineRules({ ...year, isBroken: false });
  expect(faults).toEqual({ missed: 0, doubled: 0, false: 0 });
  expect(said).toBeGreaterThan(200);
}, 60_000);

test('a project that is forgotten is noticed', async () => {
  const { missed } = await liveByNineRules({ ...year, projects: 10, isBroken: true });
  expect(missed).toBeGreaterThan(0);
}, 60_000);
