import { roomTexts } from '../../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts of the lexicon screen. */
export const useLexiconTexts = roomTexts('setup-lexicon', { en, zh });
