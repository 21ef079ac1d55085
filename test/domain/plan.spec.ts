import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { WorkItem } from '../../domain/project/events.js';
import { planTree } from '../../domain/project/plan.js';
import { planFault } from '../../domain/project/plan-fault.js';
import { diceOf } from '../support/dice.js';
import { randomPlan, revisedPlan } from '../support/random-plan.js';

const named = (id: string, more: Partial<WorkItem> = {}): WorkItem => ({
  id,
  name: { en: id },
  weight: 1,
  measure: 'done',
  ...more,
});
const ids = (items: readonly WorkItem[]) => items.map(({ id }) => id);

const roof = named('roof', { parent: 'hall', after: ['walls'] });
const hall = named('hall', { after: ['site'] });
const walls = named('walls', { parent: 'hall' });
const site = named('site');
const equipment = named('equipment', { after: ['hall'] });
const items = [equipment, roof, hall, walls, site];

test('a tree keeps the order of the plan', () => {
  const tree = planTree(items);
  expect({
    roots: ids(tree.roots),
    inHall: ids(tree.childrenOf('hall')),
    leaves: ids(tree.leavesOf('hall')),
    ofLeaf: ids(tree.leavesOf('site')),
    line: ids(tree.lineOf('roof')),
    unknown: [tree.childrenOf('gate'), tree.leavesOf('gate'), tree.lineOf('gate')],
  }).toEqual({
    roots: ['equipment', 'hall', 'site'],
    inHall: ['roof', 'walls'],
    leaves: ['roof', 'walls'],
    ofLeaf: ['site'],
    line: ['roof', 'hall'],
    unknown: [[], [], []],
  });
});

test('items are ordered after their predecessors, and those of their groups', () => {
  expect(ids(planTree(items).leavesInOrder)).toEqual(['site', 'walls', 'roof', 'equipment']);
});

test('in any plan every leaf is ordered once, after all of its predecessors', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const dice = diceOf(seed);
      const first = randomPlan(dice, '2018-06-30');
      for (const plan of [first, revisedPlan(dice, first, '2018-06-30')]) {
        expect(planFault(plan)).toBeUndefined();
        const tree = planTree(plan.items);
        const leaves = plan.items.filter(({ id }) => !plan.items.some(({ parent }) => parent === id));
        expect(ids(tree.leavesInOrder).sort()).toEqual(ids(leaves).sort());
        const placeOf = new Map(tree.leavesInOrder.map(({ id }, place) => [id, place]));
        for (const leaf of leaves) {
          const before = tree
            .lineOf(leaf.id)
            .flatMap(({ after = [] }) => after.flatMap((id) => ids(tree.leavesOf(id))));
          expect(before.filter((id) => (placeOf.get(id) ?? 0) > (placeOf.get(leaf.id) ?? 0))).toEqual([]);
        }
      }
    }),
    { numRuns: 200 },
  );
});
