import type { WorkItem } from '../../domain/project/events.js';
import type { Lexicon } from '../../domain/values/lexicon.js';
import { fits } from './day-end.js';
import { holding } from './own.js';
import { Reading } from './reading.js';
import type { Record } from './record.js';
import type { Statements } from './saying.js';
import { rescoped } from './scope.js';
import { treeOf } from './tree.js';

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
  const from = record.tree;
  const isFirst = record.plans.length === 0;
  const before = new Reading(record.states, from, today.day - 1);
  record.plans.push({ day: today.day, ...plan });
  record.tree = treeOf(plan.items);
  const { nodes } = record.tree;
  for (const node of nodes) if (node.item && !node.step) today.readAgain(node, plan.entry, lexicon);
  for (const { key, children } of nodes) {
    const own = children.length > 0 ? holding(record.states.last(key)) : null;
    const now = own && rescoped(own, key, from, record.tree);
    if (now !== own) today.set(key, { own: now, derived: null });
  }
  if (isFirst) today.enterEarlier();
  for (const node of [...nodes].reverse()) {
    const reading = new Reading(record.states, record.tree, Infinity);
    const own = node.children.length > 0 ? reading.own(node) : null;
    if (!own || fits(reading, node, own)) continue;
    const then = from.places.get(node.key);
    const earlier = then === undefined ? undefined : from.nodes[then];
    const held = earlier && before.own(earlier);
    // What did not fit under the earlier plan either was decided then.
    if (earlier && held && earlier.children.length > 0 && !fits(before, earlier, held)) continue;
    today.set(node.key, { own: null, derived: null });
  }
}
