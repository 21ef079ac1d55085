import { expect, test } from '@jest/globals';
import { defaultRules } from '../../domain/governance/rules.js';
import { dueAlerts } from '../../projections/alerts/due.js';
import { existsOn, foldProject } from '../../projections/project/project.js';
import { takenBack, takenBackWords } from '../../projections/project/taken-back.js';
import { IncrementalRow } from '../../projections/rows/incremental-row.js';
import { projectFigures } from '../../projections/server/project-figures.js';
import {
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
import { journalAt, projectAt, rowSteps } from '../support/folds.js';

const may31 = '2018-05-31';
const june30 = '2018-06-30';
const july10 = '2018-07-10';

const entries = [
  registered({ district: { en: 'north' } }, may31),
  planned([item('roof', 1)], may31),
  measured('roof', percent(40), june30),
  stalled({}, june30),
];
const back = withdrawn('e1', july10, 'registered twice');
const before = foldProject(history(...entries));
const after = foldProject(history(...entries, back));
const again = registered({ district: { en: 'south' } }, july10);
const restored = foldProject(history(...entries, back, again));

test('a project whose registration was taken back is on no day', () => {
  for (const day of [may31, june30, july10])
    expect([existsOn(before, day), existsOn(after, day), existsOn(restored, day)]).toEqual([
      true,
      false,
      true,
    ]);
});

test('withdrawing anything else, or one of two registrations, takes nothing back', () => {
  const twice = [...entries, back, again, withdrawn('e1', july10)];
  expect(existsOn(foldProject(history(...twice)), july10)).toBe(true);
  expect(existsOn(foldProject(history(...entries, withdrawn('e2', july10))), july10)).toBe(true);
  expect(existsOn(foldProject(history(entered('started', may31))), july10)).toBe(true);
});

test('its journal says by whom, when and why', () => {
  expect(takenBack(before)).toBeUndefined();
  expect(takenBack(restored)).toBeUndefined();
  const found = takenBack(after);
  expect(found).toEqual({
    entry: 'e5',
    by: 'inspector-7',
    recordedAt: '2018-07-10T08:04:00.000Z',
    reason: 'registered twice',
  });
  expect(found && takenBackWords(found)).toEqual({
    en: 'its registration was taken back by inspector-7 on 2018-07-10 08:04 UTC: registered twice',
    zh: '登记已由 inspector-7 于 2018年7月10日 08:04（UTC）撤回：registered twice',
  });
  expect(journalAt(after, july10).entries.map(({ words }) => words.en)).toContain(
    'Withdrawn: "Registered: Huaao car, phase II." Reason: registered twice.',
  );
});

test('registered again, it is back with all that was recorded', () => {
  const { details, completion, stalls } = projectAt(restored, july10);
  expect([details.district, completion.percentBasisPoints, stalls.open.works]).toEqual([
    { en: 'south' },
    4000,
    1,
  ]);
});

test('its rows end and come back, entry by entry as of the whole project', () => {
  const row = new IncrementalRow(defaultRules);
  const events = history(
    ...entries,
    back,
    withdrawn('e4', july10),
    again,
    measured('roof', percent(50), july10),
  );
  for (const [index, event] of events.entries()) {
    const { since, steps } = row.take(event);
    const state = foldProject(events.slice(0, index + 1));
    expect([index, steps]).toEqual([index, rowSteps(state, defaultRules, since)]);
    const shown = steps.findLast(({ from }) => from <= july10)?.row;
    expect([index, shown !== null]).toEqual([index, existsOn(state, july10)]);
    if (index === 4) expect([since, steps]).toEqual([may31, [{ from: may31, row: null }]]);
  }
});

test('nothing of it is watched', () => {
  expect(dueAlerts(before, defaultRules, july10).watched).not.toEqual([]);
  expect(dueAlerts(after, defaultRules, july10)).toEqual({
    on: july10,
    watched: [],
    notJudged: [],
    nextOn: null,
    takenBack: takenBack(after),
  });
});

test('a server shows no figures of it', () => {
  let state = null as ReturnType<typeof projectFigures.after> | null;
  const figures = history(...entries, back, again).map((event) => {
    state = projectFigures.after(state, event, 'huaao-2');
    return state.figures?.completion.percentBasisPoints ?? null;
  });
  expect(figures).toEqual([0, 0, 4000, 4000, null, 4000]);
});
