import type { Measure, WorkItem } from '../../../../domain/project/events.js';
import type { Dice } from '../../../support/dice.js';
import type { Entry } from '../../../support/entries.js';
import { word } from '../../../support/entries.js';
import { range } from '../said.js';
import { changedPlan, somePlan, steps } from './plans.js';

/** Entries in the order of recording: plans, reports of every kind, withdrawals and corrections, many of them late. */
export function someEntries(dice: Dice, count: number): Entry[] {
  const entries: Entry[] = [];
  let plan: WorkItem[] = [];
  let today = 1;
  for (let number = 1; number <= count; number++) {
    if (dice.chance(40)) today += dice.int(1, 2);
    const day = dice.chance(70) ? today : dice.int(1, today);
    const id = `e${number}`;
    const said = entries.filter(({ type }) => type !== 'EntryWithdrawn');
    const [first, ...rest] = said.toReversed().slice(0, 6);
    if ((plan.length === 0 && dice.chance(60)) || dice.chance(5)) {
      plan = plan.length > 0 && dice.chance(85) ? changedPlan(dice, plan) : somePlan(dice);
      entries.push({ ...adopted(plan, day), id });
    } else if (first && dice.chance(8)) {
      const target = dice.pick([first, ...rest]);
      entries.push({ ...withdrawal(target, day), id });
      if (dice.chance(60)) entries.push({ ...correction(dice, plan, target, day), id: `${id}c` });
    } else if (dice.chance(6)) {
      const stage = dice.pick(['built', 'trial-production', 'in-production', 'started']);
      entries.push({ type: 'StageEntered', data: { stage }, entry: on(day), id });
    } else entries.push({ ...report(dice, plan, day), id });
  }
  return entries;
}

function adopted(items: WorkItem[], day: number): Entry {
  return { type: 'PlanAdopted', data: { version: 1, basis: 'stated', items }, entry: on(day) };
}

function withdrawal({ id = '' }: Entry, day: number): Entry {
  return { type: 'EntryWithdrawn', data: { entry: id, reason: 'misread' }, entry: on(day) };
}

/** Mostly for the same day, and about the same node. */
function correction(dice: Dice, plan: readonly WorkItem[], target: Entry, day: number): Entry {
  const corrects = target.id === undefined ? {} : { corrects: target.id };
  const asOf = dice.chance(80) ? target.entry.asOf : on(day).asOf;
  if (target.type === 'ProgressMeasured') {
    const item = plan.find(({ id }) => id === target.data.item);
    const data = { ...target.data, measure: someMeasure(dice, item) };
    return { type: 'ProgressMeasured', data, entry: { ...on(day), asOf, ...corrects } };
  }
  if (target.type === 'PlanAdopted') return { ...target, entry: { ...on(day), asOf, ...corrects } };
  const fact = report(dice, plan, day);
  return { ...fact, entry: { ...fact.entry, asOf, ...corrects } } as Entry;
}

function report(dice: Dice, plan: readonly WorkItem[], day: number): Entry {
  const [first, ...rest] = plan;
  const item = first && !dice.chance(5) ? dice.pick([first, ...rest]) : undefined;
  const isWhole = dice.chance(15);
  const id = item?.id ?? dice.pick(['gatehouse', 'i1', 'i2-1']);
  const step = dice.chance(item?.steps ? 75 : 1) ? dice.pick(steps) : undefined;
  const about = isWhole ? {} : { item: id, ...(step === undefined ? {} : { step }) };
  if (!isWhole && dice.chance(15))
    return {
      type: 'MilestoneReached',
      data: { item: id, ...(step === undefined ? {} : { step }) },
      entry: on(day),
    };
  const change = dice.chance(8) ? { change: dice.pick(['re-measured', 'undone']) } : {};
  const measure = someMeasure(dice, isWhole || step !== undefined ? undefined : item);
  return { type: 'ProgressMeasured', data: { ...about, measure, ...change }, entry: on(day) };
}

function someMeasure(dice: Dice, item: WorkItem | undefined): Measure {
  const kind = dice.int(1, 100);
  if (item && kind <= 50) {
    if (item.measure === 'count') return someCount(dice, item);
    if (item.measure === 'quantity') return someQuantity(dice, item);
    if (item.measure === 'storeys') return someStoreys(dice, item);
  }
  if (kind <= 60) return { kind: 'percent', basisPoints: 100 * dice.int(0, 100) };
  if (kind <= 64) return { kind: 'count', done: dice.int(0, 3), of: 3, unit: '栋' };
  if (kind <= 80) {
    const low = dice.int(0, 9) * 10;
    const high = dice.int(low / 10, 10) * 10;
    return dice.chance(50) ? range(low, high) : range(low, high, dice.int(low, high));
  }
  return word(dice.pick(['not-started', 'under-way', 'partly', 'mostly', 'nearly-done', 'done', 'started']));
}

function someCount(dice: Dice, { of: planned }: WorkItem): Measure {
  const of = dice.chance(40) ? dice.int(3, 16) : undefined;
  const done = dice.int(0, of ?? planned ?? 9);
  return { kind: 'count', done, unit: '栋', ...(of === undefined ? {} : { of }) };
}

function someQuantity(dice: Dice, { total }: WorkItem): Measure {
  const unit = dice.pick(['km', 'm', '里', '栋']);
  const size = { km: 1, m: 1000, 里: 2, 栋: 1 }[unit];
  const most = Math.floor(((total?.digits ?? 50) * size) / 10);
  const digits = dice.int(0, most);
  return {
    kind: 'quantity',
    done: { digits, scale: 0 },
    unit,
    ...(dice.chance(20) ? { upTo: { digits: dice.int(digits, most) + 1, scale: 0 } } : {}),
    ...(dice.chance(25) ? { of: { digits: most + dice.int(2, 9), scale: 0 } } : {}),
  };
}

function someStoreys(dice: Dice, { of: planned, below = 0 }: WorkItem): Measure {
  const of = dice.chance(30) ? dice.int(2, 20) : undefined;
  const reached = dice.int(-below, of ?? planned ?? 9);
  return {
    kind: 'storeys',
    reached,
    ...(of === undefined ? {} : { of }),
    ...(dice.chance(25) ? { isUnderWay: true } : {}),
  };
}

const epoch = Date.UTC(2018, 4, 1);

function on(day: number): Entry['entry'] {
  const asOf = new Date(epoch + (day - 1) * 86_400_000).toISOString().slice(0, 10);
  return { asOf, precision: 'day', source: { kind: 'inspection' } };
}
