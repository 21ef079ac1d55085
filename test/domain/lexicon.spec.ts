import { describe, expect, test } from '@jest/globals';
import { type Lexicon, lexicon1, lexiconWord, wordSaid } from '../../domain/values/lexicon.js';

describe('words of progress', () => {
  test.each([
    ['大部分', 'mostly'],
    ['部分', 'partly'],
    ['收尾', 'nearly-done'],
    ['基本完成', 'nearly-done'],
    ['正在进行', 'under-way'],
    ['  Mostly ', 'mostly'],
    ['under-way', 'under-way'],
    ['complete', 'done'],
  ])('"%s" is read as %s', (phrase, word) => {
    expect(wordSaid(phrase)).toBe(word);
  });

  test.each(['', 'almost', '快了', 'constructor', '__proto__', 'toString'])(
    '"%s" is in no lexicon',
    (phrase) => {
      expect(wordSaid(phrase)).toBeUndefined();
      expect(lexiconWord(phrase)).toBeUndefined();
    },
  );

  test('a word has its range and both names', () => {
    expect(lexiconWord('mostly')).toEqual({
      word: 'mostly',
      range: { low: 5100, point: 7500, high: 9500 },
      said: ['mostly', 'most', '大部分', '大半'],
      name: { en: 'mostly', zh: '大部分' },
    });
  });

  test('another version reads the same phrase differently', () => {
    const strict: Lexicon = {
      version: 2,
      words: [
        {
          word: 'nearly-done',
          range: { low: 9500, point: 9700, high: 9900 },
          said: ['大部分'],
          name: { en: 'nearly done', zh: '收尾' },
        },
      ],
    };
    expect([wordSaid('大部分'), wordSaid('大部分', strict), wordSaid('部分', strict)]).toEqual([
      'mostly',
      'nearly-done',
      undefined,
    ]);
  });
});

test('the lexicon keeps every estimate within its range and no phrase twice', () => {
  const { words } = lexicon1;
  const outside = words.filter(
    ({ range: { low, point, high } }) => !(0 <= low && low <= point && point <= high && high <= 10000),
  );
  const phrases = words.flatMap(({ word, said }) => [...new Set([word, ...said])]);
  expect({ outside, twice: phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index) }).toEqual({
    outside: [],
    twice: [],
  });
  expect(words.flatMap(({ word, said }) => said.filter((phrase) => wordSaid(phrase) !== word))).toEqual([]);
});
