import { expect, test } from '@jest/globals';
import {
  type AdoptedRules,
  defaultRules,
  isAbove,
  type RuleKind,
  ruleKinds,
  type Severity,
} from '../../../domain/governance/rules.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import { dueAlerts } from '../../../projections/alerts/due.js';
import { foldProject } from '../../../projections/project/project.js';
import { diceOf } from '../../support/dice.js';
import { rowSteps } from '../../support/folds.js';
import { randomHistory } from '../../support/histories.js';
import { naiveDue } from '../../support/naive-due.js';
import { randomRules } from '../../support/random-rules.js';

/** Only one kind of rule, so that no other one hides what it finds. */
function alone(kind: RuleKind, rules: AdoptedRules): AdoptedRules {
  return { ...rules, rules: rules.rules.filter(({ rule }) => rule === kind) };
}

function worst(found: readonly { severity: Severity | null }[]): Severity | null {
  let highest: Severity | null = null;
  for (const { severity } of found)
    if (severity && (!highest || isAbove(severity, highest))) highest = severity;
  return highest;
}

test.each(ruleKinds)('%s lights a row from the day on which it is due', (kind) => {
  const seen = new Set<Severity | null>();
  for (let seed = 1; seed <= 30; seed++) {
    const dice = diceOf(seed * 7919 + ruleKinds.indexOf(kind));
    const { events } = randomHistory(seed * 31 + ruleKinds.indexOf(kind), {
      entries: dice.int(1, dice.chance(50) ? 5 : 30),
    });
    const rules = alone(kind, dice.chance(50) ? defaultRules : randomRules(dice));
    const state = foldProject(events);
    const days = events.map(({ entry }) => entry.asOf).toSorted() as [Day, ...Day[]];
    const [since] = days;
    const steps = rowSteps(state, rules, since);
    const changes = steps.filter(({ row }, at) => row?.light !== steps[at - 1]?.row?.light);
    const asked = [
      ...changes.slice(-3).flatMap(({ from }) => [from, addDays(from, -1)]),
      dice.pick(days),
      addDays(dice.pick(days), dice.int(1, 400)),
    ];
    for (const day of asked.filter((one) => one >= since)) {
      const light = steps.findLast(({ from }) => from <= day)?.row?.light ?? null;
      const due = worst(dueAlerts(state, rules, day).watched);
      const naive = worst(naiveDue(events, rules, day, state).due);
      expect([seed, day, light, due]).toEqual([seed, day, naive, naive]);
      seen.add(naive);
    }
  }
  expect(seen.size).toBeGreaterThan(1);
});
