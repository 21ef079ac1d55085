import { roomTexts } from '../../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts of the registration. */
export const useRegisterTexts = roomTexts('setup-register', { en, zh });
