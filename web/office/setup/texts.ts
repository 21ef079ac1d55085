import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Says a text that the screens of the set-up share. */
export const useSetupTexts = roomTexts('setup', { en, zh });
