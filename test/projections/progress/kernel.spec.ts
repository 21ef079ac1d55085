import { expect, test } from '@jest/globals';
import type { Measure, WorkItem } from '../../../domain/project/events.js';
import type { Change } from '../../../domain/project/facts/progress-measured.js';
import { dayNumber } from '../../../domain/values/days/calendar.js';
import { shippedLexicon } from '../../../domain/values/lexicon.js';
import { keeping } from '../../../projections/facts/facts.js';
import {
  Progress,
  type ProgressEntry,
  type ProgressSnapshot,
} from '../../../projections/progress/progress.js';
import { diceOf } from '../../support/dice.js';
import {
  count,
  done,
  type Entry,
  entered,
  history,
  item,
  measured,
  percent,
  planned,
  word,
} from '../../support/entries.js';
import { fold } from '../../support/folds.js';

const d = (number: number) => `2018-05-${String(number).padStart(2, '0')}`;
const kept = keeping(['PlanAdopted', 'MilestoneReached', 'ProgressMeasured', 'StageEntered']);

function factsOf(...entries: Entry[]): ProgressEntry[] {
  return fold(kept, history(...entries)).facts;
}

function progressOf(facts: readonly ProgressEntry[]): Progress {
  const progress = new Progress(shippedLexicon);
  for (const fact of facts) progress.add(fact);
  return progress;
}

/** Of the whole project, or with a change. */
function whole(measure: Measure, asOf: string, change?: Change): Entry {
  const data = { measure, ...(change ? { change } : {}) };
  return {
    type: 'ProgressMeasured',
    data,
    entry: { asOf, precision: 'day', source: { kind: 'inspection' } },
  };
}

/** Low, point and high in percent. */
function shown(progress: Progress, about: { item?: string; step?: string } = {}): number[] | undefined {
  const figure = progress.figure(about);
  return figure && [figure.low, figure.point, figure.high].map((bound) => bound / 100);
}

const roads = [item('north', 30), item('south', 70)];
const equipment = item('equipment', 1, {
  measure: 'steps',
  steps: ['delivered', 'installed', 'tested'].map((id) => ({ id, name: { en: id }, weight: 1 })),
});

test('each bound names the entry that set it, and a sum its parts', () => {
  const progress = progressOf(
    factsOf(
      planned(roads, d(1)),
      measured('north', percent(40), d(2)),
      measured('north', word('under-way'), d(3)),
    ),
  );
  expect(progress.figure({ item: 'north' })).toEqual({
    ...{ low: 4000, point: 4000, high: 9900 },
    ...{ lowFrom: { entry: 'e2' }, pointFrom: { entry: 'e2' }, highFrom: { entry: 'e3' } },
  });
  const sum = { nodes: ['north', 'south'] };
  expect(progress.figure()).toEqual({
    ...{ low: 1200, point: 1200, high: 9970 },
    ...{ lowFrom: sum, pointFrom: sum, highFrom: sum },
  });
  expect(progress.coverage()).toBeCloseTo(0.3, 12);
});

test('what nobody reported is implied by the word on the whole, or by what comes after it', () => {
  const progress = progressOf(
    factsOf(
      planned([item('site', 50), item('hall', 30, { after: ['site'] }), item('yard', 20)], d(1)),
      measured('hall', percent(60), d(2)),
    ),
  );
  const site = { low: 0, point: 6000, high: 10_000, lowFrom: null, highFrom: null };
  expect(progress.implied(false).figure({ item: 'site' })).toEqual({
    ...site,
    pointFrom: { nodes: ['hall'] },
  });
  const later = factsOf(planned(roads, d(1)), measured('north', percent(40), d(2)), whole(percent(75), d(3)));
  expect(progressOf(later).implied(false).figure({ item: 'south' })).toEqual({
    ...{ low: 0, point: expect.closeTo(6428.571, 2), high: expect.closeTo(9000, 6) },
    ...{ lowFrom: null, pointFrom: { nodes: [''] }, highFrom: { nodes: [''] } },
  });
});

test('a stall that blocks production keeps an item of it at nothing', () => {
  const items = [item('works', 9), item('plant', 1, { measure: 'done', stage: 'in-production' })];
  const progress = progressOf(factsOf(planned(items, d(1)), done('works', d(2))));
  const blocked = progress.implied(true);
  expect([blocked.figure({ item: 'plant' })?.high, blocked.isBlocked('plant')]).toEqual([0, true]);
  const free = progress.implied(false);
  expect([free.figure({ item: 'plant' })?.high, free.isBlocked('plant')]).toEqual([10_000, false]);
});

