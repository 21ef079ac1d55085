import type { RecordedEvent, Stage, WorkItem } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import { type Amount, isSmaller, statementOf } from '../../projections/progress/statement.js';

/** What one report says of an item or a step (`item step`). */
interface Said {
  level: number;
  amount: Amount | null;
  /** The report is about it itself, or a stage states it; other reports say something of it without a rise of it. */
  isDirect: boolean;
}

/** A rise of an item or a step on a day. */
interface Rise {
  on: Day;
  subject: string;
}

/**
 * Every report by which an item or a step rose above all that earlier reports said of it, oldest first; each report is
 * read under the plan of its day.
 *
 * @param live the entries in the order (asOf, place)
 */
export function naiveRises(live: readonly RecordedEvent[]): Rise[] {
  const plans = live.filter((event): event is RecordedEvent<'PlanAdopted'> => event.type === 'PlanAdopted');
  const tops = new Map<string, { level: number; amount: Amount | null }>();
  const rises: Rise[] = [];
  for (const event of live) {
    const on = event.entry.asOf;
    const items = plans.findLast((plan) => plan.entry.asOf <= on)?.data.items ?? [];
    for (const [subject, { level, amount, isDirect }] of saidBy(event, items)) {
      const top = tops.get(subject) ?? { level: 0, amount: null };
      if (isDirect && (level > top.level || isSmaller(top.amount, amount))) rises.push({ on, subject });
      const isLess = isSmaller(amount, top.amount);
      tops.set(subject, {
        level: Math.max(level, top.level),
        amount: isLess ? top.amount : (amount ?? top.amount),
      });
    }
  }
  return rises;
}

function saidBy(event: RecordedEvent, items: readonly WorkItem[]): Map<string, Said> {
  const said = new Map<string, Said>();
  if (event.type === 'StageEntered') {
    for (const item of items.filter((one) => isLeaf(one, items) && isOfStage(event.data.stage, one))) {
      const steps = stepsOf(item);
      for (const subject of steps.length > 0 ? steps : [item.id])
        said.set(subject, { level: 10000, amount: null, isDirect: true });
      if (steps.length > 0) said.set(item.id, { level: 10000, amount: null, isDirect: false });
    }
    return said;
  }
  if (event.type !== 'MilestoneReached' && event.type !== 'ProgressMeasured') return said;
  const { item: id = '', step } = event.data;
  const item = items.find((one) => one.id === id);
  const isMilestone = event.type === 'MilestoneReached';
  const statement = isMilestone ? undefined : statementOf(event.data.measure, item, shippedLexicon);
  const level = statement ? (statement.point ?? statement.low) : 10000;
  const isDone = statement ? statement.isExact && statement.low === 10000 : true;
  const subject = step === undefined ? id : `${id} ${step}`;
  said.set(subject, { level, amount: statement?.amount ?? null, isDirect: true });
  if (step !== undefined || !(isDone || (item && stepsOf(item).length > 0))) return said;
  for (const below of subjectsBelow(id, items)) said.set(below, { level, amount: null, isDirect: false });
  return said;
}

function subjectsBelow(id: string, items: readonly WorkItem[]): string[] {
  const item = items.find((one) => one.id === id);
  const parts = items.filter(({ parent }) => parent === (id === '' ? undefined : id));
  return [
    ...(item ? stepsOf(item) : []),
    ...parts.flatMap((part) => [part.id, ...subjectsBelow(part.id, items)]),
  ];
}

function stepsOf({ id, steps }: WorkItem): string[] {
  return (steps ?? []).map((step) => `${id} ${step.id}`);
}

function isLeaf({ id }: WorkItem, items: readonly WorkItem[]): boolean {
  return !items.some(({ parent }) => parent === id);
}

/** True if entering a stage states an item done. */
export function isOfStage(stage: Stage, item: WorkItem): boolean {
  if (item.stage === undefined) return stage === 'built';
  const uses = ['in-production', 'opened-to-traffic', 'in-use', 'handed-over'];
  return stage === item.stage || (item.stage.startsWith('trial') && uses.includes(stage));
}
