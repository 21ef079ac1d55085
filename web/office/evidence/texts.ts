import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Says what stands around the entries that a figure rests on. */
export const useEvidenceTexts = roomTexts('evidence', { en, zh });
