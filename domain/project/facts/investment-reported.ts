import { fact } from './fact.js';
import type { Choices } from './members.js';
import { moneyFlags, requireStated, type StatedMoney, statedMoney, statedWords } from './stated-money.js';

/** The basis of a figure of money, in the order of preference for the headline. */
export const basisWords = {
  physical: { en: 'by physical progress', zh: '形象进度法' },
  statistics: { en: 'in the statistics register', zh: '入库入统口径' },
  unknown: { en: 'basis not stated', zh: '口径未说明' },
  accounting: { en: 'by the accounts', zh: '财务支出法' },
} as const satisfies Choices;
export type Basis = keyof typeof basisWords;

/** Stated by an inspector or the statistics office: money put into the project or into one item. */
export interface InvestmentReported extends StatedMoney {
  basis: Basis;
}

const { item, ...money } = statedMoney;

export const investmentReported = fact<InvestmentReported>({
  schema: 2,
  // Schema 1 had no items, quarters, periods, ranges, statistics and annual shares, and always an amount.
  upcasts: { 1: (data) => data },
  name: { en: 'investment reported', zh: '投资' },
  about: 'Money put into the project, or into one item.',
  shape: {
    ...money,
    basis: {
      kind: 'choice',
      choices: basisWords,
      about: 'What was counted; "unknown" when absent.',
      label: { en: 'Counted', zh: '统计口径' },
      isOptional: true,
      otherwise: 'unknown',
    },
    item,
  },
  typed: {
    flag: 'money',
    gives: 'amount',
    flags: moneyFlags,
    otherwise: { span: 'since-start', basis: 'unknown' },
  },
  subject: ({ span, basis, amount, item, period }) => ['money', span, basis, amount?.currency, item, period],
  refuse: requireStated,
  words: ({ basis, ...stated }, asOf, speaker) =>
    statedWords(stated, invested, { asOf, speaker, details: basisWords[basis] }),
});

const invested = { en: 'invested', zh: '完成投资' };
