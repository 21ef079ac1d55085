import { describe, expect, test } from '@jest/globals';
import { lexiconFault as lexiconFaultInWords } from '../../domain/governance/lexicon-fault.js';
import { defaultLexicon } from '../../domain/governance/lexicons.js';
import type { SpokenWord } from '../../domain/values/lexicon/phrases.js';
import { english } from '../support/in-english.js';

const lexiconFault = english(lexiconFaultInWords);

const { words } = defaultLexicon;
const own: SpokenWord = {
  word: 'deck-on',
  range: { low: 7000, point: 8000, high: 9000 },
  state: 'closed',
  name: { en: 'deck on', zh: '桥面铺装' },
  said: ['桥面铺装', 'deck on'],
};
const faultOf = (lexicon: unknown) => lexiconFault(lexicon, defaultLexicon);
const withWord = (word: unknown) => faultOf({ basis: 'order 12', words: [...words, word] });
const place = words.length;

describe('a lexicon can be adopted', () => {
  test('as it is shown, and with a further word', () => {
    expect([faultOf(defaultLexicon), withWord(own)]).toEqual([undefined, undefined]);
  });

  test('with other ranges and phrases for the words in force', () => {
    const narrower = words.map((word) =>
      word.word === 'mostly'
        ? { ...word, range: { low: 6000, point: 8000, high: 9500 }, said: ['大多'] }
        : word,
    );
    expect(faultOf({ basis: 'order 12', words: narrower })).toBeUndefined();
  });
});

describe('a lexicon is refused', () => {
  test.each<[string, unknown, string, string]>([
    ['that is no object', 'words', '', '"words"'],
    ['without a basis', { words }, 'basis', 'nothing'],
    ['without words', { basis: 'order 12', words: [] }, 'words', '0 of them'],
    ['with an unknown member', { basis: 'order 12', words, phrases: [] }, 'phrases', '"phrases"'],
  ])('%s', (_, lexicon, member, seen) => {
    const fault = faultOf(lexicon);
    expect([fault?.member ?? '', fault?.seen]).toEqual([member, seen]);
  });

  test.each<[string, object, string]>([
    ['a word with capitals', { word: 'Deck' }, 'word'],
    ['a range that is upside down', { range: { low: 9000, point: 8000, high: 9500 } }, 'range.point'],
    ['a range beyond the whole', { range: { low: 0, point: 1, high: 10_001 } }, 'range.high'],
    ['a range of one figure', { range: { low: 5000, point: 5000, high: 5000 } }, 'range'],
    ['a fraction of a basis point', { range: { low: 0.5, point: 1, high: 2 } }, 'range.low'],
    ['a range without a point', { range: { low: 0, high: 2 } }, 'range.point'],
    ['an unknown state', { state: 'painted' }, 'state'],
    ['one name only', { name: { en: 'deck on' } }, 'name.zh'],
    ['an empty phrase', { said: [' 。'] }, 'said[0]'],
    ['a phrase that changes nothing', { said: ['已'] }, 'said[0]'],
    ['a phrase of another word', { said: ['桥面铺装', '基本完成'] }, 'said[1]'],
    ['a phrase of another word in traditional characters', { said: ['貫通'] }, 'said[0]'],
    ['a phrase of another word in other case', { said: ['  NEARLY done.'] }, 'said[0]'],
    ['the id of another word', { word: 'mostly' }, 'word'],
    ['an unknown member', { weight: 1 }, 'weight'],
  ])('for %s', (_, change, member) => {
    expect(withWord({ ...own, ...change })?.member).toBe(`words[${place}].${member}`);
  });

  test('that misses a word in force, because entries name it', () => {
    const fewer = words.filter(({ word }) => word !== 'mostly' && word !== 'snagging');
    expect(faultOf({ basis: 'order 12', words: fewer })).toEqual({
      member: 'words',
      seen: 'no mostly, snagging',
      expected: 'every word of the lexicon in force, because entries name them',
    });
  });

  test('in which done is not the whole', () => {
    const most = words.map((word) =>
      word.word === 'done' ? { ...word, range: { low: 9900, point: 10_000, high: 10_000 } } : word,
    );
    const fault = faultOf({ basis: 'order 12', words: most });
    expect([fault?.member, fault?.expected]).toEqual([
      `words[${place - 1}].range`,
      '10000 to 10000: "done" is exact',
    ]);
  });
});
