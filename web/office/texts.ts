import { roomTexts } from '../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Says what the frame around all screens says. */
export const useOfficeTexts = roomTexts('office', { en, zh });
