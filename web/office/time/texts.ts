import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Says what the time control says. */
export const useTimeTexts = roomTexts('time', { en, zh });
