import { expect, test } from '@jest/globals';
import { stalls } from '../../projections/stalls/stalls-view.js';
import { cleared, type Entry, entered, history, stalled, withdrawn } from '../support/entries.js';
import { fold } from '../support/folds.js';

const june1 = '2018-06-01';
const june30 = '2018-06-30';
const july10 = '2018-07-10';
const aug1 = '2018-08-01';

const stallsAt = (asOf: string, ...entries: Entry[]) => stalls.view(fold(stalls, history(...entries)), asOf);

const financing = stalled({ stall: 'financing', from: june1, expectedEnd: june30 }, june30);
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
        expectedEnd: june30,
        isPastExpectedEnd: true,
        status: 'open',
        entries: ['e1'],
      },
    ],
    open: { works: 1, production: 1, staffing: 1 },
    entries: ['e2', 'e1'],
  });
});

test('a stall does not end on its expected last day; only a clearance ends it', () => {
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

test('an expected last day has passed only after it', () => {
  const isPassed = (day: string) => stallsAt(day, financing).episodes[0]?.isPastExpectedEnd;
  expect([isPassed(june30), isPassed('2018-07-01')]).toEqual([undefined, true]);
  const view = stallsAt(aug1, financing, cleared('financing', july10));
  expect(view.episodes[0]).not.toHaveProperty('isPastExpectedEnd');
});

const past = stalled({ stall: 'rain', cause: 'weather', from: june1, to: june30 }, '2018-06-10');

test('a stall that was over when it was entered is open on its days only', () => {
  const statusOn = (day: string) => stallsAt(day, past).episodes.map(({ status }) => status);
  expect(['2018-06-09', '2018-06-10', june30, '2018-07-01', aug1].map(statusOn)).toEqual([
    [],
    ['open'],
    ['open'],
    ['past'],
    ['past'],
  ]);
  expect(stallsAt('2018-07-01', past)).toEqual({
    episodes: [
      {
        ...{ stall: 'rain', cause: 'weather', blocks: ['works'], from: june1, to: june30, status: 'past' },
        entries: ['e1'],
      },
    ],
    open: { works: 0, production: 0, staffing: 0 },
    entries: ['e1'],
  });
});

test('a stall that was over can be declared again, and cleared before its last day', () => {
  const again = stalled({ stall: 'rain', cause: 'weather', from: july10 }, july10);
  const both = stallsAt(aug1, past, again).episodes;
  expect(both.map(({ status, from }) => [status, from])).toEqual([
    ['past', june1],
    ['open', july10],
  ]);
  const sooner = stallsAt(aug1, past, cleared('rain', '2018-06-20')).episodes;
  expect(sooner.map(({ status, clearedOn }) => [status, clearedOn])).toEqual([['cleared', '2018-06-20']]);
  const later = stallsAt(aug1, past, cleared('rain', july10)).episodes;
  expect(later.map(({ status, clearedOn }) => [status, clearedOn])).toEqual([['past', undefined]]);
});

test('a suspended project is a stall of its works until it resumes', () => {
  const suspended = entered('suspended', june1);
  const again = entered('suspended', june30);
  const open = stallsAt(july10, entered('started', '2018-05-01'), suspended, again);
  expect(open.episodes).toEqual([
    {
      ...{ stall: 'suspended', cause: 'suspended', blocks: ['works'], from: june1, status: 'open' },
      entries: ['e2', 'e3'],
    },
  ]);
  expect(open.open.works).toBe(1);
  const resumed = stallsAt(aug1, suspended, entered('resumed', july10)).episodes;
  expect(resumed).toMatchObject([{ status: 'cleared', clearedOn: july10, entries: ['e1', 'e2'] }]);
});

test('a stall called suspended is no suspension', () => {
  const called = stalled({ stall: 'suspended' }, june1);
  const entries = [called, entered('suspended', june30), entered('resumed', july10)];
  expect(stallsAt(aug1, ...entries).episodes.map(({ cause, status }) => [cause, status])).toEqual([
    ['financing', 'open'],
    ['suspended', 'cleared'],
  ]);
  expect(stallsAt(aug1, ...entries, cleared('suspended', aug1)).open.works).toBe(0);
});
