import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Says what stands on the buttons by which a table is taken along. */
export const useTakeAlongTexts = roomTexts('take-along', { en, zh });