test('a later step says at least as much of earlier ones, in either order of a day', () => {
  const first = measured('equipment/delivered', percent(20), d(2));
  const last = measured('equipment/installed', percent(50), d(2));
  for (const both of [
    [first, last],
    [last, first],
  ]) {
    const progress = progressOf(factsOf(planned([equipment], d(1)), ...both));
    expect(shown(progress, { item: 'equipment', step: 'delivered' })).toEqual([50, 50, 100]);
    expect(shown(progress, { item: 'equipment', step: 'tested' })).toEqual([0, 0, 50]);
    expect(progress.found).toEqual([]);
  }
});

test('a stage gives way to a report of its day, and to a later one, without a contradiction', () => {
  const plan = planned([item('hall', 1), item('yard', 1)], d(1));
  const progress = progressOf(
    factsOf(
      plan,
      measured('hall', percent(40), d(2)),
      entered('built', d(3)),
      measured('yard', percent(30), d(3)),
    ),
  );
  expect([shown(progress, { item: 'hall' }), shown(progress, { item: 'yard' })]).toEqual([
    [100, 100, 100],
    [30, 30, 30],
  ]);
  for (const fact of factsOf(measured('hall', percent(60), d(4)))) progress.add(fact);
  expect([shown(progress, { item: 'hall' }), progress.found]).toEqual([[60, 60, 60], []]);
});

test('a stage entered before the first plan states its items', () => {
  const progress = progressOf(factsOf(entered('built', d(1)), planned(roads, d(2))));
  expect(shown(progress)).toEqual([100, 100, 100]);
});

test('an item that states another one does so when it is done', () => {
  const items = [item('roof', 1, { states: 'frame' }), item('frame', 1)];
  const progress = progressOf(factsOf(planned(items, d(1)), measured('roof', percent(100), d(2))));
  expect(progress.figure({ item: 'frame' })).toMatchObject({ low: 10_000, lowFrom: { entry: 'e2' } });
});

test('items that no plan names keep what was said of them until one does', () => {
  const progress = progressOf(
    factsOf(measured('fence', percent(30), d(1)), done('gate', d(1)), planned(roads, d(2))),
  );
  expect(progress.unplanned()).toEqual([
    { item: 'fence', low: 3000, point: 3000, high: 3000, by: 'e1' },
    { item: 'gate', low: 10_000, point: 10_000, high: 10_000, by: 'e2' },
  ]);
  for (const fact of factsOf(planned([...roads, item('fence', 100)], d(3)))) progress.add(fact);
  expect([shown(progress), progress.unplanned().length]).toEqual([[15, 15, 65], 1]);
});

test('an item that is split keeps its report as one on a group, and so do parts that become one', () => {
  const progress = progressOf(factsOf(planned(roads, d(1)), measured('north', percent(40), d(2))));
  const split = [...roads, item('n1', 1, { parent: 'north' }), item('n2', 1, { parent: 'north' })];
  for (const fact of factsOf(planned(split, d(3)), measured('n1', percent(60), d(4)))) progress.add(fact);
  expect(shown(progress, { item: 'north' })).toEqual([40, 40, 70]);
  for (const fact of factsOf(planned(roads, d(5)))) progress.add(fact);
  expect(shown(progress, { item: 'north' })).toEqual([40, 40, 40]);
});

test('a plan counts from the beginning of its day', () => {
  const facts = factsOf(
    measured('north', count(3), d(1)),
    whole(percent(10), d(1)),
    planned([item('north', 1, { of: 10 })], d(1)),
  );
  const progress = progressOf(facts);
  expect([shown(progress), progress.found.map(({ kind }) => kind)]).toEqual([[30, 30, 30], ['below-parts']]);
});

test('of two plans of a day the last counts', () => {
  const facts = factsOf(
    whole(percent(50), d(1)),
    planned(roads, d(1)),
    planned([item('south', 70)], d(2)),
    planned(roads, d(2)),
  );
  expect(shown(progressOf(facts))).toEqual([50, 50, 50]);
});

test('an amount without a total keeps what was said before while no plan gives it one', () => {
  const progress = progressOf(
    factsOf(measured('north', percent(50), d(1)), measured('north', count(3), d(2)), planned(roads, d(3))),
  );
  expect(shown(progress, { item: 'north' })).toEqual([50, 50, 100]);
});

test('all of a group by an amount leaves no amount on its parts', () => {
  const parts = [item('g', 1, { of: 3 }), item('a', 1, { parent: 'g' }), item('b', 1, { parent: 'g' })];
  const progress = progressOf(
    factsOf(planned(parts, d(1)), measured('g', count(3), d(2)), measured('a', count(2), d(3))),
  );
  expect([shown(progress), progress.found]).toEqual([[100, 100, 100], []]);
});

test('the first level of an item is no rise, and a milestone with its day is one', () => {
  const progress = progressOf(factsOf(planned(roads, d(1))));
  const [first, stated, inferred] = factsOf(
    measured('north', count(6), d(2)),
    done('south', d(3)),
    done('east', d(3), { isInferred: true }),
  );
  if (!first || !stated || !inferred) throw new Error('three facts expected');
  const effects = [first, stated, inferred].map((fact) => progress.add(fact));
  expect(effects.map(({ isMore, isRise }) => [isMore, isRise])).toEqual([
    [true, false],
    [true, true],
    [true, false],
  ]);
});

