import { expect, test } from '@jest/globals';
import { changes } from '../../projections/changes/changes.js';
import { completionEvidence } from '../../projections/completion/figure-evidence.js';
import { foldProject } from '../../projections/project/project.js';
import {
  cleared,
  done,
  type Entry,
  entered,
  history,
  item,
  measured,
  percent,
  planned,
  registered,
  stalled,
  withdrawn,
} from '../support/entries.js';

const planDay = '2018-01-01';
const may31 = '2018-05-31';
const june30 = '2018-06-30';

const plan = planned(
  [
    item('pit', 1),
    item('frame', 1, { after: ['pit'] }),
    item('roof', 1, { after: ['frame'] }),
    item('production', 1, { measure: 'done', stage: 'in-production', after: ['roof'] }),
  ],
  planDay,
);
const stateOf = (...entries: Entry[]) => foldProject(history(registered({}, planDay), plan, ...entries));
const evidence = (...entries: Entry[]) => completionEvidence(stateOf(...entries).completion.facts, june30);

test('without a report only the plan is behind the figures', () => {
  expect(evidence()).toEqual({ floor: ['e2'], percent: ['e2'], ceiling: ['e2'] });
});

test('stated facts are behind all figures, except that zero raises no floor and what is done limits nothing', () => {
  expect(evidence(measured('pit', percent(0), may31))).toEqual({
    floor: ['e2'],
    percent: ['e2', 'e3'],
    ceiling: ['e2', 'e3'],
  });
  expect(evidence(done('pit', may31))).toEqual({
    floor: ['e2', 'e3'],
    percent: ['e2', 'e3'],
    ceiling: ['e2'],
  });
});

test('what keeps a predecessor incomplete limits all of its successors', () => {
  const { ceiling } = evidence(done('pit', may31), measured('frame', percent(40), may31));
  expect(ceiling).toEqual(['e2', 'e4']);
});

test('the stall that rules production out is behind the ceiling only', () => {
  expect(evidence(done('roof', may31), stalled({ blocks: ['production'], from: may31 }, may31))).toEqual({
    floor: ['e2', 'e3'],
    percent: ['e2', 'e3'],
    ceiling: ['e2', 'e4'],
  });
});

test('each figure names the entries that moved it, and no others', () => {
  const state = stateOf(
    done('roof', may31),
    stalled({ blocks: ['production'], from: may31 }, may31),
    cleared('money', june30),
    measured('pit', percent(0), june30),
  );
  const {
    floor,
    percent: middle,
    ceiling,
  } = changes({ state, asOf: may31 }, { state, asOf: june30 }).completion;
  expect(floor.entries).toEqual([]);
  expect(middle.entries).toEqual(['e6']);
  expect(ceiling.entries).toEqual(['e5', 'e6']);
});

test('a withdrawal that removes a report is what moved the figures', () => {
  const all = history(
    registered({}, planDay),
    plan,
    measured('pit', percent(80), may31),
    withdrawn('e3', june30),
  );
  const [before, after] = [all.slice(0, 3), all].map((entries) => ({
    state: foldProject(entries),
    asOf: june30,
  }));
  if (!before || !after) throw new Error('both are there');
  const { completion } = changes(before, after);
  expect([completion.floor.byBasisPoints, completion.floor.entries]).toEqual([-2000, ['e4']]);
});

test('a stage that states items is behind the figures of those', () => {
  const { floor } = evidence(entered('in-production', may31));
  expect(floor).toEqual(['e2', 'e3']);
});
