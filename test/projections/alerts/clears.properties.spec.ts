import { expect, test } from '@jest/globals';
import { defaultRules, type RuleSet, ruleKinds } from '../../../domain/governance/rules.js';
import { addDays } from '../../../domain/values/days/calendar.js';
import { dueAlerts } from '../../../projections/alerts/due.js';
import { keyOf } from '../../../projections/alerts/life/raising.js';
import { foldProject } from '../../../projections/project/project.js';
import { ClearingFacts, withFacts } from '../../support/clearing-facts.js';
import { diceOf } from '../../support/dice.js';
import { described } from '../../support/entries.js';
import { randomHistory } from '../../support/histories.js';
import { liveEntries } from '../../support/naive-due.js';

/** The default rules, all of them switched on. */
const rules: RuleSet = { ...defaultRules, rules: defaultRules.rules.map(({ isOff: _, ...rule }) => rule) };

test('every alert names the facts that would clear it, and each of them does', () => {
  const seen = new Set<string>();
  const left: unknown[] = [];
  let ways = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const dice = diceOf(seed * 104_729);
    const { events } = randomHistory(seed, { entries: dice.int(2, 25) });
    const from = dice.pick(events as [(typeof events)[0], ...typeof events]).entry.asOf;
    const on = addDays(from, dice.int(0, dice.pick([20, 250, 900])));
    const facts = new ClearingFacts(
      liveEntries(events).filter(({ entry }) => entry.asOf <= on),
      on,
    );
    for (const alert of dueAlerts(foldProject(events), rules, on).watched) {
      if (alert.severity === null) continue;
      for (const { name, entries } of facts.of(alert)) {
        const after = dueAlerts(foldProject(withFacts(events, entries)), rules, on).watched;
        const still = after.find(
          (one) => keyOf(one) === keyOf(alert) && (one.severity !== null || one.isHeld),
        );
        if (still) left.push([seed, on, keyOf(alert), name, alert.clears.en, still.reason.en]);
        seen.add(alert.rule);
        ways += 1;
      }
    }
  }
  expect(left).toEqual([]);
  expect([...seen].toSorted()).toEqual(ruleKinds.toSorted());
  expect(ways).toBeGreaterThan(500);
}, 120_000);

test('a fact that the words do not name leaves an alert as it is', () => {
  let alerts = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const { events } = randomHistory(seed, { entries: 12 });
    const on = addDays(events.at(-1)?.entry.asOf ?? '2018-01-01', 100);
    const dueIn = (all: typeof events) =>
      dueAlerts(foldProject(all), rules, on)
        .watched.filter(({ severity }) => severity !== null)
        .map(keyOf);
    const before = dueIn(events);
    expect(dueIn(withFacts(events, [described({ owner: { en: 'Another office' } }, on)]))).toEqual(before);
    alerts += before.length;
  }
  expect(alerts).toBeGreaterThan(30);
});
