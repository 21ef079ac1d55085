import type { Severity } from '../../domain/governance/rules.js';
import type { Stage } from '../../domain/project/events.js';
import type { Words } from '../../domain/values/words.js';

/** The stages of a project, by display name. */
export const stageTerms: Readonly<Record<Stage, Words>> = {
  contracted: { en: 'contracted', zh: '已签约' },
  started: { en: 'started', zh: '已开工' },
  built: { en: 'built', zh: '已建成' },
  'trial-production': { en: 'trial production', zh: '试产' },
  'in-production': { en: 'in production', zh: '已投产' },
  accepted: { en: 'accepted', zh: '已验收' },
  suspended: { en: 'suspended', zh: '停工' },
  resumed: { en: 'resumed', zh: '复工' },
  cancelled: { en: 'cancelled', zh: '已取消' },
};

/** The severities of an alert, which are also the lights of a project. */
export const severityTerms: Readonly<Record<Severity, Words>> = {
  blue: { en: 'blue', zh: '蓝' },
  yellow: { en: 'yellow', zh: '黄' },
  red: { en: 'red', zh: '红' },
};
