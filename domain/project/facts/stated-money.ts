import type { Money } from '../../values/amounts/money.js';
import {
  firstDayOfPeriod,
  isCalendarPeriod,
  periodWordsOf,
  quarterOf,
} from '../../values/calendar-period.js';
import type { Day } from '../../values/days/calendar.js';
import { CommandRejected } from '../../values/rejections.js';
import { joined, moneyWords, nameWords, percentText, type Words } from '../../values/words.js';
import type { Known, Speaker } from './fact.js';
import type { Choices, Shape } from './members.js';
import { requireBegun } from './refusals.js';

/** Money as it was stated: an amount, a share, or both, over a span of the project or of one item. */
export interface StatedMoney {
  /** The item of the plan; the whole project when absent. */
  item?: string;
  /** Absent where only a share was said. */
  amount?: Money;
  /** A level (`since-start`, `year`) or a flow (`quarter`, `month`). */
  span: MoneySpan;
  /** The year (`2018`), quarter (`2018-Q2`) or month (`2018-06`) of the amount; that of asOf when absent. */
  period?: string;
  /** The share of the whole planned investment that was said with it. */
  shareOfPlanBasisPoints?: number;
  /** The share of the investment planned for the year (占年度计划) that was said with it. */
  shareOfAnnualPlanBasisPoints?: number;
}

const spanWords = {
  'since-start': { en: 'since the start', zh: '开工以来累计' },
  year: { en: 'this year', zh: '本年累计' },
  quarter: { en: 'this quarter', zh: '本季度' },
  month: { en: 'this month', zh: '本月' },
} as const satisfies Choices;
export type MoneySpan = keyof typeof spanWords;

/** The members that every statement of money shares, in the order of forms. */
export const statedMoney = {
  amount: {
    kind: 'money',
    about: 'How much; absent where only a share is said.',
    label: { en: 'Amount', zh: '金额' },
    isOptional: true,
  },
  span: {
    kind: 'choice',
    choices: spanWords,
    about: 'Since the start or this year (levels), or in the quarter or month of asOf.',
    label: { en: 'Over', zh: '期间' },
  },
  period: {
    kind: 'calendar-period',
    about: 'The year, quarter or month of the amount, if it is not that of asOf: 2018, 2018-Q2 or 2018-06.',
    label: { en: 'Year, quarter or month, if another one', zh: '所属年份、季度或月份（如非本期）' },
    isOptional: true,
  },
  shareOfPlan: {
    kind: 'percent',
    most: 1_000,
    storedAs: 'shareOfPlanBasisPoints',
    about: 'The share of the planned investment that was said with it, in percent.',
    label: { en: 'Percent of the plan', zh: '占总投资 %' },
    isOptional: true,
  },
  shareOfAnnualPlan: {
    kind: 'percent',
    most: 1_000,
    storedAs: 'shareOfAnnualPlanBasisPoints',
    about: 'The share of the investment planned for the year that was said with it, in percent.',
    label: { en: 'Percent of the annual plan', zh: '占年度计划 %' },
    isOptional: true,
  },
  item: {
    kind: 'item',
    about: 'The item of the plan; the whole project when absent.',
    label: { en: 'Of which item', zh: '工程部位' },
    isOptional: true,
  },
} as const satisfies Shape;

/** Names of the terminal's options for them. */
export const moneyFlags = { shareOfPlan: 'share', shareOfAnnualPlan: 'annual-share' } as const;

/** The year, quarter or month that an amount is of: `2018`, `2018-Q2`, `2018-06`; empty since the start. */
export function periodOf({ span, period }: Pick<StatedMoney, 'span' | 'period'>, asOf: Day): string {
  if (span === 'since-start') return '';
  return period ?? { year: asOf.slice(0, 4), quarter: quarterOf(asOf), month: asOf.slice(0, 7) }[span];
}

