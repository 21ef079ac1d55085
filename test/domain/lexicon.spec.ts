import { describe, expect, test } from '@jest/globals';
import { itemStates, lexiconWord, plainWords, shippedLexicon } from '../../domain/values/lexicon.js';
import { isChinese } from '../../domain/values/words.js';

const { words } = shippedLexicon;

describe('the words of progress', () => {
  test('keep their estimates within their ranges', () => {
    const outside = words.filter(
      ({ range: { low, point, high } }) => !(0 <= low && low <= point && point <= high && high <= 10000),
    );
    expect(outside).toEqual([]);
  });

  test('are exact only for done and not started', () => {
    const exact = words.filter(({ range: { low, high } }) => low === high);
    expect(exact.map(({ word, range }) => [word, range.point])).toEqual([
      ['not-started', 0],
      ['done', 10000],
    ]);
  });

  test('each have a range or a state of their own', () => {
    const meanings = words.map(({ range, state }) => JSON.stringify([range, state]));
    expect(meanings.filter((one, index) => meanings.indexOf(one) !== index)).toEqual([]);
  });

  test('have a name in each language, and an id', () => {
    const misnamed = words.filter(
      ({ word, name }) =>
        !/^[a-z0-9-]{1,40}$/.test(word) || !isChinese(name.zh) || isChinese(name.en) || name.en === '',
    );
    expect(misnamed).toEqual([]);
  });

  test('name every state of an item', () => {
    const named = new Set(words.flatMap(({ state }) => state ?? []));
    expect([...named].sort()).toEqual(Object.keys(itemStates).sort());
  });

  test('of the first lexicon mean what they meant', () => {
    const first = plainWords.map(({ word, range: { low, point, high } }) => [word, low, point, high]);
    expect(first).toEqual([
      ['not-started', 0, 0, 0],
      ['under-way', 100, 5000, 9900],
      ['partly', 100, 3000, 5000],
      ['mostly', 5100, 7500, 9500],
      ['nearly-done', 9000, 9500, 9900],
      ['done', 10000, 10000, 10000],
    ]);
  });
});

describe('a word', () => {
  test('has its range, its state and both names', () => {
    expect(lexiconWord('topped-out')).toEqual({
      word: 'topped-out',
      range: { low: 4000, point: 6000, high: 10000 },
      state: 'structure-done',
      name: { en: 'topped out', zh: '封顶' },
    });
  });

  test.each(['', 'almost', 'constructor', '__proto__', 'toString', '封顶'])('"%s" is none', (word) => {
    expect(lexiconWord(word)).toBeUndefined();
  });
});
