import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Translates the texts around the enrolment of a phone. */
export const useEnrolTexts = roomTexts('enrol', { en, zh });
