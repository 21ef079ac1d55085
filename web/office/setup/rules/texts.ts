import { roomTexts } from '../../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Says a text of the rules that are changed. */
export const useRulesTexts = roomTexts('setup-rules', { en, zh });
export type SayRules = ReturnType<typeof useRulesTexts>;
