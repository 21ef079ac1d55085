import { roomTexts, type Say } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts of the screens for people and their access. */
export const useAccessTexts = roomTexts('access', { en, zh });

export type SayAccess = Say<typeof en>;