const forms: Readonly<Record<MoneySpan, RegExp>> = {
  'since-start': /^$/,
  year: /^\d{4}$/,
  quarter: /^\d{4}-Q[1-4]$/,
  month: /^\d{4}-\d{2}$/,
};
const formWords = {
  'since-start': {
    en: 'no period, because the span is since-start',
    zh: '不填所属期，因为是开工以来的累计数',
  },
  year: { en: 'a year such as 2018, because the span is year', zh: '年份，如 2018，因为期间是本年' },
  quarter: {
    en: 'a quarter such as 2018-Q2, because the span is quarter',
    zh: '季度，如 2018-Q2，因为期间是季度',
  },
  month: { en: 'a month such as 2018-06, because the span is month', zh: '月份，如 2018-06，因为期间是月' },
} as const;

/**
 * Refuses a statement without amount and share, and a period that is not one of its span or has not begun.
 *
 * @throws CommandRejected `money-unclear` or `day-not-begun`
 */
export function requireStated(stated: StatedMoney, { latestDay, asOf }: Known): void {
  const { amount, span, period, shareOfPlanBasisPoints, shareOfAnnualPlanBasisPoints } = stated;
  if ((amount ?? shareOfPlanBasisPoints ?? shareOfAnnualPlanBasisPoints) === undefined)
    throw new CommandRejected('money-unclear', {
      member: 'amount',
      seen: { en: 'neither an amount nor a share', zh: '既无金额也无占比' },
      expected: {
        en: 'an amount, or its share of the plan or of the annual plan',
        zh: '金额、占总投资比例或占年度计划比例',
      },
    });
  if (period === undefined) return;
  if (!isCalendarPeriod(period) || !forms[span].test(period))
    throw new CommandRejected('money-unclear', {
      member: 'period',
      seen: JSON.stringify(period),
      expected: formWords[span],
    });
  requireBegun('period', firstDayOfPeriod(period), asOf < latestDay ? asOf : latestDay);
}

/** What was stated, after the name of what it is: `6,900 万元 invested in June 2018 (...), 69 % of the plan`. */
export function statedWords(
  { item, amount, shareOfPlanBasisPoints: share, shareOfAnnualPlanBasisPoints: annual, ...over }: StatedMoney,
  what: Words,
  { asOf, speaker, details }: { asOf: Day; speaker: Speaker; details?: Words | undefined },
): Words {
  const span = spanSentence(over, asOf);
  const of = item === undefined ? undefined : nameWords(speaker.item(item)?.name, item);
  const beside = details && { en: ` (${details.en})`, zh: `（${details.zh}）` };
  const money = amount && moneyWords(amount);
  const parts: Words[] = [
    {
      en: `${money ? `${money.en} ` : ''}${what.en}${span.en}${beside?.en ?? ''}`,
      zh: `${span.zh}${what.zh}${money ? ` ${money.zh}` : ''}${beside?.zh ?? ''}`,
    },
  ];
  const percent = (points: number, en: string, zh: string) =>
    parts.push({ en: `${percentText(points)} % of ${en}`, zh: `占${zh} ${percentText(points)}%` });
  if (share !== undefined) percent(share, 'the plan', '总投资');
  if (annual !== undefined) percent(annual, 'the annual plan', '年度计划');
  const { en, zh } = joined(parts, { en: ', ', zh: '，' });
  const name = of ? { en: `${of.en}: `, zh: `${of.zh}：` } : { en: '', zh: '' };
  const said = money || of ? en : en.charAt(0).toUpperCase() + en.slice(1);
  return { en: `${name.en}${said}.`, zh: `${name.zh}${zh}。` };
}

function spanSentence(over: Pick<StatedMoney, 'span' | 'period'>, asOf: Day): Words {
  const period = periodOf(over, asOf);
  switch (over.span) {
    case 'since-start':
      return { en: ' since the start', zh: '累计' };
    case 'year': {
      const isOver = period < asOf.slice(0, 4);
      return { en: ` in ${period}${isOver ? '' : ' so far'}`, zh: `${period}年${isOver ? '' : '累计'}` };
    }
    default: {
      const words = periodWordsOf(period);
      return { en: ` in ${words.en}`, zh: words.zh };
    }
  }
}
