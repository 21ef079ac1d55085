import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Says what the auditor's screen says. */
export const useAuditorTexts = roomTexts('auditor', { en, zh });

export type SayAuditor = ReturnType<typeof useAuditorTexts>;
