import { describe, expect, test } from '@jest/globals';
import type { WorkItem } from '../../domain/project/events.js';
import { dayNumber, daysBetween } from '../../domain/values/days/calendar.js';
import { PlannedWork } from '../../projections/plan/planned-work.js';
import { schedule } from '../../projections/schedule/schedule.js';
import {
  done,
  type Entry,
  forecast,
  history,
  invested,
  item,
  measured,
  percent,
  planned,
  wan,
  withdrawn,
} from '../support/entries.js';
import { fold } from '../support/folds.js';

const planDay = '2018-01-01';
const june30 = '2018-06-30';
const july10 = '2018-07-10';
const june = { plannedStart: '2018-06-01', plannedFinish: june30 };

const scheduleAt = (asOf: string, ...entries: Entry[]) =>
  schedule.view(fold(schedule, history(...entries)), asOf);
const underPlan = (asOf: string, items: WorkItem[], ...entries: Entry[]) =>
  scheduleAt(asOf, planned(items, planDay), ...entries);

describe('the planned percent', () => {
  test.each([
    ['2018-05-31', 0],
    ['2018-06-01', 333],
    ['2018-06-15', 5000],
    [june30, 10000],
    [july10, 10000],
  ])('rises evenly each day, first and last included: on %s it is %i', (day, expected) => {
    expect(underPlan(day, [item('roof', 1, june)]).plannedBasisPoints).toBe(expected);
  });

  test('an item with a finish only is planned as one step on that day', () => {
    const roof = item('roof', 1, { plannedFinish: june30 });
    expect(underPlan('2018-06-29', [roof]).plannedBasisPoints).toBe(0);
    expect(underPlan(june30, [roof]).plannedBasisPoints).toBe(10000);
  });

  test('is linear between its corners, from the day before the first start to the last finish', () => {
    const work = new PlannedWork([
      item('site', 2, { plannedStart: '2018-02-10', plannedFinish: '2018-04-20' }),
      item('roof', 1, june),
      item('gate', 1, { plannedFinish: '2018-03-01' }),
      item('yard', 4),
    ]);
    const corners = work.corners();
    expect([corners[0], corners.at(-1)]).toEqual([
      { asOf: '2018-02-09', basisPoints: 0 },
      { asOf: june30, basisPoints: 10000 },
    ]);
    for (const [index, { asOf, basisPoints }] of corners.slice(0, -1).entries()) {
      const next = corners[index + 1] as (typeof corners)[number];
      const days = daysBetween(asOf, next.asOf);
      for (let day = 0; day <= days; day++) {
        const between = basisPoints + ((next.basisPoints - basisPoints) * day) / days;
        expect(Math.abs((work.percentOn(dayNumber(asOf) + day) ?? -1) - between)).toBeLessThan(1.01);
      }
    }
    expect(new PlannedWork([item('yard', 1)]).corners()).toEqual([]);
  });

  test('dates come from the nearest group that has them', () => {
    const items = [
      item('shop', 1, { plannedFinish: '2018-03-31' }),
      item('roof', 1, { parent: 'shop' }),
      item('walls', 1, { parent: 'shop', plannedFinish: june30 }),
    ];
    expect(underPlan('2018-04-30', items).plannedBasisPoints).toBe(5000);
  });

  test('work without dates is left out of the plan and of what it is compared with', () => {
    const items = [item('roof', 3, { plannedFinish: june30 }), item('yard', 1)];
    expect(
      underPlan(july10, items, measured('roof', percent(80), june30), done('yard', june30)),
    ).toMatchObject({
      plannedBasisPoints: 10000,
      datedPercentBasisPoints: 8000,
      plannedCoverageBasisPoints: 7500,
      aheadBasisPoints: -2000,
    });
  });

  test('a figure for a whole group counts for its dated work', () => {
    const items = [
      item('shop', 1),
      item('roof', 1, { parent: 'shop', ...june }),
      item('yard', 1, { parent: 'shop' }),
    ];
    expect(underPlan(july10, items, measured('shop', percent(40), june30)).aheadBasisPoints).toBe(-6000);
  });

  test('without dates there is no planned percent and nobody is behind', () => {
    expect(underPlan(july10, [item('roof', 1)])).toMatchObject({
      plannedBasisPoints: null,
      datedPercentBasisPoints: null,
      plannedCoverageBasisPoints: 0,
      aheadBasisPoints: null,
    });
  });
});

