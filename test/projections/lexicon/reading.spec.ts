import { describe, expect, test } from '@jest/globals';
import { defaultLexicon } from '../../../domain/governance/lexicons.js';
import type { Lexicon } from '../../../domain/values/lexicon.js';
import { asRecorded, readBy } from '../../../projections/lexicon/reading.js';
import { foldProject } from '../../../projections/project/project.js';
import { history, item, measured, percent, planned, registered, word } from '../../support/entries.js';
import { journalAt, projectAt } from '../../support/folds.js';

const deckOn = {
  word: 'deck-on',
  range: { low: 7000, point: 8000, high: 9000 },
  name: { en: 'deck on', zh: '桥面铺装' },
};
const own: Lexicon = {
  version: 3,
  words: [
    ...defaultLexicon.words.map((one) =>
      one.word === 'mostly' ? { ...one, range: { low: 6000, point: 7000, high: 8000 } } : one,
    ),
    deckOn,
  ],
};

const june30 = '2018-06-30';
const events = history(
  registered({}, june30),
  planned([item('bridge', 1), item('roads', 1)], june30),
  measured('roads', word('mostly'), june30),
  measured('bridge', { kind: 'word', word: 'deck-on', said: '桥面铺装' }, june30),
  measured('roads', percent(80), '2018-07-01'),
);
const figuresBy = (lexicon: Lexicon, asOf = june30) => {
  const { items, floorBasisPoints } = projectAt(foldProject(events.map(readBy(lexicon))), asOf).completion;
  return [
    floorBasisPoints,
    ...items.map((one) => [one.item, one.floorBasisPoints, one.percentBasisPoints, one.ceilingBasisPoints]),
  ];
};

describe('entries are read', () => {
  test('as they were recorded by a lexicon that only has other phrases', () => {
    const words = defaultLexicon.words.map((one) => ({ ...one, said: [] }));
    expect(readBy({ version: 3, words })).toBe(asRecorded);
    expect(readBy(defaultLexicon)).toBe(asRecorded);
  });

  test('with the ranges of an adopted lexicon, and with its own words', () => {
    expect(figuresBy(defaultLexicon)).toEqual([2550, ['bridge', 0, 0, 10000], ['roads', 5100, 7500, 9500]]);
    expect(figuresBy(own)).toEqual([6500, ['bridge', 7000, 8000, 9000], ['roads', 6000, 7000, 8000]]);
  });

  test('and what is no word stays as it was said', () => {
    expect(events.map(readBy(own)).filter((event, index) => event !== events[index]).length).toBe(2);
    expect(figuresBy(own, '2018-07-01')[2]).toEqual(['roads', 8000, 8000, 8000]);
  });

  test('and named as in the lexicon', () => {
    const lines = journalAt(foldProject(events.map(readBy(own))), june30).entries;
    expect(lines.map(({ words }) => words.zh).filter((words) => words.includes('桥面'))).toEqual([
      'bridge：桥面铺装。',
    ]);
  });

  test('and the journal shows them as they were recorded', () => {
    const shown = (read: (event: (typeof events)[number]) => (typeof events)[number]) =>
      journalAt(foldProject(events.map(read)), june30).entries.map(({ data }) => data);
    expect(shown(readBy(own))).toEqual(shown(asRecorded));
  });

  test('and the recorded entries are not changed', () => {
    const before = JSON.stringify(events);
    foldProject(events.map(readBy(own)));
    expect(JSON.stringify(events)).toBe(before);
  });
});
