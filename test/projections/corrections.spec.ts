import { describe, expect, test } from '@jest/globals';
import { defaultRules } from '../../domain/governance/rules.js';
import { alertsAt } from '../../projections/alerts/alerts-at.js';
import { dueAlerts } from '../../projections/alerts/due.js';
import { applyToProject, emptyProjectState, foldProject } from '../../projections/project/project.js';
import {
  cleared,
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
  stalled,
  unchanged,
  wan,
  withdrawn,
} from '../support/entries.js';
import { type ProjectView, projectAt, rowOf, rowSteps } from '../support/folds.js';

const january1 = '2018-01-01';
const june1 = '2018-06-01';
const june10 = '2018-06-10';
const june20 = '2018-06-20';
const june25 = '2018-06-25';
const june30 = '2018-06-30';
const opening = [registered({}, january1), planned([item('roof', 1)], january1)];

/** The project after these entries, the first of which are known; its row of the list is equal. */
function known(entries: readonly Entry[], asOf = june30, count = entries.length): ProjectView {
  const events = history(...opening, ...entries).slice(0, opening.length + count);
  const state = foldProject(events);
  expect(events.reduce(applyToProject, emptyProjectState())).toEqual(state);
  const view = projectAt(state, asOf);
  const row = rowSteps(state, defaultRules, january1).findLast(({ from }) => from <= asOf)?.row;
  expect(row).toEqual(rowOf(view, alertsAt(state, defaultRules, asOf, view).light));
  return view;
}

/** An entry withdrawn and replaced in one commit. */
const corrected = (id: string, replacement: Entry): Entry[] => [
  withdrawn(id, june30),
  { ...replacement, entry: { ...replacement.entry, corrects: id } },
];

describe('a correction for the same day takes the place of the corrected entry', () => {
  const said = [
    measured('roof', percent(30), june10, { id: 'first' }),
    measured('roof', percent(45), june10, { id: 'second' }),
  ];

  test('so that the later figure of that day still counts', () => {
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

  test('but a correction that moves the day gets its own place there', () => {
    const moved = [...said, ...corrected('first', measured('roof', percent(50), june20, { id: 'third' }))];
    expect(known(moved).completion).toMatchObject({ percentBasisPoints: 5000 });
    const back = [...moved, ...corrected('third', measured('roof', percent(50), june10))];
    expect(known(back).completion).toMatchObject({ percentBasisPoints: 5000 });
  });

  test('also when it is of another type', () => {
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

  test('and contradicts only what counts', () => {
    const entries = [
      measured('roof', percent(40), june1),
      ...said,
      ...corrected('first', measured('roof', percent(31), june10)),
    ];
    expect(known(entries, june30, 3).contradictions.open).toEqual([]);
    expect(known(entries).contradictions.open).toEqual([]);
  });
});

describe('a corrected declaration of a stall', () => {
  const finished = [
    stalled({ from: june1 }, june1, { id: 'declared' }),
    cleared('money', june20, { id: 'ended' }),
  ];
  const episodes = (entries: readonly Entry[], asOf = june30) => known(entries, asOf).stalls.episodes;
  const dueAt = (entries: readonly Entry[]) =>
    dueAlerts(foldProject(history(...opening, ...entries)), defaultRules, june30).watched.filter(
      ({ rule }) => rule === 'declared-stall',
    );

  test('stays cleared by the entry that cleared it', () => {
    const entries = [
      ...finished,
      ...corrected('declared', stalled({ cause: 'licence', from: june1 }, june1, { id: 'right' })),
    ];
    expect(episodes(entries)).toEqual([
      {
        stall: 'money',
        cause: 'licence',
        blocks: ['works'],
        from: june1,
        status: 'cleared',
        clearedOn: june20,
        entries: ['right', 'ended'],
      },
    ]);
    expect(dueAt(entries)).toEqual([]);
  });

  test('stays cleared when the correction moves its day behind the clearing', () => {
    const entries = [
      ...finished,
      ...corrected('declared', stalled({ cause: 'licence', from: june1 }, june25, { id: 'right' })),
    ];
    expect(episodes(entries)).toMatchObject([
      { cause: 'licence', status: 'cleared', clearedOn: june20, entries: ['right', 'ended'] },
    ]);
    expect(dueAt(entries)).toEqual([]);
    const again = [
      ...entries,
      ...corrected('right', stalled({ cause: 'labour', from: june1 }, june30, { id: 'last' })),
    ];
    expect(episodes(again)).toMatchObject([
      { cause: 'labour', status: 'cleared', clearedOn: june20, entries: ['last', 'ended'] },
    ]);
  });

  test('stays cleared when the clearing is corrected too, before it or after it', () => {
    const right = corrected('declared', stalled({ cause: 'licence', from: june1 }, june25, { id: 'right' }));
    const sooner = corrected('ended', cleared('money', june10, { id: 'sooner' }));
    for (const entries of [
      [...finished, ...right, ...sooner],
      [...finished, ...sooner, ...right],
    ])
      expect(episodes(entries)).toMatchObject([
        { cause: 'licence', status: 'cleared', clearedOn: june10, entries: ['right', 'sooner'] },
      ]);
  });

  test('is open when the clearing is withdrawn, when it was never cleared, and when it now begins after that day', () => {
    const right = corrected('declared', stalled({ cause: 'licence', from: june1 }, june25, { id: 'right' }));
    expect(episodes([...finished, ...right, withdrawn('ended', june30)])).toMatchObject([
      { cause: 'licence', status: 'open', entries: ['right'] },
    ]);
    expect(episodes([finished[0] as Entry, ...right])).toMatchObject([{ status: 'open' }]);
    const later = corrected('declared', stalled({ from: june25 }, june25, { id: 'right' }));
    expect(episodes([...finished, ...later])).toMatchObject([{ status: 'open', from: june25 }]);
  });

  test('leaves a later episode of the same stall unchanged', () => {
    const entries = [
      ...finished,
      stalled({ from: june25 }, june25, { id: 'again' }),
      ...corrected('declared', stalled({ cause: 'licence', from: june1 }, june30, { id: 'right' })),
    ];
    expect(episodes(entries)).toMatchObject([
      { cause: 'financing', status: 'open', from: june25, entries: ['again'] },
      { cause: 'licence', status: 'cleared', clearedOn: june20, entries: ['right', 'ended'] },
    ]);
  });

  test('is another stall when it replaces an entry of another type', () => {
    const entries = [
      unchanged(january1, june1, { id: 'quiet' }),
      ...finished,
      ...corrected('quiet', stalled({ cause: 'weather', from: june10 }, june25, { id: 'late' })),
    ];
    expect(episodes(entries)).toMatchObject([
      { status: 'cleared', entries: ['declared', 'ended'] },
      { cause: 'weather', status: 'open', entries: ['late'] },
    ]);
  });
});
