import { expect, test } from '@jest/globals';
import { defaultLexicon } from '../../domain/governance/lexicons.js';
import { defaultRules } from '../../domain/governance/rules.js';
import { ofProjects } from '../../domain/log/any-event.js';
import { type Changes, changes } from '../../projections/changes/changes.js';
import { readBy } from '../../projections/lexicon/reading.js';
import { foldProject } from '../../projections/project/project.js';
import { diceOf } from '../support/dice.js';
import {
  history,
  item,
  measured,
  percent,
  planned,
  registered,
  stalled,
  withdrawn,
  word,
} from '../support/entries.js';
import { projectAt } from '../support/folds.js';
import { randomHistory } from '../support/histories.js';
import { randomRules } from '../support/random-rules.js';

const planDay = '2018-01-01';
const may31 = '2018-05-31';
const june30 = '2018-06-30';
const july10 = '2018-07-10';
const plan = planned([item('pipe', 1), item('roof', 1)], planDay);
const opening = [registered({}, planDay), plan];
/** In which "mostly" means more. */
const generous = {
  version: defaultLexicon.version + 1,
  basis: 'office',
  words: defaultLexicon.words.map((one) => {
    const { low, high } = one.range;
    return low === high || high <= 9_000 ? one : { ...one, range: { low: 9_000, point: 9_500, high: 9_900 } };
  }),
};

/** The effects on a figure, without those that are 0. */
function effects({ completion }: Changes, figure: keyof Changes['completion'] = 'percent') {
  const { from: _, to: __, entries: ___, ...all } = completion[figure];
  return Object.fromEntries(Object.entries(all).filter(([, by]) => by !== 0));
}

test('work, scope, corrections and late entries are apart, and add up', () => {
  const before = [...opening, measured('pipe', percent(40), may31)];
  const later = [
    // e3: the pipe was at 40 %; e4 and e5 correct it.
    withdrawn('e3', july10),
    measured('pipe', percent(30), may31, { corrects: 'e3' }),
    // About May, logged in July.
    measured('roof', percent(20), may31),
    measured('pipe', percent(80), july10),
    planned([item('pipe', 1), item('roof', 1), item('yard', 2)], july10, { version: 2 }),
  ];
  const all = history(...before, ...later);
  const first = { state: foldProject(all.slice(0, before.length)), asOf: june30 };
  const second = { state: foldProject(all), asOf: july10 };
  expect(effects(changes(first, second))).toEqual({
    // From 20 % to 25 %.
    byBasisPoints: 500,
    // 40 of 100 becomes 40 of 200.
    scopeBasisPoints: -1000,
    correctionBasisPoints: -250,
    lateBasisPoints: 500,
    workBasisPoints: 1250,
  });
});

test('a word that another lexicon reads is no work', () => {
  const events = history(...opening, measured('pipe', word('mostly'), may31));
  const [first, second] = [defaultLexicon, generous].map((lexicon) => ({
    state: foldProject(events.map(readBy(lexicon))),
    asOf: june30,
    law: { lexicon: lexicon.version, rules: defaultRules },
  }));
  if (!first || !second) throw new Error('There are two moments.');
  const found = changes(first, second);
  const { percent: by } = found.completion;
  expect(by.lexiconBasisPoints).toBe(by.byBasisPoints);
  expect(by.lexiconBasisPoints).toBeGreaterThan(0);
  expect(found.items.map((one) => [one.item, one.kind])).toEqual([['pipe', 'lexicon']]);
});

test('a light that other rules alone change says so', () => {
  const state = foldProject(history(...opening, stalled({}, may31)));
  const strict = { ...defaultRules, version: defaultRules.version + 1, rules: [] };
  const at = (rules: typeof defaultRules) => ({ state, asOf: june30, law: { lexicon: 1, rules } });
  expect(changes(at(defaultRules), at(defaultRules)).light).toBeNull();
  expect(changes(at(defaultRules), at(strict)).light).toEqual({
    from: 'red',
    underNewRules: null,
    to: null,
    fromRulesVersion: defaultRules.version,
    toRulesVersion: strict.version,
  });
});

test.each([1, 2, 3])('in random histories the effects add up on either clock (%s)', (seed) => {
  const dice = diceOf(seed);
  const seen = new Set<string>();
  for (let number = 0; number < 40; number += 1) {
    const events = ofProjects(randomHistory(seed * 100 + number, { entries: 30 }).events);
    const days = events.map(({ entry }) => entry.asOf).toSorted() as [string, ...string[]];
    const knownBefore = dice.int(1, events.length);
    const isOfDays = dice.chance(50);
    const [from, to] = isOfDays
      ? ([dice.pick(days), days.at(-1) ?? ''] as const)
      : ([days.at(-1) ?? '', days.at(-1) ?? ''] as const);
    const lexicons = dice.chance(30) ? [defaultLexicon, generous] : [defaultLexicon, defaultLexicon];
    const [first, second] = [
      { events: isOfDays ? events : events.slice(0, knownBefore), asOf: from, rules: defaultRules },
      { events, asOf: to, rules: { ...randomRules(dice), version: 2 } },
    ].map(({ events: known, asOf, rules }, index) => {
      const lexicon = lexicons[index] ?? defaultLexicon;
      return {
        state: foldProject(known.map(readBy(lexicon))),
        asOf,
        law: { lexicon: lexicon.version, rules },
      };
    });
    if (!first || !second) throw new Error('There are two moments.');
    const found = changes(first, second);
    for (const figure of ['floor', 'percent', 'ceiling'] as const) {
      const { byBasisPoints, ...others } = effects(found, figure);
      expect(Object.values(others).reduce((sum, by) => sum + by, 0)).toBe(byBasisPoints ?? 0);
      for (const effect of Object.keys(others)) seen.add(effect);
      const of = (moment: typeof first) =>
        projectAt(moment.state, moment.asOf).completion[`${figure}BasisPoints`];
      expect(found.completion[figure]).toMatchObject({ from: of(first), to: of(second) });
    }
  }
  expect(seen).toContain('workBasisPoints');
  expect(seen).toContain('correctionBasisPoints');
  expect(seen).toContain('lateBasisPoints');
});
