import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts around the evidence of a figure. */
export const useEvidenceTexts = roomTexts('evidence', { en, zh });
