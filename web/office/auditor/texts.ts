import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts of the auditor's screen. */
export const useAuditorTexts = roomTexts('auditor', { en, zh });

export type SayAuditor = ReturnType<typeof useAuditorTexts>;
