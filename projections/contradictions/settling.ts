import type { Words } from '../../domain/values/words.js';
import type { ContradictionRule } from './contradiction.js';

const byLaterReport = {
  en: 'A later report on either, or withdrawing one of them, settles it.',
  zh: '任一方的后续上报，或撤回其中一条，即可了结。',
};
const byWithdrawal = { en: 'Withdrawing one of them settles it.', zh: '撤回其中一条，即可了结。' };
const bySameDay = {
  en: 'Withdrawing one of them, or another report for the day of one of them that fits the other, settles it.',
  zh: '撤回其中一条，或就其中一条的日期另报一个与另一条相符的数，即可了结。',
};
const byMark = {
  en: 'Withdrawing one of them, or replacing the lower one by the same figure marked “measured again” or “lost or demolished”, settles it.',
  zh: '撤回其中一条，或将较低的一条更正为同一数值并注明“复测”或“返工或拆除”，即可了结。',
};

/** What settles a contradiction of a rule, as one sentence. */
export const settlingWords: Readonly<Record<ContradictionRule, Words>> = {
  'money-fell': bySameDay,
  'year-money-fell': bySameDay,
  'parts-exceed': {
    en: 'A later report of the whole or of a part with which they fit again, or withdrawing one of them, settles it.',
    zh: '后续上报合计或某一分项，使两者相符，或撤回其中一条，即可了结。',
  },
  'targets-exceed': {
    en: 'A plan whose targets fit the year, or withdrawing this one, settles it.',
    zh: '发布各月目标与年度计划相符的计划，或撤回该计划，即可了结。',
  },
  'progress-fell': {
    en: `${byMark.en.replace(' settles it.', '')} or another exact figure for the day of the lower one that is not below the higher one, settles it.`,
    zh: `${byMark.zh.replace('，即可了结。', '')}，或就较低一条的日期再报一个不低于较高一条的确切数值，即可了结。`,
  },
  'above-its-parts': byMark,
  'below-its-parts': byMark,
  'no-progress-but-rose': byWithdrawal,
  'no-progress-but-stage': {
    en: 'The end of the stall on that day or before, or withdrawing one of them, settles it.',
    zh: '登记停工/受阻于该日或之前结束，或撤回其中一条，即可了结。',
  },
  'stall-declared-twice': {
    en: 'Clearing either of them, or withdrawing one of them, settles it.',
    zh: '解除其中一项，或撤回其中一条，即可了结。',
  },
  'clearing-misfits': {
    en: 'A declaration of the stall that it ends, or withdrawing one of them, settles it.',
    zh: '补报与其相符的停工/受阻，或撤回其中一条，即可了结。',
  },
  'resumed-but-not-suspended': {
    en: 'The stage “suspended” for its own day, or withdrawing the resumption, settles it.',
    zh: '按实际日期补登“停工”，或撤回该复工记录，即可了结。',
  },
  'stall-of-cancelled': {
    en: 'Clearing the stall, a plan that names the item again, or withdrawing one of them, settles it.',
    zh: '解除该停工/受阻，在计划中恢复该工程部位，或撤回其中一条，即可了结。',
  },
  'stall-of-no-plant': {
    en: 'Clearing the stall, correcting what it blocks, or withdrawing one of them, settles it.',
    zh: '解除该停工/受阻，更正其影响的内容，或撤回其中一条，即可了结。',
  },
  'ahead-of-predecessor': byLaterReport,
  'produced-while-blocked': byWithdrawal,
  'built-but-unfinished': {
    en: 'A later report that the item is done, or withdrawing one of them, settles it.',
    zh: '后续上报该部位已完成，或撤回其中一条，即可了结。',
  },
  'in-use-but-open': {
    en: 'A later report that the work is done, the stage “built”, or withdrawing one of them settles it.',
    zh: '后续上报该部位已完成，登记“已建成”，或撤回其中一条，即可了结。',
  },
  'stages-exclude': byWithdrawal,
  'stage-of-other-kind': {
    en: 'A plan with a stage of this kind, or withdrawing one of them, settles it.',
    zh: '在计划中列入这类阶段，或撤回其中一条，即可了结。',
  },
  'cancelled-but-moved': {
    en: 'Withdrawing one of them settles it; for an item, also a plan that names it again.',
    zh: '撤回其中一条，即可了结；属于工程部位的，在计划中恢复该项亦可。',
  },
  'stage-backwards': bySameDay,
  'denominators-differ': {
    en: 'A later report or plan with the right total, or withdrawing one of them, settles it.',
    zh: '后续以正确的总量上报或调整计划，或撤回其中一条，即可了结。',
  },
  'share-differs': byWithdrawal,
  'unknown-step': {
    en: 'A plan that names the step, or withdrawing the report, settles it.',
    zh: '在计划中列出该工序，或撤回该记录，即可了结。',
  },
};
