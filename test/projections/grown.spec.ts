import { expect, test } from '@jest/globals';
import type { Measure } from '../../domain/project/events.js';
import { changes } from '../../projections/changes/changes.js';
import { completion } from '../../projections/completion/completion.js';
import { foldProject } from '../../projections/project/project.js';
import { count, type Entry, history, item, measured, percent, planned, storeys } from '../support/entries.js';
import { fold } from '../support/folds.js';

const whole = (measure: Measure, asOf: string): Entry =>
  ({ ...measured('', measure, asOf), data: { measure } }) as Entry;

const days = ['2018-01-01', '2018-05-31', '2018-06-30', '2018-07-10'] as const;
const roads = [item('a', 50, { name: { en: 'Piles', zh: '桩基' } }), item('b', 50)];
const viewOf = (...entries: Parameters<typeof history>) =>
  completion.view(fold(completion, history(...entries)), days[3]);

test('100 of 160 after 80 of 100 is listed as scope that grew by 60', () => {
  const { grown } = viewOf(
    planned(roads, days[0]),
    measured('a', count(80, 100), days[1]),
    measured('a', count(100, 160), days[2]),
  );
  expect(grown).toEqual([
    {
      item: 'a',
      since: days[2],
      before: { amount: { digits: 100, scale: 0 } },
      after: { amount: { digits: 160, scale: 0 } },
      words: {
        en: `Scope grew by 60: Piles, from 100 to 160 in all (${days[2]}).`,
        zh: `工程量增加 60：桩基，总量由 100 增至 160（2018年6月30日）。`,
      },
      entries: [expect.any(String), expect.any(String)],
    },
  ]);
});

test('scope that grew is counted in the unit of the new total', () => {
  const amount = (done: number, of: number, unit: string) => ({
    kind: 'quantity' as const,
    done: { digits: done, scale: 0 },
    of: { digits: of, scale: 0 },
    unit,
  });
  const grew = (later: ReturnType<typeof amount>) =>
    viewOf(
      planned(roads, days[0]),
      measured('a', amount(8, 10, 'km'), days[1]),
      measured('a', later, days[2]),
    ).grown?.map(({ words }) => words.en);
  expect(grew(amount(9000, 12_500, 'm'))).toEqual([
    `Scope grew by 2,500 m: Piles, from 10 km to 12,500 m in all (${days[2]}).`,
  ]);
});

test('storeys that were added are counted as storeys', () => {
  const { grown } = viewOf(
    planned(roads, days[0]),
    measured('a', storeys(9, 10), days[1]),
    measured('a', storeys(9, 12), days[2]),
  );
  expect(grown?.[0]?.words.zh).toBe(`工程量增加 2 层：桩基，总量由 10 层增至 12 层（2018年6月30日）。`);
});

test('a plan that is larger than what was counted before makes the scope grow', () => {
  const larger = [item('a', 50, { name: { en: 'Piles' }, of: 400 }), item('b', 50)];
  const first = [item('a', 50, { of: 200 }), item('b', 50)];
  const view = viewOf(planned(first, days[0]), measured('a', count(150), days[1]), planned(larger, days[2]));
  expect(view.grown?.map(({ words }) => words.en)).toEqual([
    `Scope grew by 200: Piles, from 200 to 400 in all (${days[2]}).`,
  ]);
});

test('without growth nothing is listed', () => {
  expect(viewOf(planned(roads, days[0]), measured('a', count(80, 100), days[1])).grown).toBeUndefined();
});

test('a word on the whole project is shown with the entries that set its three figures', () => {
  const view = viewOf(
    planned(roads, days[0]),
    whole(percent(40), days[1]),
    whole({ kind: 'word', word: 'under-way', said: '在建' }, days[2]),
  );
  expect([view.floorBasisPoints, view.percentBasisPoints, view.ceilingBasisPoints]).toEqual([
    4000, 4000, 9900,
  ]);
  const { floor, percent: best, ceiling } = view.setBy ?? {};
  expect([floor === best, floor === ceiling, view.isStatedWhole]).toEqual([true, false, true]);
});

test('what grew between two moments is listed with their differences, on either clock', () => {
  const entries = history(
    planned(roads, days[0]),
    measured('a', count(80, 100), days[1]),
    measured('a', count(100, 160), days[2]),
  );
  const state = foldProject(entries);
  const before = foldProject(entries.slice(0, 2));
  const grew = (from: Parameters<typeof changes>[0], to: Parameters<typeof changes>[1]) =>
    changes(from, to).grown?.map(({ words }) => words.en);
  const expected = [`Scope grew by 60: Piles, from 100 to 160 in all (${days[2]}).`];
  expect(grew({ state, asOf: days[1] }, { state, asOf: days[3] })).toEqual(expected);
  expect(grew({ state: before, asOf: days[3] }, { state, asOf: days[3] })).toEqual(expected);
  expect(grew({ state, asOf: days[2] }, { state, asOf: days[3] })).toBeUndefined();
});
