import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts of logging in the office. */
export const useLogTexts = roomTexts('log', { en, zh });
export type SayLog = ReturnType<typeof useLogTexts>;
