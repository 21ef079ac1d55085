import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Says what the screen of one project says. */
export const useProjectTexts = roomTexts('project', { en, zh });

export type Say = ReturnType<typeof useProjectTexts>;
