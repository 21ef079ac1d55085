import { describe, expect, test } from '@jest/globals';
import { alertsAt } from '../../projections/alerts/alerts-at.js';
import { lineSteps } from '../../projections/line.js';
import {
  applyToProject,
  emptyProjectState,
  foldProject,
  type ProjectView,
  projectAt,
  rowOf,
} from '../../projections/project.js';
import { defaultRules } from '../../src/domain/rules.js';
import {
  type Entry,
  entered,
  forecast,
  history,
  invested,
  item,
  measured,
  percent,
  planned,
  registered,
  unchanged,
  wan,
  withdrawn,
} from '../support/entries.js';

const january1 = '2018-01-01';
const june1 = '2018-06-01';
const june10 = '2018-06-10';
const june20 = '2018-06-20';
const june30 = '2018-06-30';
const opening = [registered({}, january1), planned([item('roof', 1)], january1)];

/** The project as it is by these entries, the first ones of which are known; its row of the list says the same. */
function known(entries: readonly Entry[], asOf = june30, count = entries.length): ProjectView {
  const events = history(...opening, ...entries).slice(0, opening.length + count);
  const state = foldProject(events);
  expect(events.reduce(applyToProject, emptyProjectState())).toEqual(state);
  const view = projectAt(state, asOf);
  const row = lineSteps(state, defaultRules, january1).findLast(({ from }) => from <= asOf)?.row;
  expect(row).toEqual(rowOf(view, alertsAt(state, defaultRules, asOf, view).light));
  return view;
}

/** An entry withdrawn and replaced in one commit. */
const corrected = (id: string, replacement: Entry): Entry[] => [
  withdrawn(id, june30),
  { ...replacement, entry: { ...replacement.entry, corrects: id } },
];

describe('a correction for the same day takes the place of what it corrects', () => {
  const said = [
    measured('roof', percent(30), june10, { id: 'first' }),
    measured('roof', percent(45), june10, { id: 'second' }),
  ];

  test('so that the later figure of that day goes on counting', () => {
    const entries = [...said, ...corrected('first', measured('roof', percent(31), june10))];
    expect(known(entries).completion).toMatchObject({ percentBasisPoints: 4500 });
    expect(known(entries, june30, 2).completion).toMatchObject({ percentBasisPoints: 4500 });
    expect(known(entries, june30, 1).completion).toMatchObject({ percentBasisPoints: 3000 });
  });

  test('also when the correction is corrected, and when the later one is', () => {
    const again = [
      ...said,
      ...corrected('first', measured('roof', percent(31), june10, { id: 'third' })),
      ...corrected('third', measured('roof', percent(32), june10)),
    ];
    expect(known(again).completion).toMatchObject({ percentBasisPoints: 4500 });
    const both = [...again, ...corrected('second', measured('roof', percent(46), june10))];
    expect(known(both).completion).toMatchObject({ percentBasisPoints: 4600 });
  });

  test('but a correction that moves the day takes a place of its own there', () => {
    const moved = [...said, ...corrected('first', measured('roof', percent(50), june20, { id: 'third' }))];
    expect(known(moved).completion).toMatchObject({ percentBasisPoints: 5000 });
    const back = [...moved, ...corrected('third', measured('roof', percent(50), june10))];
    expect(known(back).completion).toMatchObject({ percentBasisPoints: 5000 });
  });

  test('also when it says something of another kind', () => {
    const entries = [
      unchanged(june1, june10, { id: 'first' }),
      measured('roof', percent(45), june10),
      ...corrected('first', measured('roof', percent(31), june10)),
    ];
    expect(known(entries).completion).toMatchObject({ percentBasisPoints: 4500 });
  });

  test('of money, of stages and of forecasts', () => {
    const entries = [
      invested(wan(30), june10, {}, { id: 'money' }),
      invested(wan(45), june10),
      entered('contracted', june10, { id: 'stage' }),
      entered('built', june10),
      forecast('completion', ['2018-09-01', '2018-09-30'], june10, {}, { id: 'promise' }),
      forecast('completion', ['2018-11-01', '2018-11-30'], june10),
      ...corrected('money', invested(wan(31), june10)),
      ...corrected('stage', entered('started', june10)),
      ...corrected('promise', forecast('completion', ['2018-10-01', '2018-10-31'], june10)),
    ];
    const { investment, stage, schedule } = known(entries);
    expect(investment.sinceStartMinor).toBe(wan(45).amountMinor);
    expect(stage?.stage).toBe('built');
    expect(schedule.forecasts.map(({ latest }) => latest)).toEqual(['2018-10-31', '2018-11-30']);
  });

  test('and contradicts nothing that only what counts contradicts', () => {
    const entries = [
      measured('roof', percent(40), june1),
      ...said,
      ...corrected('first', measured('roof', percent(31), june10)),
    ];
    expect(known(entries, june30, 3).contradictions.open).toEqual([]);
    expect(known(entries).contradictions.open).toEqual([]);
  });
});
