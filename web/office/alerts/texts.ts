import { roomTexts } from '../../shared/texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

/** Says what the screens of alerts say. */
export const useAlertTexts = roomTexts('alerts', { en, zh });
