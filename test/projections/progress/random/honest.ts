import type { Measure, WorkItem } from '../../../../domain/project/events.js';
import { addDays } from '../../../../domain/values/days/calendar.js';
import { lexiconWord } from '../../../../domain/values/lexicon.js';
import type { Dice } from '../../../support/dice.js';
import { type Entry, item, word } from '../../../support/entries.js';
import { type Branch, endsOf, project, shareOf, treeOf, within } from '../naive/tree.js';
import { range } from '../said.js';

/** Reports that were true on their day, and what was true of every node at the end of each day. */
export interface HonestHistory {
  entries: Entry[];
  days: { asOf: string; truth: Readonly<Record<string, number>> }[];
}

/** One hidden history of works that only go on, and statements about it at every level, many of them late. */
export function honestEntries(dice: Dice): HonestHistory {
  const tree = treeOf(honestPlan(dice));
  const items = within(tree).flatMap((branch) => (branch.item && !branch.isStep ? [branch.item] : []));
  const truth = new Map(endsOf(tree).map(({ key }) => [key, 0]));
  const said: Entry[] = [];
  const days: HonestHistory['days'] = [];
  for (let number = 0; number < dice.int(2, 7); number++) {
    const asOf = addDays('2018-05-02', number);
    for (const end of endsOf(tree)) if (dice.chance(50)) goOn(dice, end, truth);
    const all = Object.fromEntries(within(tree).map((branch) => [branch.key, trueOf(branch, truth)]));
    days.push({ asOf, truth: all });
    for (let count = 0; count < dice.int(0, 4); count++) {
      const [first, ...rest] = within(tree);
      if (first) said.push(statement(dice, dice.pick([first, ...rest]), all, asOf));
    }
  }
  const late = said.toSorted(() => (dice.chance(40) ? -1 : 1));
  return { entries: [adopted(items), ...late], days };
}

function adopted(items: WorkItem[]): Entry {
  return { type: 'PlanAdopted', data: { version: 1, basis: 'stated', items }, entry: on('2018-05-01') };
}

function honestPlan(dice: Dice): WorkItem[] {
  const items: WorkItem[] = [];
  const add = (id: string, parent: string | undefined, depth: number) => {
    const isGroup = depth < 2 && dice.chance(50);
    const steps = ['s1', 's2'].map((step) => ({ id: step, name: { en: step }, weight: dice.int(1, 4) }));
    items.push(
      item(id, dice.int(1, 5), {
        ...(parent === undefined ? {} : { parent }),
        ...(!isGroup && dice.chance(20) ? { measure: 'steps' as const, steps } : {}),
      }),
    );
    if (isGroup) for (let part = 1; part <= dice.int(1, 3); part++) add(`${id}-${part}`, id, depth + 1);
  };
  for (let root = 1; root <= dice.int(1, 3); root++) add(`i${root}`, undefined, 0);
  return items;
}

/** A step goes no further than the one before it. */
function goOn(dice: Dice, end: Branch, truth: Map<string, number>): void {
  const siblings = end.above?.parts ?? [];
  const before = end.isStep ? siblings[siblings.indexOf(end) - 1] : undefined;
  const most = before ? (truth.get(before.key) ?? 0) : 10_000;
  const now = truth.get(end.key) ?? 0;
  truth.set(end.key, dice.chance(15) ? most : now + dice.int(0, Math.floor((most - now) / 100)) * 100);
}

function trueOf(branch: Branch, truth: ReadonlyMap<string, number>): number {
  if (branch.parts.length === 0) return truth.get(branch.key) ?? 0;
  return branch.parts.reduce((sum, part) => sum + shareOf(part) * trueOf(part, truth), 0);
}

/** Exactly where that is a whole percentage, and else in words or a range. */
function statement(dice: Dice, branch: Branch, truth: Readonly<Record<string, number>>, asOf: string): Entry {
  const share = truth[branch.key] ?? 0;
  const [itemId, step] = branch.key === project ? [] : branch.key.split('/');
  const about = {
    ...(itemId === undefined ? {} : { item: itemId }),
    ...(step === undefined ? {} : { step }),
  };
  return { type: 'ProgressMeasured', data: { ...about, measure: measureOf(dice, share) }, entry: on(asOf) };
}

function measureOf(dice: Dice, share: number): Measure {
  if (Number.isInteger(share) && dice.chance(60)) return { kind: 'percent', basisPoints: share };
  const words = ['under-way', 'partly', 'mostly', 'nearly-done'].filter((name) => {
    const meant = lexiconWord(name)?.range;
    return meant && meant.low <= share && share <= meant.high;
  });
  const [first, ...rest] = words;
  if (first && dice.chance(50)) return word(dice.pick([first, ...rest]));
  const low = Math.floor(share / 1000) * 10;
  return range(low, Math.min(100, low + 10));
}

function on(asOf: string): Entry['entry'] {
  return { asOf, precision: 'day', source: { kind: 'inspection' } };
}
