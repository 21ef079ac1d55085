import { basisWords } from '../../../domain/project/facts/investment-reported.js';
import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import type { Money } from '../../../domain/values/amounts/money.js';
import { exactness } from '../../../domain/values/day-marks.js';
import { moneyWords, percentText, type Words } from '../../../domain/values/words.js';
import type { ShareOfPlan } from '../../money/money.js';
import type { Describe, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import type { RuleEvidence, RuleInput } from './rule-input.js';

/**
 * Money and works are a number of points apart: the share of the plan by the first basis with a figure since the start, and the
 * completion.
 *
 * By bounds: there is no gap while the share can lie between the least and the most that may be complete. Nothing
 * reported is no share. Figures of other kinds and of less preferred bases are not compared.
 */
export const moneyGap: EvaluateRule = (input, { limits }, found) => {
  if (input.isComplete) return;
  const { shareOfPlan: share } = input;
  if (!input.table.plan || !share) return found.lacking(whyNot);
  found.always(limits, pointsApart(share, input));
  found.condition(gap, share);
};

/** Percentage points between the two ranges; 0 where they overlap. */
function pointsApart({ low, high }: ShareOfPlan, input: RuleInput): number {
  const { floorBasisPoints: least, ceilingBasisPoints: most } = input;
  return Math.max(0, low - most, least - high) / 100;
}

const gap: Describe<ShareOfPlan> = (share, { rule, input, evidence }) => {
  const { floorBasisPoints: least, ceilingBasisPoints: most, table } = input;
  const { report } = share;
  const plan = table.plan?.id ?? '';
  const points = pointsApart(share, input);
  return {
    subject: { kind: 'project' },
    cause: 'money',
    since: report.asOf,
    sinceExactness: () => exactness(report.entry),
    anchor: () => `money:${report.id} share:${share.low}-${share.high} plan:${plan} done:${least}-${most}`,
    evidence: () => evidence.completion([report.id, plan]),
    counts: () => ({ is: 'gap', share }),
    isHeld: rule.isHeldAt(points),
    reason: () => {
      const [money, works] = [rangeText(share.low, share.high), rangeText(least, most)];
      const basis = basisWords[report.data.basis];
      return {
        en: `The money is at ${money} % of the plan (${share.is === 'stated' ? 'as reported' : 'computed'}, ${basis.en}), the works are at ${works} %: ${counted(points, 'points')} apart; ${rule.words.en}.`,
        zh: `资金占总投资 ${money}%（${share.is === 'stated' ? '报告所述' : '计算所得'}，${basis.zh}），形象进度 ${works}%，相差 ${points} 个百分点；${rule.words.zh}。`,
      };
    },
    clears: () => clearing(share, input, 100 * Math.max(0, rule.mildest - rule.marginPoints)),
  };
};

/** The reports that bring the two within a number of basis points. */
function clearing(share: ShareOfPlan, input: RuleInput, near: number): Words {
  const { floorBasisPoints: least, ceilingBasisPoints: most, table } = input;
  const basis = basisWords[share.report.data.basis];
  const planned = table.plan?.data.plannedInvestment;
  const isAhead = share.low > most;
  const limit = Math.max(0, Math.min(wholeBasisPoints, isAhead ? most + near : least - near));
  const amount = planned && amountOf(planned, limit, isAhead);
  const money = {
    en: `${isAhead ? 'at most' : 'at least'} ${percentText(limit)} % of the plan${amount ? ` (${amount.en})` : ''}`,
    zh: `${isAhead ? '不超过' : '不低于'}计划的 ${percentText(limit)}%${amount ? `（${amount.zh}）` : ''}`,
  };
  if (!isAhead)
    return {
      en: `A report of money invested since the start (${basis.en}) of ${money.en}, or a correction of the works.`,
      zh: `报告累计完成投资（${basis.zh}）${money.zh}，或更正形象进度。`,
    };
  const level = Math.max(0, share.low - near);
  // More than all of the works cannot be reported.
  if (level > wholeBasisPoints)
    return {
      en: `A correction of the money (${basis.en}) to ${money.en}.`,
      zh: `更正投资（${basis.zh}），使其${money.zh}。`,
    };
  const works = percentText(level);
  return {
    en: `Reports that bring the works to ${works} % or more, or a correction of the money (${basis.en}) to ${money.en}.`,
    zh: `报告形象进度达到 ${works}% 或以上，或更正投资（${basis.zh}），使其${money.zh}。`,
  };
}

/** The amount that is a share of the plan, rounded so that it is on the safe side. */
function amountOf({ amountMinor, currency }: Money, basisPoints: number, isMost: boolean): Words {
  const exact = (amountMinor / wholeBasisPoints) * basisPoints;
  return moneyWords({ amountMinor: isMost ? Math.floor(exact) : Math.ceil(exact), currency });
}

function rangeText(low: number, high: number): string {
  return low === high ? percentText(low) : `${percentText(low)}–${percentText(high)}`;
}

function whyNot({ investment }: RuleEvidence, { table }: RuleInput): Words {
  const { sinceStartMinor, plannedMinor } = investment;
  if (sinceStartMinor === null)
    return { en: 'nobody reported money since the start', zh: '无人报告累计完成投资' };
  if (!table.plan) return { en: 'no plan is in force', zh: '没有有效计划' };
  if (plannedMinor === null) return { en: 'the plan names no investment', zh: '计划没有写明总投资' };
  return { en: 'the money and the planned investment cannot be compared', zh: '投资与计划总投资无法比较' };
}
