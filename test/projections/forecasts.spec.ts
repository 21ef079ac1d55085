import { describe, expect, test } from '@jest/globals';
import type { EventData } from '../../domain/project/events.js';
import { slipDaysBetween } from '../../projections/schedule/forecast-slip.js';
import { schedule } from '../../projections/schedule/schedule.js';
import {
  done,
  type Entry,
  entered,
  entry,
  history,
  item,
  measured,
  percent,
  planned,
  withdrawn,
} from '../support/entries.js';
import { fold } from '../support/folds.js';
import { judged } from '../support/judged.js';

const planDay = '2018-01-01';
const may1 = '2018-05-01';
const june30 = '2018-06-30';
const july10 = '2018-07-10';
const aug20 = '2018-08-20';

const expects = (target: string, data: Partial<EventData['ForecastGiven']>, asOf: string) =>
  entry('ForecastGiven', { target, ...data }, asOf);

const shown = (on: string, ...entries: Entry[]) => schedule.view(fold(schedule, history(...entries)), on);
const missed = (on: string, ...entries: Entry[]) =>
  shown(on, ...entries).forecasts.map(({ missedDays, reachedOn }) => [missedDays, reachedOn]);
const slipped = (on: string, ...entries: Entry[]) =>
  judged(on, entries).watched.filter(({ rule }) => rule === 'forecast-slip');

describe('the slip from one expected time to another', () => {
  const h2 = { earliest: '2018-07-01', latest: '2018-12-31' };

  test.each([
    ['later at both ends', h2, { earliest: '2019-03-01', latest: '2019-03-31' }, [90, 243]],
    [
      'a range that only got narrower did not move',
      h2,
      { earliest: '2018-09-01', latest: '2018-09-30' },
      [0, 0],
    ],
    ['narrower at one end', h2, { earliest: '2018-07-01', latest: '2018-09-30' }, [0, 0]],
    ['wider at both ends', { earliest: '2018-09-01', latest: '2018-09-30' }, h2, [0, 92]],
    ['earlier at both ends', h2, { earliest: '2018-05-01', latest: '2018-06-30' }, [-184, -61]],
    ['only the last day named', { latest: '2018-06-30' }, { latest: '2018-07-30' }, [30, 30]],
    [
      'the first day was not named before',
      { latest: '2018-06-30' },
      { earliest: '2018-06-01', latest: '2018-07-30' },
      [30, 30],
    ],
  ] as const)('%s', (_, before, after, [leastDays, mostDays]) => {
    expect(slipDaysBetween(before, after)).toEqual({ leastDays, mostDays });
  });

  test('no day in common is no slip in days', () => {
    expect(slipDaysBetween({ latest: '2018-06-30' }, { earliest: '2018-07-30' })).toBeNull();
    expect(slipDaysBetween({ latest: '2018-06-30' }, {})).toBeNull();
  });
});

