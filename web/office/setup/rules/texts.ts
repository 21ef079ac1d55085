import { roomTexts } from '../../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts of the rules editor. */
export const useRulesTexts = roomTexts('setup-rules', { en, zh });
export type SayRules = ReturnType<typeof useRulesTexts>;
