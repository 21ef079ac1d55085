import { roomTexts } from '../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts of the frame around all screens. */
export const useOfficeTexts = roomTexts('office', { en, zh });