test('a total that grew is no fall, and is listed with both entries', () => {
  const progress = progressOf(
    factsOf(
      planned(roads, d(1)),
      measured('north', count(80, 100), d(2)),
      measured('north', count(100, 160), d(3)),
    ),
  );
  expect([progress.found, progress.grown]).toEqual([
    [],
    [
      {
        node: 'north',
        day: dayNumber(d(3)),
        from: 'e2',
        to: 'e3',
        totals: [{ amount: { digits: 100, scale: 0 } }, { amount: { digits: 160, scale: 0 } }],
      },
    ],
  ]);
});

test('rises are of levels and of amounts, and count while the item has a weight', () => {
  const progress = progressOf(factsOf(planned(roads, d(1)), measured('north', count(6), d(2))));
  const [more, same] = factsOf(measured('north', count(9), d(3)), measured('north', count(9), d(4)));
  if (!more || !same) throw new Error('two facts expected');
  expect(progress.add({ ...more, id: 'more' })).toEqual({ isMore: true, isRise: true, isProduction: false });
  expect(progress.add(same)).toEqual({ isMore: false, isRise: false, isProduction: false });
  expect([progress.lastRise, progress.hasBegun]).toEqual([{ day: dayNumber(d(3)), entry: 'more' }, true]);
  for (const fact of factsOf(planned([item('south', 1)], d(5)))) progress.add(fact);
  expect(progress.lastRise).toBeUndefined();
});

test('a fact about an earlier day is refused', () => {
  const [late, early] = factsOf(whole(percent(10), d(2)), whole(percent(5), d(1))).reverse();
  if (!late || !early) throw new Error('two facts expected');
  const progress = progressOf([late]);
  expect(() => progress.add(early)).toThrow('an entry about 2018-05-01, expected 2018-05-02 or a later day');
});

test('a late entry, a snapshot and figures read between give what one fold gives', () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    const facts = randomFacts(seed);
    const all = progressOf(facts).snapshot();
    const dice = diceOf(seed);
    const late = facts[dice.int(0, facts.length - 1)] as ProgressEntry;
    const progress = new Progress(shippedLexicon);
    for (const fact of facts) {
      if (fact !== late) progress.add(fact);
      if (dice.chance(40)) progress.implied(false).figure();
    }
    progress.back(late.asOf);
    for (const fact of facts) if (fact.asOf >= late.asOf) progress.add(fact);
    expect(ended(progress.snapshot())).toEqual(ended(all));

    const half = progressOf(facts.slice(0, dice.int(0, facts.length)));
    const again = Progress.from(
      JSON.parse(JSON.stringify(half.snapshot())) as ProgressSnapshot,
      shippedLexicon,
    );
    for (const fact of facts.slice(countIn(half))) again.add(fact);
    expect(ended(again.snapshot())).toEqual(ended(all));

    function countIn({ snapshot }: Progress): number {
      const { day, today } = snapshot.call(half);
      return facts.filter(({ asOf }) => day !== null && dayNumber(asOf) < day).length + today.length;
    }
  }
});

/** With the last day decided. */
function ended(snapshot: ProgressSnapshot): string {
  const progress = Progress.from(snapshot, shippedLexicon);
  progress.figure();
  return JSON.stringify(progress.snapshot());
}

function randomFacts(seed: number): ProgressEntry[] {
  const dice = diceOf(seed);
  const plans: WorkItem[][] = [
    [item('a', 3), item('g', 5), item('b', 2, { parent: 'g' }), item('c', 3, { parent: 'g' }), equipment],
    [item('a', 3, { of: 8 }), item('g', 4), item('b', 2, { parent: 'g' }), item('x', 3, { parent: 'g' })],
  ];
  const entries = Array.from({ length: 30 }, (): Entry => {
    const asOf = d(dice.int(1, 14));
    if (dice.chance(8)) return planned(dice.pick([plans[0] ?? [], plans[1] ?? []]), asOf);
    if (dice.chance(4)) return entered('built', asOf);
    const measure = dice.pick([
      percent(dice.int(0, 100)),
      word(dice.pick(['under-way', 'mostly', 'nearly-done'])),
      count(dice.int(0, 8), 8),
      count(dice.int(0, 8)),
    ]);
    if (dice.chance(20)) return whole(measure, asOf, dice.chance(20) ? 'undone' : undefined);
    const on = ['a', 'b', 'c', 'g', 'x', 'equipment/delivered', 'equipment/tested', 'equipment'] as const;
    return measured(dice.pick(on), measure, asOf);
  });
  return factsOf(...entries);
}
