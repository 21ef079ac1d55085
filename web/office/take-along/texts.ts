import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts of the export buttons. */
export const useTakeAlongTexts = roomTexts('take-along', { en, zh });
