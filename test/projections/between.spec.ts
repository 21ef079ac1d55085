import { describe, expect, test } from '@jest/globals';
import { defaultLexicon } from '../../domain/governance/lexicons.js';
import { defaultRules } from '../../domain/governance/rules.js';
import { ofProjects } from '../../domain/log/any-event.js';
import type { RecordedEvent } from '../../domain/project/events.js';
import { effects } from '../../projections/changes/effects.js';
import {
  type ProjectBetween,
  projectBetween,
  type Standing,
} from '../../projections/changes/project-between.js';
import { finished } from '../../projections/facts/steps.js';
import { readBy } from '../../projections/lexicon/reading.js';
import { between, type MeanChange, totalEffects } from '../../projections/portfolio/between.js';
import { emptyProjectState, foldProject } from '../../projections/project/project.js';
import { diceOf } from '../support/dice.js';
import {
  done,
  type Entry,
  history,
  item,
  measured,
  percent,
  planned,
  registered,
} from '../support/entries.js';
import { randomHistory } from '../support/histories.js';

const planDay = '2018-01-01';
const may31 = '2018-05-31';
const june30 = '2018-06-30';
const july10 = '2018-07-10';

interface Side {
  events: readonly RecordedEvent[];
  asOf: string;
  standing: Standing;
  lexicon?: typeof defaultLexicon;
}

const noLight = { from: null, underNewRules: null, to: null };

function compared(project: string, from: Side, to: Side): ProjectBetween {
  const [before, after] = [from, to].map(({ events, asOf, lexicon = defaultLexicon }) => ({
    state: events.length === 0 ? emptyProjectState() : foldProject(events.map(readBy(lexicon))),
    asOf,
    law: { lexicon: lexicon.version, rules: defaultRules },
  }));
  if (!before || !after) throw new Error('There are two moments.');
  const split = finished(projectBetween(before, after));
  return { project, name: { en: project }, from: from.standing, to: to.standing, light: noLight, ...split };
}

/** A project whose later entries are known only at the second moment. */
function site(project: string, before: Entry[], later: Entry[], standings: [Standing, Standing]) {
  const all = history(...before, ...later);
  const from = { events: all.slice(0, before.length), asOf: june30, standing: standings[0] };
  return compared(project, from, { events: all, asOf: july10, standing: standings[1] });
}

const opening = [registered({}, planDay), planned([item('pipe', 1), item('roof', 1)], planDay)];
const both: [Standing, Standing] = ['counted', 'counted'];

/** The effects on a mean, without those that are 0. */
function effectsOf(change: MeanChange) {
  const all = totalEffects.map((effect) => [effect, change[`${effect}BasisPoints`]] as const);
  return Object.fromEntries(all.filter(([, by]) => by !== 0));
}

describe('the mean of a district', () => {
  const worked = site(
    'worked',
    [...opening, measured('pipe', percent(40), may31)],
    [done('pipe', july10)],
    both,
  );
  const still = site('still', [...opening, measured('pipe', percent(40), may31)], [], both);
  const planless = site('planless', [registered({}, planDay)], opening.slice(1), ['without-plan', 'counted']);
  const ended = site('ended', [...opening, done('pipe', may31)], [], ['counted', 'cancelled']);

  test('rises by the work on its projects', () => {
    const { percent: found } = between([worked, still]).completion;
    expect([found.from, found.to, found.byBasisPoints]).toEqual([2000, 3500, 1500]);
    expect(effectsOf(found)).toEqual({ work: 1500 });
  });

  test('tells apart the projects that come and go', () => {
    const { percent: found } = between([worked, still, planless, ended]).completion;
    // From 20, 20 and 50 % to 50, 20 and 0 %.
    expect([found.from, found.to]).toEqual([3000, 2333]);
    expect(effectsOf(found)).toEqual({ left: -1000, work: 1500, joined: -1167 });
  });

  test('states every mean on the way as a sum, a count and a rest', () => {
    const { percent: found } = between([worked, still, planless, ended]).completion;
    expect(found.steps.at(-1)).toEqual({
      after: 'joined',
      sumBasisPoints: 7000,
      projects: 3,
      meanBasisPoints: 2333,
      restBasisPoints: 1,
    });
  });

  test('is no difference where no project counted before', () => {
    const { percent: found } = between([planless]).completion;
    expect([found.from, found.to, found.byBasisPoints, found.joinedBasisPoints]).toEqual([
      null,
      0,
      null,
      null,
    ]);
  });

  test('is all of it of the projects that joined where none counts at both moments', () => {
    const { percent: found } = between([ended, planless]).completion;
    expect(effectsOf(found)).toEqual({ joined: -5000 });
  });

  test('leaves unchanged projects out of the list, and names them', () => {
    const found = between([worked, still]);
    expect(found.items.map(({ project }) => project)).toEqual(['worked']);
    expect(found.unchanged).toEqual([
      { project: 'still', name: { en: 'still' }, standing: 'counted', percentBasisPoints: 2000 },
    ]);
  });
});

