import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts that the set-up screens share. */
export const useSetupTexts = roomTexts('setup', { en, zh });
