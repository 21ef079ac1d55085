import { roomTexts } from '../../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Says a text of the plan that is written. */
export const usePlanTexts = roomTexts('setup-plan', { en, zh });
