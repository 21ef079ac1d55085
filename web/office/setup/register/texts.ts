import { roomTexts } from '../../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Says a text of the registration. */
export const useRegisterTexts = roomTexts('setup-register', { en, zh });
