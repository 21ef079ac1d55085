import { addDays, type Day } from '../domain/values/calendar.js';
import { type Dice, diceOf, uuidOf } from '../test/support/dice.js';

/** The project that everything is said of. */
export const longProject = 'long-project';

const firstDay: Day = '2016-01-02';
const itemCount = 40;
/** The last day that any fact is about. */
export const lastDay: Day = '2026-11-20';

/** A line of an import, as it is sent. */
export type SentLine = Record<string, unknown> & { id: string; type: string; asOf: Day };

/**
 * The life of one project that is spoken of many thousands of times, as lines of an import in the order in which they are sent: a
 * registration, a plan of forty items measured in percent, then four figures a day that rise from item to item. Among them
 * one in twenty is about any day before, one in forty falls, one in fifty withdraws an entry that came before, and one in fifty is
 * money, a stall, its end, a month without change or a forecast. The same arguments give the same lines.
 */
export function* longLife(seed: number, entries: number): Generator<SentLine> {
  const dice = diceOf(seed);
  const said = (number: number, type: string, asOf: Day, data: Record<string, unknown>): SentLine => ({
    id: uuidOf(`${seed} ${number}`),
    project: longProject,
    type,
    asOf,
    ...data,
  });
  yield said(0, 'ProjectRegistered', firstDay, { name: { en: 'Long works', zh: '长期工程' } });
  yield said(1, 'PlanAdopted', firstDay, planOf());
  /** Withdrawn, or a withdrawal: what cannot be withdrawn. */
  const fixed = new Set<number>();
  for (let number = 2; number < entries; number += 1) {
    const asOf = dayOf(number);
    const roll = dice.int(0, 399);
    if (roll < 8 && number > 100) {
      const target = dice.int(2, number - 1);
      if (!fixed.has(target)) {
        fixed.add(target).add(number);
        yield said(number, 'EntryWithdrawn', asOf, {
          entry: uuidOf(`${seed} ${target}`),
          reason: 'Entered for another building',
        });
        continue;
      }
    }
    if (roll < 16) yield said(number, ...aside(number, asOf, dice));
    else if (roll < 26) yield said(number, 'ProgressMeasured', asOf, figure(number, 0.6));
    else if (roll < 46) {
      const about = dice.int(2, number);
      yield said(number, 'ProgressMeasured', dayOf(about), figure(number, dice.int(50, 110) / 100, about));
    } else yield said(number, 'ProgressMeasured', asOf, figure(number));
  }
}

/** A word long after the others, below all that was said of its item. */
export function lastFall(seed: number): SentLine {
  const measure = { kind: 'percent', percent: 1 };
  return {
    id: uuidOf(`${seed} last`),
    project: longProject,
    type: 'ProgressMeasured',
    asOf: lastDay,
    item: 'item-1',
    measure,
  };
}

/** Figures about days that lie far behind, one after the other over the whole time. */
export function lateLines(seed: number, entries: number, count: number): SentLine[] {
  return Array.from({ length: count }, (_, index) => {
    const about = 2 + ((index * 7919) % (entries - 2));
    return {
      id: uuidOf(`${seed} late ${index}`),
      project: longProject,
      type: 'ProgressMeasured',
      asOf: dayOf(about),
      ...figure(about + 13, 0.5 + (index % 60) / 100),
    };
  });
}

function planOf() {
  const items = Array.from({ length: itemCount }, (_, item) => ({
    id: `item-${item}`,
    name: { en: `Works ${item}`, zh: `工程${item}` },
    weight: 1 + (item % 3),
    measure: 'percent',
    ...(item % 10 === 9 ? { after: [`item-${item - 1}`] } : {}),
    plannedStart: addDays(firstDay, item * 20),
    plannedFinish: addDays(firstDay, 1500 + item * 60),
  }));
  return { items };
}

function dayOf(number: number): Day {
  return addDays(firstDay, Math.min(Math.floor(number / 4), 3_900));
}

/** What is said of an item: further with every entry, in hundredths of a percent. */
function figure(number: number, share = 1, about = number) {
  const hundredths = Math.min(10_000, Math.floor((about / 2.3 + (about % 7)) * share));
  return { item: `item-${number % itemCount}`, measure: { kind: 'percent', percent: hundredths / 100 } };
}

function aside(
  number: number,
  asOf: Day,
  dice: Dice,
): [type: string, asOf: Day, data: Record<string, unknown>] {
  switch (dice.int(0, 4)) {
    case 0:
      return [
        'StallDeclared',
        asOf,
        { stall: `stall-${number}`, cause: 'weather', blocks: ['works'], from: asOf },
      ];
    case 1:
      return ['NoChangeReported', asOf, { from: addDays(asOf, -10), to: asOf }];
    case 2: {
      const earliest = addDays(asOf, 300 + dice.int(0, 60));
      return ['ForecastGiven', asOf, { target: 'completion', earliest, latest: addDays(earliest, 60) }];
    }
    default: {
      const amount = { amount: String(100 + Math.floor(number * (dice.chance(10) ? 0.9 : 1))), unit: '万元' };
      return ['InvestmentReported', asOf, { amount, span: 'since-start' }];
    }
  }
}
