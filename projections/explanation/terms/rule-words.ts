import type { Words } from '../../../domain/values/words.js';
import type { Term, TermRule } from './term.js';

const words: Readonly<Record<TermRule, Words>> = {
  stated: { en: 'The entry states it.', zh: '记录写明。' },
  given: { en: 'The calendar or a count gives it.', zh: '由日历或计数得出。' },
  carried: {
    en: 'The fold carries it over: the scope changed, or work was undone, after the entry (sections 2 and 3 of the progress model).',
    zh: '该值由此前的值延续而来：记录之后工程范围有变，或有返工拆除（见进度模型第 2、3 节）。',
  },
  figure: { en: 'The project shows it.', zh: '该项目所示。' },
  rounded: { en: 'It is rounded half up, as shown.', zh: '按所示四舍五入。' },
  nothing: { en: 'Nothing was reported that says more.', zh: '没有上报可说明更多。' },
  'ruled-out': { en: 'It is 0, because something rules it out.', zh: '因被排除，计为 0。' },
  mean: {
    en: 'Multiply each part by its weight, add, and divide by the sum of the weights.',
    zh: '各部分乘以权重后相加，再除以权重之和。',
  },
  sum: { en: 'Add the parts, each times its weight if it has one.', zh: '各部分（有权重的乘以权重）相加。' },
  greatest: { en: 'Take the largest of the parts.', zh: '取各部分中最大者。' },
  least: { en: 'Take the smallest of the parts.', zh: '取各部分中最小者。' },
  same: { en: 'It is the same as its part.', zh: '与其来源相同。' },
  middle: { en: 'Take the middle of both parts.', zh: '取两者的中间值。' },
  rise: { en: 'Subtract the second part from the first; not less than 0.', zh: '第一项减第二项，不小于 0。' },
  difference: { en: 'Subtract the second part from the first.', zh: '第一项减第二项。' },
  'of-total': {
    en: 'Divide the first part by the second; not more than 100 %.',
    zh: '第一项除以第二项，不超过 100%。',
  },
  share: { en: 'Divide the first part by the second.', zh: '第一项除以第二项。' },
  'part-of': { en: 'Multiply the first part by the share.', zh: '第一项乘以占比。' },
  reached: {
    en: 'It is reached if the first part is not less than the second.',
    zh: '第一项不小于第二项时达到。',
  },
  exceeded: {
    en: 'It is reached if the first part is more than the second.',
    zh: '第一项大于第二项时达到。',
  },
  rest: {
    en: 'From the first part times the sum of the weights, subtract the other parts times their weights, and divide by its own weight.',
    zh: '第一项乘以权重之和，减去其他各项乘以各自权重，再除以本项权重。',
  },
};

/** What a rule does, in a sentence. */
export function ruleWords({ rule }: Pick<Term, 'rule'>): Words {
  return words[rule];
}
