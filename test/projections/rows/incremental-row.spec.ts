import { expect, test } from '@jest/globals';
import { type AdoptedRules, defaultRules } from '../../../domain/governance/rules.js';
import type { RecordedEvent } from '../../../domain/project/events.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import { alertsAt } from '../../../projections/alerts/alerts-at.js';
import {
  applyToProject,
  emptyProjectState,
  existsOn,
  foldProject,
  type ProjectRow,
  type ProjectState,
} from '../../../projections/project/project.js';
import { IncrementalRow } from '../../../projections/rows/incremental-row.js';
import { type RowStep } from '../../../projections/rows/row-step.js';
import { type Dice, diceOf } from '../../support/dice.js';
import { projectAt, rowOf, rowSteps } from '../../support/folds.js';
import { randomHistory } from '../../support/histories.js';
import { randomRules } from '../../support/random-rules.js';

/** The row of a project on a day, computed from its whole state. */
function lineOn(state: ProjectState, rules: AdoptedRules, day: Day): ProjectRow | null {
  if (!existsOn(state, day)) return null;
  const view = projectAt(state, day);
  return rowOf(view, alertsAt(state, rules, day, view).light);
}

/** The row in the steps for a day. */
function stepOn(steps: readonly RowStep[], day: Day): ProjectRow | null | undefined {
  return steps.findLast(({ from }) => from <= day)?.row;
}

function caseOf(seed: number, most: number): { dice: Dice; events: RecordedEvent[]; rules: AdoptedRules } {
  const dice = diceOf(seed * 7919);
  const { events } = randomHistory(seed, { entries: dice.int(1, most) });
  return { dice, events, rules: dice.chance(50) ? defaultRules : randomRules(dice) };
}

function daysOf(events: readonly RecordedEvent[]): [Day, ...Day[]] {
  return events.map(({ entry }) => entry.asOf).toSorted() as [Day, ...Day[]];
}

test('the row equals that of the whole project on every single day', () => {
  for (let seed = 1; seed <= 8; seed++) {
    const { events, rules } = caseOf(seed, 8);
    const state = foldProject(events);
    const since = addDays(daysOf(events)[0], -3);
    const steps = rowSteps(state, rules, since);
    for (let day = since, count = 0; count < 300; day = addDays(day, 1), count++)
      expect([seed, day, stepOn(steps, day)]).toEqual([seed, day, lineOn(state, rules, day)]);
  }
});

test('the row equals that of the whole project around every step and entry, and long after', () => {
  for (let seed = 100; seed < 150; seed++) {
    const { dice, events, rules } = caseOf(seed, 60);
    const state = foldProject(events);
    const days = daysOf(events);
    const since = addDays(dice.pick(days), dice.int(-3, 3));
    const steps = rowSteps(state, rules, since);
    const asked = [...steps.map(({ from }) => from), ...days].flatMap((day) => [day, addDays(day, -1)]);
    for (let count = 0; count < 12; count++) asked.push(addDays(since, dice.int(0, 2_000)));
    for (const day of new Set(asked)) {
      if (day < since) continue;
      expect([seed, day, stepOn(steps, day)]).toEqual([seed, day, lineOn(state, rules, day)]);
    }
  }
});

test('steps start on the given day, ascend, and each row differs from the one before', () => {
  for (let seed = 200; seed < 260; seed++) {
    const { dice, events, rules } = caseOf(seed, 40);
    const since = addDays(dice.pick(daysOf(events)), dice.int(-30, 30));
    const steps = rowSteps(foldProject(events), rules, since);
    expect(steps[0]?.from).toBe(since);
    for (const [index, { from, row }] of steps.entries()) {
      const before = steps[index - 1];
      if (!before) continue;
      expect(before.from < from).toBe(true);
      expect(JSON.stringify(row)).not.toBe(JSON.stringify(before.row));
    }
  }
});

test('the steps of each entry, applied to the earlier ones, are the whole row as known then', () => {
  let late = 0;
  for (let seed = 300; seed < 340; seed++) {
    const { events, rules } = caseOf(seed, 50);
    const walk = new IncrementalRow(rules);
    const first = daysOf(events)[0];
    let state = emptyProjectState();
    let known: RowStep[] = [{ from: first, row: null }];
    for (const event of events) {
      state = applyToProject(state, event);
      const { since, steps } = walk.take(event);
      if (known.some(({ from }) => from > since)) late++;
      known = [...known.filter(({ from }) => from < since), ...steps];
      const days = new Set([first, ...known.map(({ from }) => from)]);
      const whole = rowSteps(state, rules, first);
      for (const { from } of whole) days.add(from);
      for (const day of days)
        expect([seed, day, stepOn(known, day)]).toEqual([seed, day, stepOn(whole, day)]);
    }
  }
  expect(late).toBeGreaterThan(100);
});

test('an instance resumed from known entries equals one that took every entry', () => {
  for (let seed = 400; seed < 430; seed++) {
    const { dice, events, rules } = caseOf(seed, 40);
    const [one, other] = [new IncrementalRow(rules), new IncrementalRow(rules)];
    const cut = dice.int(0, events.length);
    for (const event of events.slice(0, cut)) {
      one.take(event);
      other.know(event);
    }
    for (const event of events.slice(cut)) expect(other.take(event)).toEqual(one.take(event));
  }
});

test('under new rules the steps from the first day on are those of a project that never had others', () => {
  for (let seed = 500; seed < 530; seed++) {
    const { events, rules } = caseOf(seed, 30);
    const walk = new IncrementalRow(defaultRules);
    for (const event of events) walk.take(event);
    walk.adopt(rules);
    const since = walk.firstOn ?? daysOf(events)[0];
    expect(walk.stepsFrom(since)).toEqual(rowSteps(foldProject(events), rules, since));
  }
});
