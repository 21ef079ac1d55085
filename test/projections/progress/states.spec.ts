import { describe, expect, test } from '@jest/globals';
import type { WorkItem } from '../../../domain/project/events.js';
import { shippedLexicon } from '../../../domain/values/lexicon.js';
import { done, statementOf } from '../../../projections/progress/statement.js';
import { item, word } from '../../support/entries.js';
import { plan, said } from './said.js';
import { story } from './story.js';

const building = plan(
  [item('structure', 60), item('roof', 1, { measure: 'done', states: 'structure' }), item('fit-out', 39)],
  1,
);

story('topped out, said of the roof that states the structure, states both done', [
  [building, { roof: '0/0/100', structure: '0/0/100' }],
  [said('roof', word('topped-out'), 2), { roof: '100', structure: '100', 'fit-out': '0/0/100' }],
]);

story('a word that works have begun reaches nothing', [
  [building],
  [said('roof', word('started'), 2), { roof: '1/10/99', structure: '0/0/100' }],
]);

story('topped out, said of an item that states no other, is a range', [
  [plan([item('building', 1)], 1)],
  [said('building', word('topped-out'), 2), { building: '40/60/100' }],
]);

describe('the fold of progress', () => {
  const roof = item('roof', 1, { measure: 'done', states: 'structure' });
  const stated = (name: string, of: WorkItem) => statementOf(word(name), of, shippedLexicon);

  test('reads a word for a state as done of an item that stands for it, and only of that', () => {
    expect(stated('topped-out', roof)).toEqual(done);
    expect(stated('broken-through', roof)).toEqual(done);
    expect([stated('started', roof), stated('mostly', roof)].map(({ isExact }) => isExact)).toEqual([
      false,
      false,
    ]);
    expect(stated('topped-out', item('building', 1))).toMatchObject({ low: 4000, point: 6000, high: 10000 });
  });

  test('reads a word as the adopted lexicon does', () => {
    const meaning = {
      range: { low: 6000, point: 7000, high: 8000 },
      inEnglish: 'mostly',
      inChinese: '大部分',
    };
    const measure = { kind: 'word', word: 'mostly', said: '大部分', meaning } as const;
    expect(statementOf(measure, undefined, shippedLexicon)).toMatchObject(meaning.range);
  });
});
