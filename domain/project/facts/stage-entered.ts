import type { Words } from '../../values/words.js';
import { fact } from './fact.js';

/** The stages of the life of a project. */
export const stageWords = {
  contracted: { en: 'contracted', zh: '已签约' },
  started: { en: 'started', zh: '已开工' },
  built: { en: 'built', zh: '已建成' },
  'trial-production': { en: 'trial production', zh: '试产' },
  'trial-operation': { en: 'trial operation', zh: '试运营' },
  'in-production': { en: 'in production', zh: '已投产' },
  'opened-to-traffic': { en: 'opened to traffic', zh: '已通车' },
  'in-use': { en: 'in use', zh: '已投用' },
  'handed-over': { en: 'handed over', zh: '已交付' },
  accepted: { en: 'accepted', zh: '已验收' },
  'registered-in-statistics': { en: 'entered in the statistics register', zh: '已入库' },
  suspended: { en: 'suspended', zh: '停工' },
  resumed: { en: 'resumed', zh: '复工' },
  cancelled: { en: 'cancelled', zh: '已取消' },
} as const satisfies Record<string, Words>;
export type Stage = keyof typeof stageWords;

/** Stated by an inspector on the day the project enters the stage. */
export interface StageEntered {
  stage: Stage;
}

/** The topic of all stages. */
export const stageTopic = 'stage';

export const stageEntered = fact<StageEntered>({
  schema: 2,
  // Schema 1 had fewer stages.
  upcasts: { 1: (data) => data },
  name: { en: 'stage entered', zh: '进入阶段' },
  about: 'The project enters a stage on this day.',
  shape: {
    stage: { kind: 'choice', choices: stageWords, about: 'Which.', label: { en: 'Stage', zh: '阶段' } },
  },
  typed: { flag: 'stage', gives: 'stage' },
  subject: ({ stage }) => [stageTopic, isPause(stage) ? 'pause' : stage],
  words: ({ stage }) => sentences[stage],
});

/** True for the two stages of a pause, which coexist with the others. */
export function isPause(stage: Stage): stage is 'suspended' | 'resumed' {
  return stage === 'suspended' || stage === 'resumed';
}

const sentences: Readonly<Record<Stage, Words>> = {
  contracted: { en: 'Contract signed.', zh: '已签约。' },
  started: { en: 'Works started.', zh: '已开工。' },
  built: { en: 'Built.', zh: '已建成。' },
  'trial-production': { en: 'Trial production began.', zh: '开始试生产。' },
  'trial-operation': { en: 'Trial operation began.', zh: '开始试运营。' },
  'in-production': { en: 'In production.', zh: '已投产。' },
  'opened-to-traffic': { en: 'Opened to traffic.', zh: '已通车。' },
  'in-use': { en: 'In use.', zh: '已投入使用。' },
  'handed-over': { en: 'Handed over.', zh: '已交付。' },
  accepted: { en: 'Accepted.', zh: '已通过竣工验收。' },
  'registered-in-statistics': { en: 'Entered in the statistics register.', zh: '已纳入统计库。' },
  suspended: { en: 'Suspended.', zh: '暂停建设。' },
  resumed: { en: 'Resumed.', zh: '恢复建设。' },
  cancelled: { en: 'Cancelled.', zh: '项目取消。' },
};
