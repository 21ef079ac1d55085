import { addDays, type Day } from '../domain/values/days/calendar.js';
import { type Dice, diceOf, uuidOf } from '../test/support/dice.js';

/** The project that all facts are about. */
export const longProject = 'long-project';

const firstDay: Day = '2016-01-02';
const itemCount = 40;
/** Days from the first to the last one of any fact, at most. */
const dayCount = 3_900;
const fewestADay = 4;
/** The last day of any fact. */
export const lastDay: Day = '2026-11-20';

/** A line of an import. */
export type SentLine = Record<string, unknown> & { id: string; type: string; asOf: Day };

/**
 * The life of one project with many thousands of entries, as lines of an import in sending order: a registration, a
 * plan of forty items measured in percent, then four figures a day, or more in a very long one, that rise from item to
 * item. One in twenty is about an earlier day, one in forty is lower, one in fifty withdraws an earlier entry, and one
 * in fifty is money, a stall, its end, a month without change or a forecast. The same arguments give the same lines.
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
  const dayOf = daysOf(entries);
  yield said(0, 'ProjectRegistered', firstDay, { name: { en: 'Long works', zh: '长期工程' } });
  yield said(1, 'PlanAdopted', firstDay, planOf());
  /** Already withdrawn, or itself a withdrawal: cannot be withdrawn. */
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

/** A late figure, below all others of its item. */
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

/** Figures about early days, spread over the whole period. */
export function lateLines(seed: number, entries: number, count: number): SentLine[] {
  const dayOf = daysOf(entries);
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

/** The day of each entry by its number: an equal number of entries on each. */
function daysOf(entries: number): (number: number) => Day {
  const aDay = Math.max(fewestADay, Math.ceil(entries / dayCount));
  return (number) => addDays(firstDay, Math.floor(number / aDay));
}

/** The progress of an item: higher with every entry, in hundredths of a percent. */
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
