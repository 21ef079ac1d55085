import { expect, test } from '@jest/globals';
import { defaultRules } from '../../../domain/governance/rules.js';
import { addDays } from '../../../domain/values/days/calendar.js';
import { alertsAt } from '../../../projections/alerts/alerts-at.js';
import { ProjectDays } from '../../../projections/alerts/project-on-day.js';
import { registerOf, worded } from '../../../projections/contradictions/contradictions.js';
import { finished } from '../../../projections/facts/steps.js';
import { foldProject } from '../../../projections/project/project.js';
import { diceOf } from '../../support/dice.js';
import { randomHistory } from '../../support/histories.js';

const jan1 = '2018-01-01';

test('the alerts of one day after another are those of each day alone, also after a step back', () => {
  for (let seed = 1; seed <= 12; seed += 1) {
    const dice = diceOf(seed);
    const { events } = randomHistory(seed, { entries: dice.int(5, 60) });
    const state = foldProject(events);
    const days = new ProjectDays(state);
    let day = addDays(events[0]?.entry.asOf ?? jan1, -30);
    for (let count = 0; count < 15; count += 1) {
      expect(alertsAt(state, defaultRules, day, undefined, days)).toEqual(alertsAt(state, defaultRules, day));
      day = addDays(day, dice.chance(10) ? -dice.int(1, 60) : dice.int(0, 20));
    }
  }
});

test('the register of one day after another is that of each day alone, also with what was recorded before', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const dice = diceOf(seed);
    const { events } = randomHistory(seed, { entries: dice.int(20, 60) });
    const state = foldProject(events).contradictions;
    const { register } = new ProjectDays(foldProject(events));
    let day = addDays(events[0]?.entry.asOf ?? jan1, -30);
    for (let count = 0; count < 20; count += 1) {
      const found = finished(register.on(state, day));
      expect(found.map(worded)).toEqual(finished(registerOf(state, day)).map(worded));
      day = addDays(day, dice.chance(10) ? -dice.int(1, 60) : dice.int(0, 20));
    }
  }
});
