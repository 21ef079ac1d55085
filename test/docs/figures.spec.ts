import { describe, expect, test } from '@jest/globals';
import { defaultRules } from '../../domain/governance/rules.js';
import type { Measure } from '../../domain/project/events.js';
import { shippedPhrasebook } from '../../domain/values/lexicon/phrases.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import { foldProject } from '../../projections/project/project.js';
import { districtLines, loadDistrict } from '../examples/district.js';
import { done, type Entry, history, item, measured, percent, planned, word } from '../support/entries.js';
import { projectAt } from '../support/folds.js';
import { codeIn, read, tableUnder } from './pages.js';

const numbersIn = (text: string): number[] => (text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);

/** Every number in a value, in the order of its members. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

describe('docs/alerts.md', () => {
  const page = 'docs/alerts.md';

  test.each(tableUnder(page, 'What is watched'))('the default of %s holds', (rule = '', _, shown = '') => {
    const standard = defaultRules.rules.find((one) => codeIn(rule).includes(one.rule));
    expect(numbersIn(shown).toSorted()).toEqual(numbersOf(standard).toSorted());
  });

  test('the ladder holds', () => {
    const shown = tableUnder(page, 'The ladder').map(([severity, answer = '', duty, reminder = '']) => ({
      severity,
      answerWithinDays: numbersIn(answer)[0],
      duty,
      remindEveryDays: numbersIn(reminder)[0],
    }));
    expect(shown).toEqual(defaultRules.ladder.map((step) => ({ ...step, duty: step.duty.words.en })));
  });

  test('an alert reopens within the days that the page names', () => {
    const [, days] = /within (\d+) days \(`reopenWithinDays`\)/.exec(read(page)) ?? [];
    expect(Number(days)).toBe(defaultRules.reopenWithinDays);
  });
});

describe('docs/progress-model.md', () => {
  const page = 'docs/progress-model.md';

  test('the lexicon holds', () => {
    const [, section = ''] = read(page).split('**The lexicon**');
    const rows = [...section.matchAll(/^\| (`.*) \|$/gm)].map(([, row = '']) => row.split('|'));
    expect(rows.slice(0, shippedLexicon.words.length).map((row) => row.map((cell) => cell.trim()))).toEqual(
      shippedLexicon.words.map(({ word, name, range, state }) => [
        `\`${word}\``,
        `${name.en} · ${name.zh}`,
        ...[range.low, range.point, range.high].map((basisPoints) => String(basisPoints / 100)),
        state === undefined ? '' : `\`${state}\``,
      ]),
    );
  });

  test('the figures of the road hold, day by day', () => {
    const ofProject = (measure: Measure, asOf: string): Entry => ({
      type: 'ProgressMeasured',
      data: { measure },
      entry: { asOf, precision: 'day', source: { kind: 'inspection' } },
    });
    const metres = (digits: number, unit: string): Measure => ({
      kind: 'quantity',
      done: { digits, scale: 0 },
      unit,
    });
    const events = history(
      planned(
        [
          item('pavement', 50, { measure: 'quantity', total: { digits: 12, scale: 0 }, unit: '公里' }),
          item('tunnel', 30, { measure: 'done' }),
          item('drainage', 20),
        ],
        '2024-01-01',
      ),
      ofProject(percent(40), '2024-03-31'),
      measured('pavement', metres(7_400, '米'), '2024-04-30'),
      done('tunnel', '2024-05-31'),
      ofProject(word('over-half'), '2024-06-30'),
      {
        type: 'ProgressMeasured',
        data: { item: 'pavement', measure: metres(6, '公里'), change: 're-measured' },
        entry: { asOf: '2024-07-31', precision: 'day', source: { kind: 'inspection' } },
      },
    );
    const shown = tableUnder(page, 'A second project by hand: a road').map(([day, , ...figures]) => [
      day,
      ...figures.map(Number),
    ]);
    expect(shown).toEqual(
      ['2024-03-31', '2024-04-30', '2024-05-31', '2024-06-30', '2024-07-31'].map((day) => {
        const { completion, contradictions } = projectAt(foldProject(events), day);
        expect(contradictions.open).toEqual([]);
        const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints } = completion;
        return [day, ...[floorBasisPoints, percentBasisPoints, ceilingBasisPoints].map((one) => one / 100)];
      }),
    );
    // Without the mark the figures are the same, and the page says that the fall is listed.
    const unmarked = events.map((event) =>
      event.type === 'ProgressMeasured' ? { ...event, data: { ...event.data, change: undefined } } : event,
    ) as typeof events;
    const { completion, contradictions } = projectAt(foldProject(unmarked), '2024-07-31');
    const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints } = completion;
    expect([floorBasisPoints, percentBasisPoints, ceilingBasisPoints]).toEqual([5500, 6000, 7500]);
    expect(contradictions.open.map(({ rule }) => rule)).toEqual(['progress-fell']);
  });

  test('the figures of the eight projects hold', async () => {
    const { histories } = await loadDistrict();
    const shown = tableUnder(page, 'The eight projects, and where a hand analysis differs');
    expect(shown.length).toBe(histories.size);
    for (const [project = '', floor, , percent, , ceiling] of shown) {
      const events = histories.get(codeIn(project)[0] ?? '') ?? [];
      const { completion } = projectAt(foldProject(events), '2018-06-30');
      const computed = [
        completion.floorBasisPoints,
        completion.percentBasisPoints,
        completion.ceilingBasisPoints,
      ].map((basisPoints) => basisPoints / 100);
      expect([project, floor, percent, ceiling].map((cell) => Number(cell) || cell)).toEqual([
        project,
        ...computed,
      ]);
    }
  });
});

describe('docs/lexicon.md', () => {
  test('lists every phrase of every word', () => {
    const isChinese = (phrase: string) => /[\p{Script=Han}±]/u.test(phrase);
    expect(tableUnder('docs/lexicon.md', 'Words and phrases')).toEqual(
      shippedPhrasebook.words.map(({ word, said }) => [
        `\`${word}\``,
        said.filter(isChinese).join(', '),
        said.filter((phrase) => !isChinese(phrase)).join(', '),
      ]),
    );
  });
});

test('docs/scale.md counts the entries of the example', () => {
  expect(read('docs/scale.md')).toContain(`is ${districtLines.length} entries on eight projects`);
});
