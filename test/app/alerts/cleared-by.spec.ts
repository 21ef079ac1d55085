import { expect, test } from '@jest/globals';
import type { Alert } from '../../../domain/alerts/alert.js';
import { defaultLexicon } from '../../../domain/governance/lexicons.js';
import { type AdoptedRules, defaultRules } from '../../../domain/governance/rules.js';
import { addDays } from '../../../domain/values/days/calendar.js';
import { finished } from '../../../projections/facts/steps.js';
import { clearedBy } from '../../../src/app/alerts/cleared-by.js';
import {
  type Entry,
  history,
  invested,
  item,
  measured,
  percent,
  planned,
  registered,
  wan,
} from '../../support/entries.js';
import { watchedBy } from '../../support/judged.js';

const begun: Entry[] = [registered({}, '2016-01-01'), planned([item('hall', 1)], '2016-01-01')];
const on = '2020-01-10';

/** The hall rises daily from the beginning of 2016 on. */
const rising = (count: number): Entry[] =>
  Array.from({ length: count }, (_, index) =>
    measured('hall', percent(Math.min(99, index / 100)), addDays('2016-01-02', index >> 3)),
  );

const unsaid = { entry: null, position: null, recordedAt: null, by: null };

/** What ended the alert for missing reports, which the first entries raise. */
function endOf(
  entries: readonly Entry[],
  upTo: number,
  rules: AdoptedRules = defaultRules,
  rulesBefore?: AdoptedRules,
) {
  const [watched] = watchedBy('unreported', on, entries.slice(0, upTo));
  const events = history(...entries).map((event, index) => ({
    ...event,
    recordedAt: new Date(Date.UTC(2020, 0, 1) + index * 1000).toISOString(),
  }));
  const alert = {
    rule: 'unreported',
    subject: { kind: 'project' },
    anchor: watched?.anchor,
    position: 0,
    raisedAt: events[upTo - 1]?.recordedAt,
  } as Alert;
  expect(watched?.severity).not.toBeNull();
  const adopted = { rules: [{ rules, ...unsaid }], lexicons: [{ lexicon: defaultLexicon, ...unsaid }] };
  const before = rulesBefore ? [{ rules: rulesBefore, ...unsaid }] : [];
  const after = { entry: 'rules', position: 1, recordedAt: null, by: null };
  const all = rulesBefore ? { ...adopted, rules: [...before, { rules, ...after }] } : adopted;
  function* none() {
    yield;
    return [];
  }
  return finished(clearedBy(alert, events, { rules, rulesEntry: 'rules', adopted: all, on, entries: none }));
}

test('an alert is cleared by the report that ended it, however many followed', () => {
  for (const more of [0, 1, 7, 8, 9, 30, 100]) {
    const reports = Array.from({ length: more + 1 }, (_, index) => invested(wan(index + 1), '2020-01-09'));
    const entries = [...begun, ...rising(40), ...reports];
    expect([more, endOf(entries, 42)]).toEqual([more, { because: 'fact', evidence: ['e43'] }]);
  }
});

test('an alert that no entry ended is cleared by the rules', () => {
  const entries = [...begun, ...rising(200)];
  expect(endOf(entries, 100, { ...defaultRules, rules: [] })).toEqual({
    because: 'rules',
    evidence: ['rules'],
  });
});

test('milder rules end an alert, and not a report that it was raised after', () => {
  const [first, plan, ...reports] = [...begun, ...rising(40)];
  const daily = (days: number): AdoptedRules => ({
    ...defaultRules,
    rules: defaultRules.rules.map((rule) =>
      rule.rule === 'unreported' ? { ...rule, yellow: { days } } : rule,
    ),
  });
  const entries = [first as Entry, plan as Entry, ...reports, invested(wan(5), '2019-11-01')];
  expect(endOf(entries, entries.length, daily(100), defaultRules)).toEqual({
    because: 'rules',
    evidence: ['rules'],
  });
});

test('the cause of a clearing is found without keeping 5,000 copies of a project of 5,000 entries', () => {
  const entries = [...begun, ...rising(5_000), measured('hall', percent(3), '2020-01-09')];
  const before = process.resourceUsage().maxRSS;
  expect(endOf(entries, 5_002)).toEqual({ because: 'fact', evidence: ['e5003'] });
  expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(250);
});
