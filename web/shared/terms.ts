import type { Severity } from '../../domain/governance/rules.js';
import type { Words } from '../../domain/values/words.js';

/** The severities of an alert, which are also the lights of a project. */
export const severityTerms: Readonly<Record<Severity, Words>> = {
  blue: { en: 'blue', zh: '蓝' },
  yellow: { en: 'yellow', zh: '黄' },
  red: { en: 'red', zh: '红' },
};
