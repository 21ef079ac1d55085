import { expect, test } from '@jest/globals';
import type { WorkItem } from '../../domain/project/events.js';
import { schedule } from '../../projections/schedule/schedule.js';
import { type Entry, forecast, history, item, planned } from '../support/entries.js';
import { fold } from '../support/folds.js';

const named = (items: WorkItem[], asOf: string, baseline: string) => planned(items, asOf, { baseline });
const works = (tunnel: string, road: string) => [
  item('tunnel', 2, { plannedFinish: tunnel }),
  item('road', 1, { plannedFinish: road }),
];
const baselinesAt = (asOf: string, ...entries: Entry[]) =>
  schedule.view(fold(schedule, history(...entries)), asOf).baselines ?? [];

test('slips against the approved design stay when the project is planned again', () => {
  const entries = [
    named(works('2018-06-30', '2018-09-30'), '2018-01-01', 'approved design'),
    planned(works('2018-08-29', '2018-09-30'), '2018-03-01'),
    forecast('completion', ['2018-12-01', '2018-12-31'], '2018-05-31'),
  ];
  expect(baselinesAt('2018-06-30', ...entries)).toEqual([
    {
      ...{ name: 'approved design', version: 1, adoptedOn: '2018-01-01', isInForce: false, entry: 'e1' },
      slips: [
        {
          ...{ target: 'completion', baselineOn: '2018-09-30', plannedOn: '2018-09-30', plannedSlipDays: 0 },
          // October has 31 days, November 30, December 31.
          ...{ forecastOn: '2018-12-31', forecastSlipDays: 92, entries: ['e1', 'e2', 'e3'] },
        },
        {
          // July has 31 days, and 29 of August.
          ...{ target: 'tunnel', baselineOn: '2018-06-30', plannedOn: '2018-08-29', plannedSlipDays: 60 },
          ...{ forecastOn: null, forecastSlipDays: null, entries: ['e1', 'e2'] },
        },
      ],
    },
  ]);
});

test('two names are two baselines, each with its own slips, and only the last is in force', () => {
  const entries = [
    named(works('2018-06-30', '2018-09-30'), '2018-01-01', 'approved design'),
    named(works('2018-06-30', '2018-10-10'), '2018-03-01', 'contract'),
    named(works('2018-06-30', '2018-10-20'), '2018-05-01', 'changed contract'),
  ];
  const days = (asOf: string) =>
    baselinesAt(asOf, ...entries).map(({ name, isInForce, slips }) => [
      ...[name, isInForce],
      ...[slips.find(({ target }) => target === 'completion')?.plannedSlipDays],
    ]);
  expect(days('2018-04-30')).toEqual([
    ['approved design', false, 10],
    ['contract', true, 0],
  ]);
  expect(days('2018-06-30')).toEqual([
    ['approved design', false, 20],
    ['contract', false, 10],
    ['changed contract', true, 0],
  ]);
});

test('a plan without a name is no baseline, and an item that a later plan leaves out has no planned day', () => {
  expect(baselinesAt('2018-06-30', planned(works('2018-06-30', '2018-09-30'), '2018-01-01'))).toEqual([]);
  const [baseline] = baselinesAt(
    '2018-06-30',
    named(works('2018-06-30', '2018-09-30'), '2018-01-01', 'approved design'),
    planned([item('road', 1, { plannedFinish: '2018-09-30' })], '2018-03-01'),
  );
  expect(baseline?.slips.map(({ target, plannedOn }) => [target, plannedOn])).toEqual([
    ['completion', '2018-09-30'],
    ['tunnel', null],
  ]);
});
