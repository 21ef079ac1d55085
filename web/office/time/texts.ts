import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts of the time control. */
export const useTimeTexts = roomTexts('time', { en, zh });