test('a late entry that moves nothing is listed with the reason', () => {
  const found = site(
    'late',
    [...opening, measured('pipe', percent(60), june30)],
    [measured('pipe', percent(40), may31)],
    both,
  );
  expect(found.completion.percent.byBasisPoints).toBe(0);
  expect(
    found.entries.map(({ id, kind, unmoved, unmovedBy }) => ({ id, kind, unmoved: unmoved?.en, unmovedBy })),
  ).toEqual([
    { id: 'e4', kind: 'late', unmoved: 'A later entry on the same takes its place.', unmovedBy: 'e3' },
  ]);
});

test.each([1, 2, 3])(
  'in random histories the parts sum to the difference, for all and for each (%s)',
  (seed) => {
    const dice = diceOf(seed);
    const seen = new Set<string>();
    const standings: Standing[] = ['counted', 'counted', 'counted', 'counted', 'without-plan', 'cancelled'];
    for (let number = 0; number < 8; number += 1) {
      const generous = { ...defaultLexicon, version: 2, words: defaultLexicon.words.slice(0, -2) };
      const lexicon = dice.chance(30) ? generous : defaultLexicon;
      const projects = Array.from({ length: dice.int(1, 7) }, (_, index) => {
        const { events: all } = randomHistory(seed * 1000 + number * 10 + index, { entries: 20 });
        const events = ofProjects(all);
        const days = events.map(({ entry }) => entry.asOf).toSorted();
        const known = dice.int(0, events.length);
        const [from, to] = [dice.pick(days as [string, ...string[]]), days.at(-1) ?? ''];
        return compared(
          `project-${index}`,
          {
            events: events.slice(0, known),
            asOf: from,
            standing: known === 0 ? 'unregistered' : dice.pick(standings as [Standing, ...Standing[]]),
          },
          { events, asOf: to, standing: dice.pick(standings as [Standing, ...Standing[]]), lexicon },
        );
      });
      const found = between(projects);
      for (const figure of ['floor', 'percent', 'ceiling'] as const) {
        const mean = (side: 'from' | 'to') => {
          const counted = projects.filter((project) => project[side] === 'counted');
          const sum = counted.reduce((total, { completion }) => total + completion[figure][side], 0);
          return counted.length === 0 ? null : Math.round(sum / counted.length);
        };
        const change = found.completion[figure];
        expect([change.from, change.to]).toEqual([mean('from'), mean('to')]);
        for (const step of change.steps)
          expect((step.meanBasisPoints ?? 0) * step.projects + step.restBasisPoints).toBe(
            step.sumBasisPoints,
          );
        const parts = totalEffects.map((effect) => change[`${effect}BasisPoints`]);
        if (change.from === null || change.to === null) expect(new Set(parts)).toEqual(new Set([null]));
        else expect(parts.reduce<number>((sum, by) => sum + (by ?? 0), 0)).toBe(change.to - change.from);
        for (const effect of Object.keys(effectsOf(change))) seen.add(effect);
        for (const { completion } of projects) {
          const { from, to, ...own } = completion[figure];
          const sum = effects.reduce((total, effect) => total + own[`${effect}BasisPoints`], 0);
          expect(sum).toBe(to - from);
        }
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(['left', 'joined', 'work', 'scope']));
  },
);
