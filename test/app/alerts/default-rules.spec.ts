import { expect, test } from '@jest/globals';
import { ruleKinds } from '../../../domain/governance/rules.js';
import { liveByDefaultRules } from '../../../proofs/alerts/default-rules.js';

const year = { seed: 20180711, projects: 16, days: 365 };

test('under all twelve rules, a ladder and force majeure, every alert equals a day-by-day simulation', async () => {
  const { said, rules, ...faults } = await liveByDefaultRules({ ...year, isBroken: false });
  expect(faults).toEqual({ missed: 0, doubled: 0, false: 0 });
  expect(rules).toBe(ruleKinds.length);
  expect(said).toBeGreaterThan(200);
}, 60_000);

test('a forgotten project is detected', async () => {
  const { missed } = await liveByDefaultRules({ ...year, projects: 10, isBroken: true });
  expect(missed).toBeGreaterThan(0);
}, 60_000);
