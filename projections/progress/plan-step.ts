import type { WorkItem } from '../../domain/project/events.js';
import type { Lexicon } from '../../domain/values/lexicon.js';
import { fits } from './day-end.js';
import { holding } from './own.js';
import type { Record } from './record.js';
import type { Statements } from './saying.js';
import { rescoped } from './scope.js';

/**
 * A plan comes into force: amounts without a total are read with its totals, statements on groups with its scope.
 *
 * A statement on a group that no longer fits its parts is dropped, without a contradiction.
 */
export function adoptPlan(
  record: Record,
  today: Statements,
  plan: { entry: string; items: WorkItem[] },
  lexicon: Lexicon,
): void {
  const { states } = record;
  const from = record.tree;
  const isFirst = record.plans.length === 0;
  record.adopt({ day: today.day, ...plan });
  const { nodes } = record.tree;
  for (const { key, children } of nodes) {
    const own = children.length > 0 ? holding(states.last(key)) : null;
    const now = own && rescoped(own, key, from, record.tree);
    if (now !== own) today.set(key, { own: now, derived: null });
  }
  for (const node of nodes) if (node.item && !node.step) today.readAgain(node, plan.entry, lexicon);
  if (isFirst) today.enterEarlier();
  const { reading } = record;
  for (const node of [...nodes].reverse()) {
    const own = node.children.length > 0 && reading.own(node);
    // What does not fit since an earlier day was decided then.
    if (!own || reading.state(node)?.above != null || fits(reading, node, own)) continue;
    today.set(node.key, { own: null, derived: null });
  }
}
