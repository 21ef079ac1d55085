import type { Severity } from '../../../domain/governance/rules.js';
import type { Words } from '../../../domain/values/words.js';

/** The colours of the lights, without 色 or 灯. */
export const lightWords: Readonly<Record<Severity, Words>> = {
  blue: { en: 'blue', zh: '蓝' },
  yellow: { en: 'yellow', zh: '黄' },
  red: { en: 'red', zh: '红' },
};
