import { expect, test } from '@jest/globals';
import { defaultRules } from '../../../domain/governance/rules.js';
import { planEffect } from '../../../web/office/setup/plan/draft/effect.js';
import { history, item, measured, percent, planned, project, registered } from '../../support/entries.js';

const site = item('site', 1);
const roof = item('roof', 1);
const known = {
  project,
  rules: defaultRules,
  lexicon: undefined,
  today: '2018-07-10',
  entries: history(
    registered({}, '2018-01-01'),
    planned([site, roof], '2018-01-01'),
    measured('site', percent(100), '2018-07-01'),
    measured('roof', percent(20), '2018-07-01'),
  ),
};

test('the effect of a plan is folded before anybody adopts it', () => {
  const effect = planEffect(known, [{ ...site, weight: 3 }, roof], known.today);
  expect(effect?.completion.percent).toMatchObject({ from: 6000, to: 8000, byBasisPoints: 2000 });
  expect([effect?.lost, effect?.plannedItems]).toEqual([[], { before: 2, after: 2 }]);
});

test('reported items that are no longer planned are named', () => {
  const effect = planEffect(known, [site], known.today);
  expect(effect?.completion.percent.to).toBe(10_000);
  expect(effect?.lost.map(({ item }) => item)).toEqual(['roof']);
});

test('alerts that the dates of a plan make due are counted', () => {
  const late = { ...roof, plannedStart: '2018-02-01', plannedFinish: '2018-05-01' };
  const due = planEffect(known, [site, late], known.today)?.due;
  expect(due?.before).toEqual({ blue: 0, yellow: 0, red: 0 });
  expect(due?.after.red).toBeGreaterThan(0);
});