describe('a forecast whose day has passed', () => {
  const plan = planned([item('roof', 1), item('hall', 1)], planDay);

  test('is missed by the days since then, until it is kept late', () => {
    const entries = [plan, expects('roof', { latest: june30 }, may1)];
    expect(missed(june30, ...entries)).toEqual([[undefined, undefined]]);
    expect(missed(july10, ...entries)).toEqual([[10, undefined]]);
    expect(missed(aug20, ...entries, done('roof', july10))).toEqual([[10, july10]]);
    expect(missed(aug20, ...entries, done('roof', june30))).toEqual([[undefined, june30]]);
  });

  test('stays on record as missed after it was replaced', () => {
    const entries = [
      plan,
      expects('roof', { latest: june30 }, may1),
      expects('roof', { latest: july10 }, june30),
    ];
    expect(missed(aug20, ...entries, done('roof', july10))).toEqual([
      [10, july10],
      [undefined, july10],
    ]);
  });

  test('counts to the day on which it was first reported so, unless it was taken back', () => {
    const entries = [
      plan,
      expects('roof', { latest: june30 }, may1),
      done('roof', july10),
      done('roof', aug20),
    ];
    expect(missed(aug20, ...entries)).toEqual([[10, july10]]);
    expect(missed(aug20, ...entries, withdrawn('e3', aug20), withdrawn('e4', aug20))).toEqual([
      [51, undefined],
    ]);
  });

  test.each([
    ['start', entered('started', july10)],
    ['start', measured('hall', percent(5), july10)],
    ['completion', entered('built', july10)],
    ['completion', entered('accepted', july10)],
    ['production', entered('in-production', july10)],
    ['opening', entered('opened-to-traffic', july10)],
    ['opening', entered('handed-over', july10)],
    ['roof', done('roof', july10)],
  ] as const)('%s is reached by %j', (target, fact) => {
    expect(missed(aug20, plan, expects(target, { latest: june30 }, may1), fact)).toEqual([[10, july10]]);
  });

  test('the start of an item is reached by a first figure of it, and its finish is not', () => {
    const entries = [
      plan,
      expects('roof', { what: 'start', latest: june30 }, may1),
      expects('roof', { latest: june30 }, may1),
      measured('roof', percent(10), july10),
    ];
    expect(missed(aug20, ...entries)).toEqual([
      [10, july10],
      [51, undefined],
    ]);
  });

  test('production is reached by its item, also one that is called so', () => {
    const staged = planned([item('production', 1, { measure: 'done', stage: 'in-production' })], planDay);
    const entries = [staged, expects('production', { latest: june30 }, may1)];
    expect(missed(july10, ...entries)).toEqual([[10, undefined]]);
    expect(missed(aug20, ...entries, done('production', july10))).toEqual([[10, july10]]);
  });

  test('a delay without a day is never missed', () => {
    expect(missed(aug20, plan, expects('roof', {}, may1))).toEqual([[undefined, undefined]]);
  });
});

test('how near the forecasts of each source came is known once their days are', () => {
  const report = { source: { kind: 'report', document: 'county report' } } as const;
  const entries = [
    planned([item('roof', 1), item('hall', 1)], planDay),
    expects('roof', { latest: june30 }, may1),
    expects('hall', { latest: aug20 }, may1),
    entry('ForecastGiven', { target: 'roof', latest: july10 }, may1, report),
    done('roof', july10),
  ];
  expect(shown(aug20, ...entries).accuracy).toEqual([
    { source: 'inspector-7', known: 1, kept: 0, meanLateDays: 10 },
    { source: 'county report', known: 1, kept: 1, meanLateDays: 0 },
  ]);
});

describe('the alert of a slip', () => {
  const plan = planned(
    [item('roof', 1, { plannedStart: '2018-02-01', plannedFinish: '2018-04-30' })],
    planDay,
  );

  test('a delay without a day is yellow, and a day that is near enough or the event itself ends it', () => {
    const entries = [plan, expects('roof', {}, may1)];
    const [found] = slipped(july10, ...entries);
    expect(found?.severity).toBe('yellow');
    expect(found?.reason.en).toMatch(/^Roof|^roof is delayed, no day named, planned for 2018-04-30; /);
    expect(
      slipped(july10, ...entries, expects('roof', { latest: '2018-05-10' }, june30))[0]?.severity,
    ).toBeNull();
    expect(slipped(july10, ...entries, done('roof', june30))).toEqual([]);
  });

  test('the start of an item is measured against its planned start', () => {
    const late = expects('roof', { what: 'start', latest: '2018-05-10' }, may1);
    const [found] = slipped(july10, plan, late);
    expect([found?.subject, found?.severity]).toEqual([{ kind: 'target', id: 'roof:start' }, 'red']);
  });

  test('a promise that only got narrower raises nothing', () => {
    const entries = [
      expects('production', { earliest: '2018-07-01', latest: '2018-12-31' }, may1),
      expects('production', { earliest: '2018-12-01', latest: '2018-12-31' }, june30),
    ];
    expect(slipped(july10, ...entries).map(({ severity }) => severity)).toEqual([null]);
  });
});