describe('forecasts', () => {
  const secondHalf = ['2018-07-01', '2018-12-31'] as const;
  const march = ['2019-03-01', '2019-03-31'] as const;

  test('from the second half of 2018 to March 2019 is 243 and 90 days, at least 60 and at most 273', () => {
    const { forecasts } = scheduleAt(
      july10,
      forecast('production', secondHalf, '2018-01-31'),
      forecast('production', march, june30, {
        scope: { en: 'whole vehicle' },
        reason: { en: 'no licence yet' },
      }),
    );
    expect(forecasts).toEqual([
      {
        target: 'production',
        earliest: '2018-07-01',
        latest: '2018-12-31',
        saidOn: '2018-01-31',
        precision: 'day',
        entry: 'e1',
      },
      {
        target: 'production',
        scope: { en: 'whole vehicle' },
        earliest: '2019-03-01',
        latest: '2019-03-31',
        reason: { en: 'no licence yet' },
        saidOn: june30,
        precision: 'day',
        entry: 'e2',
        slip: {
          leastDays: 90,
          mostDays: 243,
          earliestDays: 243,
          latestDays: 90,
          boundsDays: { least: 60, most: 273 },
          previousEntry: 'e1',
          isScopeChanged: true,
        },
      },
    ]);
  });

  test('forecasts for different targets are not compared', () => {
    const { forecasts } = scheduleAt(
      july10,
      forecast('production', secondHalf, june30),
      forecast('completion', march, june30),
    );
    expect(forecasts.map((one) => one.slip)).toEqual([undefined, undefined]);
  });

  test('an earlier forecast reported late is before the later one', () => {
    const { forecasts } = scheduleAt(
      july10,
      forecast('production', march, june30),
      forecast('production', secondHalf, '2018-01-31'),
    );
    expect(forecasts.map((one) => [one.entry, one.slip?.latestDays])).toEqual([
      ['e2', undefined],
      ['e1', 90],
    ]);
  });

  test('a withdrawn forecast is not compared', () => {
    const { forecasts } = scheduleAt(
      july10,
      forecast('production', secondHalf, '2018-01-31'),
      forecast('production', march, june30),
      withdrawn('e1', july10),
    );
    expect(forecasts.map((one) => [one.entry, one.slip])).toEqual([['e2', undefined]]);
  });

  const items = [
    item('shop', 1, { plannedFinish: '2018-09-30' }),
    item('roof', 1, { parent: 'shop' }),
    item('production', 1, { stage: 'in-production', plannedFinish: '2018-12-31' }),
    item('yard', 1),
  ];

  test.each([
    ['production', '2018-12-31', 90],
    ['completion', '2018-12-31', 90],
    ['roof', '2018-09-30', 182],
    ['shop', '2018-09-30', 182],
  ])('the slip of %s is counted from %s', (target, baselineOn, slipDays) => {
    expect(underPlan(july10, items, forecast(target, march, june30)).slips).toEqual([
      { target, slipDays, latest: '2019-03-31', baselineOn, entries: ['e2', 'e1'] },
    ]);
  });

  test('an early forecast has a negative slip', () => {
    expect(
      underPlan(july10, items, forecast('production', ['2018-12-01', '2018-12-01'], june30)).slips[0]
        ?.slipDays,
    ).toBe(-30);
  });

  test('without a planned finish there is no slip', () => {
    expect(
      underPlan(july10, items, forecast('yard', march, june30), forecast('unheard-of', march, june30)).slips,
    ).toEqual([]);
  });
});

describe('overdue', () => {
  test('an item that is not done is overdue from the day after its finish', () => {
    const roof = item('roof', 1, june);
    expect(underPlan(june30, [roof], measured('roof', percent(99), june30)).overdue).toEqual([]);
    expect(underPlan(july10, [roof], measured('roof', percent(99), june30)).overdue).toEqual([
      { item: 'roof', plannedFinish: june30, days: 10, percentBasisPoints: 9900 },
    ]);
    expect(underPlan(july10, [roof], done('roof', june30)).overdue).toEqual([]);
  });

  test('an item implied by a successor is not overdue', () => {
    const items = [item('columns', 1, june), item('roof', 1, { after: ['columns'] })];
    expect(underPlan(july10, items, done('roof', june30)).overdue).toEqual([]);
  });

  test('a group is overdue by its own finish, an item of weight 0 never', () => {
    const items = [item('shop', 1, june), item('roof', 1, { parent: 'shop' }), item('art', 0, june)];
    expect(underPlan(july10, items).overdue.map((one) => one.item)).toEqual(['shop']);
  });
});

describe('earned value', () => {
  const roof = item('roof', 1, { ...june, plannedCost: wan(100) });
  const yard = item('yard', 1, { plannedFinish: '2018-12-31', plannedCost: wan(300) });

  test('planned and earned value, and cost by the accounts', () => {
    const view = underPlan(
      july10,
      [roof, yard],
      measured('roof', percent(80), june30),
      measured('yard', percent(10), june30),
      invested(wan(125), june30, { basis: 'accounting' }),
      invested(wan(999), july10, { basis: 'physical' }),
    );
    expect([view.earnedValue, view.earnedValueMissing]).toEqual([
      {
        currency: 'CNY',
        budgetMinor: 400_000_000,
        plannedValueMinor: 100_000_000,
        earnedValueMinor: 110_000_000,
        actualCostMinor: 125_000_000,
        spiBasisPoints: 11000,
        cpiBasisPoints: 8800,
      },
      null,
    ]);
    expect(view.entries).toEqual(['e1', 'e2', 'e3', 'e4']);
  });

  test('without accounts there is no cost index, and before anything is planned no schedule index', () => {
    expect(underPlan('2018-05-01', [roof, yard]).earnedValue).toMatchObject({
      actualCostMinor: null,
      spiBasisPoints: null,
      cpiBasisPoints: null,
    });
  });

  test.each([
    ['a planned cost for 1 of 2 items', [roof, item('yard', 1, june)]],
    ['a planned finish for 1 of 2 items', [roof, item('yard', 1, { plannedCost: wan(1) })]],
    [
      'planned costs in one currency, not in CNY, USD',
      [roof, item('yard', 1, { ...june, plannedCost: { amountMinor: 1, currency: 'USD' } })],
    ],
    [
      'planned costs that add up to at most 2^53 - 1 minor units',
      [roof, item('yard', 1, { ...june, plannedCost: { ...wan(1), amountMinor: Number.MAX_SAFE_INTEGER } })],
    ],
    ['a plan with weighted items', []],
  ])('it lacks %s', (missing, items) => {
    const view = underPlan(july10, items);
    expect([view.earnedValue, view.earnedValueMissing?.en]).toEqual([null, missing]);
  });

  test('an item of weight 0 needs neither cost nor dates', () => {
    expect(underPlan(july10, [roof, item('art', 0)]).earnedValueMissing).toBeNull();
  });
});
