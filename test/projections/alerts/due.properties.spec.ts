import { expect, test } from '@jest/globals';
import { defaultRules, type RuleSet, ruleKinds, severities } from '../../../domain/governance/rules.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import { dueAlerts, type Watched } from '../../../projections/alerts/due.js';
import { figuresAt, foldProject } from '../../../projections/project/project.js';
import { diceOf } from '../../support/dice.js';
import { type History, randomHistory } from '../../support/histories.js';
import { naiveDue, naiveNextOn } from '../../support/naive-due.js';
import { randomRules } from '../../support/random-rules.js';

const seeds = Array.from({ length: 100 }, (_, index) => index + 1);

/** A history, rules for it, and some days on, between and long after its entries. */
function caseOf(seed: number): { history: History; rules: RuleSet; days: Day[] } {
  const dice = diceOf(seed * 7919);
  const history = randomHistory(seed, { entries: dice.int(2, 30) });
  const rules = dice.chance(50) ? defaultRules : randomRules(dice);
  const days = Array.from({ length: 4 }, () => {
    const event = history.events[dice.int(0, history.events.length - 1)];
    return addDays(event?.entry.asOf ?? '2018-01-01', dice.int(-3, dice.chance(50) ? 10 : 250));
  });
  return { history, rules, days };
}

/** Every watched condition with its severity, sorted. */
function severitiesOf(watched: readonly Watched[]): string[] {
  return watched.map(({ rule, subject, severity }) => JSON.stringify([rule, subject, severity])).toSorted();
}

/** Every condition that is due with its severity and the stalls that explain it, sorted. */
function dueOf(watched: readonly Pick<Watched, 'rule' | 'subject' | 'severity' | 'explainedBy'>[]): string[] {
  return watched
    .filter(({ severity }) => severity !== null)
    .map(({ rule, subject, severity, explainedBy = [] }) =>
      JSON.stringify([rule, subject, severity, explainedBy.toSorted()]),
    )
    .toSorted();
}

test('due alerts equal those of a naive evaluation, in any history on any day', () => {
  const seen = new Map<string, number>();
  let explained = 0;
  for (const seed of seeds) {
    const { history, rules, days } = caseOf(seed);
    const state = foldProject(history.events);
    for (const on of days) {
      const judged = dueAlerts(state, rules, on);
      const naive = naiveDue(history.events, rules, on);
      const where = `seed ${seed} on ${on}`;
      expect([where, ...dueOf(judged.watched)]).toEqual([where, ...dueOf(naive.due)]);
      expect(judged.notJudged.map(({ rule }) => rule).toSorted()).toEqual(naive.notJudged.toSorted());
      for (const { rule, explainedBy } of naive.due) {
        seen.set(rule, (seen.get(rule) ?? 0) + 1);
        if (explainedBy) explained++;
      }
    }
  }
  expect([...seen.keys()].toSorted()).toEqual(ruleKinds.toSorted());
  expect(explained).toBeGreaterThan(20);
});

test('rules that count one day less are detected', () => {
  const stricter: RuleSet = {
    ...defaultRules,
    rules: defaultRules.rules.map((rule) =>
      rule.rule === 'unreported' ? { ...rule, yellow: { days: 44 } } : rule,
    ),
  };
  const apart = seeds.slice(0, 20).filter((seed) => {
    const { events } = randomHistory(seed, { entries: 3 });
    const last =
      events
        .map(({ entry }) => entry.asOf)
        .toSorted()
        .at(-1) ?? '2018-01-01';
    const judged = dueAlerts(foldProject(events), defaultRules, addDays(last, 44));
    return String(dueOf(judged.watched)) !== String(dueOf(naiveDue(events, stricter, addDays(last, 44)).due));
  });
  expect(apart.length).toBeGreaterThan(5);
});

test('nothing changes before the returned next day', () => {
  let daysCount = 0;
  for (const seed of seeds.slice(0, 30)) {
    const { history, rules, days } = caseOf(seed);
    const state = foldProject(history.events);
    for (const on of days.slice(0, 2)) {
      const { watched, nextOn } = dueAlerts(state, rules, on);
      const expected = severitiesOf(watched);
      const until = nextOn ?? addDays(on, 900);
      for (
        let day = addDays(on, 1), step = 1;
        day < until;
        day = addDays(day, step), step = Math.min(9, step + 1)
      ) {
        expect([day, ...severitiesOf(dueAlerts(state, rules, day).watched)]).toEqual([day, ...expected]);
        daysCount++;
      }
      if (nextOn === null) continue;
      expect(severitiesOf(dueAlerts(state, rules, addDays(nextOn, -1)).watched)).toEqual(expected);
      const said = (all: readonly Watched[]) =>
        JSON.stringify([severitiesOf(all), all.map(({ anchor }) => anchor)]);
      const isChanged = said(dueAlerts(state, rules, nextOn).watched) !== said(watched);
      expect([nextOn, isChanged || history.events.some(({ entry }) => entry.asOf === nextOn)]).toEqual([
        nextOn,
        true,
      ]);
    }
  }
  expect(daysCount).toBeGreaterThan(300);
});

test('a naive evaluation of each day finds nothing new before that day either', () => {
  let foundCount = 0;
  for (const seed of seeds.slice(40, 52)) {
    const { history, rules, days } = caseOf(seed);
    for (const on of days.slice(0, 1)) {
      const { nextOn } = dueAlerts(foldProject(history.events), rules, on);
      const changedOn = naiveNextOn(history.events, rules, on, addDays(on, 60));
      if (changedOn === undefined) continue;
      foundCount++;
      expect([seed, nextOn !== null && nextOn <= changedOn]).toEqual([seed, true]);
    }
  }
  expect(foundCount).toBeGreaterThan(3);
});

const passed = ' expected end passed';

test('time alone lowers no severity, and ends nothing but an episode of the past', () => {
  let risen = 0;
  for (const seed of seeds.slice(0, 40)) {
    const { history, rules } = caseOf(seed);
    const state = foldProject(history.events);
    const last =
      history.events
        .map(({ entry }) => entry.asOf)
        .toSorted()
        .at(-1) ?? '2018-01-01';
    let before = dueAlerts(state, rules, last).watched;
    for (let day = addDays(last, 1); day < addDays(last, 400); day = addDays(day, 29)) {
      const now = dueAlerts(state, rules, day).watched;
      const lastDays = new Map(
        figuresAt(state, last).stalls.episodes.map(({ entries, to }) => [`stall:${entries.at(-1)}`, to]),
      );
      for (const earlier of before) {
        const lastDay = lastDays.get(earlier.anchor.split(' ')[0] ?? '');
        if (lastDay !== undefined && lastDay < day) continue;
        const later = now.find(
          ({ rule, anchor, subject }) =>
            rule === earlier.rule &&
            anchor.replace(passed, '') === earlier.anchor.replace(passed, '') &&
            JSON.stringify(subject) === JSON.stringify(earlier.subject),
        );
        expect([seed, day, earlier.rule, rank(later) >= rank(earlier)]).toEqual([
          seed,
          day,
          earlier.rule,
          true,
        ]);
        if (rank(later) > rank(earlier)) risen++;
      }
      before = now;
    }
  }
  expect(risen).toBeGreaterThan(50);
});

/** -1 if it is not due; less if it is not even watched. */
function rank(watched: Watched | undefined): number {
  if (!watched) return -2;
  return watched.severity === null ? -1 : severities.indexOf(watched.severity);
}
