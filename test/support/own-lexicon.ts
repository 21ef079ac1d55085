import { defaultLexicon, type LexiconSet } from '../../domain/governance/lexicons.js';

/** The lexicon of a district that reads some words of the example otherwise. */
export const ownLexicon: LexiconSet = {
  basis: 'notice 7',
  words: defaultLexicon.words.map((word) => {
    if (word.word === 'nearly-done') return { ...word, range: { low: 8500, point: 9000, high: 9900 } };
    return word.word === 'partly' ? { ...word, range: { low: 1000, point: 2500, high: 4500 } } : word;
  }),
};
