import type { Money } from '../../values/money.js';
import { moneyWords, monthWords, percentText } from '../../values/words.js';
import { fact } from './fact.js';
import type { Choices } from './members.js';

/** Stated by an inspector or the statistics office: a level (`since-start`, `year`) or a flow (`month`). */
export interface InvestmentReported {
  amount: Money;
  span: 'since-start' | 'year' | 'month';
  basis: 'physical' | 'accounting' | 'unknown';
  shareOfPlanBasisPoints?: number;
}

/** The basis of a figure of money. */
export const basisWords = {
  physical: { en: 'by physical progress', zh: '形象进度法' },
  accounting: { en: 'by the accounts', zh: '财务支出法' },
  unknown: { en: 'basis not stated', zh: '口径未说明' },
} as const satisfies Choices;

const spanWords = {
  'since-start': { en: 'since the start', zh: '开工以来累计' },
  year: { en: 'this year', zh: '本年累计' },
  month: { en: 'this month', zh: '本月' },
} as const satisfies Choices;

export const investmentReported = fact<InvestmentReported>({
  schema: 1,
  name: { en: 'investment reported', zh: '投资' },
  about: 'Money put into the project.',
  shape: {
    amount: { kind: 'money', about: 'How much.' },
    span: {
      kind: 'choice',
      choices: spanWords,
      about: 'Since the start or this year (levels), or in the month of asOf.',
    },
    basis: {
      kind: 'choice',
      choices: basisWords,
      about: 'What was counted; "unknown" when absent.',
      isOptional: true,
      otherwise: 'unknown',
    },
    shareOfPlan: {
      kind: 'percent',
      most: 1_000,
      storedAs: 'shareOfPlanBasisPoints',
      about: 'The share of the planned investment that was said with it, in percent.',
      isOptional: true,
    },
  },
  typed: {
    flag: 'money',
    gives: 'amount',
    flags: { shareOfPlan: 'share' },
    otherwise: { span: 'since-start', basis: 'unknown' },
  },
  subject: ({ span, basis, amount }) => ['money', span, basis, amount.currency],
  words(data, asOf) {
    const amount = moneyWords(data.amount);
    const basis = basisWords[data.basis];
    const month = monthWords(asOf);
    const span = {
      'since-start': { en: 'since the start', zh: '自开工累计完成投资' },
      year: { en: `in ${asOf.slice(0, 4)} so far`, zh: `${asOf.slice(0, 4)}年累计完成投资` },
      month: { en: `in ${month.en}`, zh: `${month.zh}完成投资` },
    }[data.span];
    const share =
      data.shareOfPlanBasisPoints === undefined ? undefined : percentText(data.shareOfPlanBasisPoints);
    return {
      en: `${amount.en} invested ${span.en} (${basis.en})${share === undefined ? '' : `, ${share} % of the plan`}.`,
      zh: `${span.zh} ${amount.zh}（${basis.zh}）${share === undefined ? '' : `，占计划总投资 ${share}%`}。`,
    };
  },
});
