import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts of the project screen. */
export const useProjectTexts = roomTexts('project', { en, zh });

export type Say = ReturnType<typeof useProjectTexts>;
