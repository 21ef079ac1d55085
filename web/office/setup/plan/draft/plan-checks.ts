import { branchesOf } from '../../../../../domain/project/branches.js';
import { topologicalOrder } from '../../../../../domain/project/topological-order.js';
import { groupsIn, type Items } from './tree.js';

/** The mistakes possible in a plan; the service would refuse them. */
export type PlanMistake =
  | 'no-items'
  | 'no-weight'
  | 'no-name'
  | 'reversed'
  | 'no-steps'
  | 'no-step-name'
  | 'no-step-weight'
  | 'stage-of-group'
  | 'after-own'
  | 'after-circle'
  | 'too-deep';

/** A mistake, and its item. */
export interface Mistaken {
  item?: string;
  mistake: PlanMistake;
}

/** Maximum nesting of groups; the domain refuses more. */
const deepest = 32;

/** All mistakes in a plan: those of the whole plan first, then item by item in order. */
export function mistakesIn(items: Items): Mistaken[] {
  if (items.length === 0) return [{ mistake: 'no-items' }];
  const branches = branchesOf(items);
  const groups = groupsIn(items);
  const found: Mistaken[] = [];
  if (!items.some(({ parent, weight }) => parent === undefined && weight > 0))
    found.push({ mistake: 'no-weight' });
  for (const item of items) {
    const say = (mistake: PlanMistake, isWrong: boolean) => {
      if (isWrong) found.push({ item: item.id, mistake });
    };
    const { name, plannedStart, plannedFinish, measure, steps = [], stage, after = [] } = item;
    say('no-name', !name.en?.trim() && !name.zh?.trim());
    say('too-deep', branches.depthOf(item.id) > deepest);
    say(
      'reversed',
      plannedStart !== undefined && plannedFinish !== undefined && plannedFinish < plannedStart,
    );
    say('no-steps', measure === 'steps' && steps.length === 0);
    say(
      'no-step-name',
      steps.some((step) => !step.name.en?.trim() && !step.name.zh?.trim()),
    );
    say('no-step-weight', steps.length > 0 && steps.every(({ weight }) => weight === 0));
    say('stage-of-group', stage !== undefined && groups.has(item.id));
    say(
      'after-own',
      after.some((id) => branches.areInOneBranch(item.id, id)),
    );
  }
  if (found.some(({ mistake }) => mistake === 'after-own')) return found;
  const order = topologicalOrder(items);
  if ('circle' in order)
    for (const item of new Set(order.circle)) found.push({ item, mistake: 'after-circle' });
  return found;
}
