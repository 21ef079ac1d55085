import { describe, expect, test } from '@jest/globals';
import { defaultLexicon } from '../../../domain/governance/lexicons.js';
import {
  changedWords,
  faultIn,
  foundWords,
  pasted,
} from '../../../web/office/setup/lexicon/lexicon-draft.js';

const { words } = defaultLexicon;
const phrasesOf = (word: string, of = words) => of.find((one) => one.word === word)?.said ?? [];

describe('phrases pasted into the lexicon', () => {
  test('go to the word that is named by its id or its name', () => {
    const {
      words: next,
      taken,
      unread,
    } = pasted('全面收官\tnearly-done\n快好了，基本完成\nas good as done, nearly done', words);
    expect([taken, unread]).toEqual([3, []]);
    expect(phrasesOf('nearly-done', next)).toEqual([
      ...phrasesOf('nearly-done'),
      '全面收官',
      '快好了',
      'as good as done',
    ]);
  });

  test('leave the word that had them, in any spelling', () => {
    const { words: next } = pasted('结构封顶\tdone', words);
    expect(phrasesOf('topped-out', next)).not.toContain('结构封顶');
    expect(phrasesOf('done', next)).toContain('结构封顶');
    expect(faultIn({ basis: '', words: next }, defaultLexicon, 'zh')).toBeUndefined();
  });

  test('that name no word of the lexicon are left in the box', () => {
    expect(pasted('somehow\twhatever\n\nalone', words)).toMatchObject({
      taken: 0,
      unread: ['somehow\twhatever', 'alone'],
    });
  });
});

test('a word is found by its id, its name or a phrase of it', () => {
  const found = (sought: string) => foundWords(words, sought).map(({ word }) => word);
  expect(found('topped')).toContain('topped-out');
  expect(found('主体已封顶')).toContain('topped-out');
  expect(found('wrapping')).toEqual(['nearly-done']);
  expect(found('')).toHaveLength(words.length);
});

test('the changes of a draft are told word by word', () => {
  const next = words.map((word) =>
    word.word === 'mostly'
      ? { ...word, range: { low: 6000, point: 7500, high: 9500 }, said: ['mostly', 'for the bigger half'] }
      : word,
  );
  const [change, ...others] = changedWords({ basis: '', words }, { basis: '', words: next });
  expect(others).toEqual([]);
  expect([change?.before?.range.low, change?.word.range.low, change?.more]).toEqual([
    5100,
    6000,
    ['for the bigger half'],
  ]);
  expect(change?.fewer).toContain('大部分');
});

test('a range that is upside down is found before it is sent', () => {
  const next = words.map((word) =>
    word.word === 'mostly' ? { ...word, range: { low: 9000, point: 7500, high: 9500 } } : word,
  );
  expect(faultIn({ basis: '', words: next }, defaultLexicon, 'zh')).toEqual({
    member: 'words[15].range.point',
    seen: '7500',
    expected: '9000 至 10000 之间的整数',
  });
});
