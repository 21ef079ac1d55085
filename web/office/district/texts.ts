import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Says what the district says. */
export const useDistrictTexts = roomTexts('district', { en, zh });
