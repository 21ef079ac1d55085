import { expect, test } from '@jest/globals';
import { stalls } from '../../projections/stalls/stalls.js';
import { cleared, type Entry, history, stalled, withdrawn } from '../support/entries.js';
import { fold } from '../support/folds.js';

const june1 = '2018-06-01';
const june30 = '2018-06-30';
const july10 = '2018-07-10';
const aug1 = '2018-08-01';

const stallsAt = (asOf: string, ...entries: Entry[]) => stalls.view(fold(stalls, history(...entries)), asOf);

const financing = stalled({ stall: 'financing', from: june1, to: june30 }, june30);
const licence = stalled(
  { stall: 'licence', cause: 'licence', blocks: ['production', 'staffing'], from: june1 },
  june1,
);

test('a stall is open with its cause, what it blocks and its entry', () => {
  expect(stallsAt(july10, financing, licence)).toEqual({
    episodes: [
      {
        stall: 'licence',
        cause: 'licence',
        blocks: ['production', 'staffing'],
        from: june1,
        status: 'open',
        entries: ['e2'],
      },
      {
        stall: 'financing',
        cause: 'financing',
        blocks: ['works'],
        from: june1,
        statedTo: june30,
        status: 'open',
        entries: ['e1'],
      },
    ],
    open: { works: 1, production: 1, staffing: 1 },
    entries: ['e2', 'e1'],
  });
});

test('a stall does not end with its month; only a clearance ends it', () => {
  expect(stallsAt(aug1, financing).open.works).toBe(1);
  const view = stallsAt(aug1, financing, cleared('financing', july10));
  expect(view.open.works).toBe(0);
  expect(view.episodes[0]).toMatchObject({ status: 'cleared', clearedOn: july10, entries: ['e1', 'e2'] });
});

test('a stall that will be cleared later is open until then', () => {
  expect(stallsAt('2018-07-09', financing, cleared('financing', july10)).open.works).toBe(1);
});

test('a stall reported again while open is the same one, from its first day', () => {
  const again = stalled({ stall: 'financing', cause: 'land', from: july10 }, july10);
  expect(stallsAt(aug1, financing, again).episodes).toEqual([
    {
      stall: 'financing',
      cause: 'land',
      blocks: ['works'],
      from: june1,
      status: 'open',
      entries: ['e1', 'e2'],
    },
  ]);
});

test('a stall reported after it was cleared is a new one', () => {
  const again = stalled({ stall: 'financing', from: aug1 }, aug1);
  expect(
    stallsAt(aug1, financing, cleared('financing', july10), again).episodes.map(({ status, from }) => [
      status,
      from,
    ]),
  ).toEqual([
    ['cleared', june1],
    ['open', aug1],
  ]);
});

test('a withdrawn clearance leaves the stall open', () => {
  const entries = [financing, cleared('financing', july10), withdrawn('e2', aug1)];
  expect(stallsAt(aug1, ...entries).open.works).toBe(1);
});

test('a clearance without a stall is ignored', () => {
  expect(stallsAt(aug1, cleared('financing', june1), financing).open.works).toBe(1);
});
