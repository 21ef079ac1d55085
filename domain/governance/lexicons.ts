import { type Phrasebook, shippedPhrasebook } from '../values/lexicon/phrases.js';

/** The lexicon of an installation, adopted whole. */
export interface LexiconSet {
  /** Who is responsible for it: `default`, or a person or document. */
  basis: string;
  words: Phrasebook['words'];
}

/** An adopted lexicon; versions count from the one that comes with Topout. */
export type AdoptedLexicon = LexiconSet & { version: number };

/** The lexicon in force until another one is adopted. */
export const defaultLexicon: AdoptedLexicon = { ...shippedPhrasebook, basis: 'default' };

/** A lexicon without its version. */
export function lexiconContent({ basis, words }: LexiconSet): LexiconSet {
  return { basis, words };
}
