import { roomTexts } from '../../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts of the plan editor. */
export const usePlanTexts = roomTexts('setup-plan', { en, zh });
