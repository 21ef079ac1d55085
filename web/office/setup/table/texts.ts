import { roomTexts } from '../../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts of the monthly table. */
export const useTableTexts = roomTexts('setup-table', { en, zh });
