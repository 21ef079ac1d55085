import { percentText, type Words } from '../../../domain/values/words.js';
import { counted, isHeldAt, limitWords, severityAt } from './limits.js';
import { type EvaluateRule, evidenceOf, nothing, type RuleInput } from './rule-input.js';

/** Money and works are a number of points apart: the money's share of the plan, and the completion. */
export const moneyGap: EvaluateRule = (input, rule, limits) => {
  const { figures, plan, isComplete } = input;
  if (isComplete) return nothing;
  const { shareOfPlanBasisPoints: share, shareIs, entry, asOf } = figures.investment;
  const done = figures.completion.percentBasisPoints;
  if (!plan || share === null || entry === null || asOf === null) return { ...nothing, why: whyNot(input) };
  const points = Math.abs(share - done) / 100;
  const limit = limitWords(rule, limits);
  const near = Math.max(0, (limits[0]?.from ?? 0) - (rule.marginPoints ?? 0));
  const [money, works] = [percentText(share), percentText(done)];
  return {
    watched: [
      {
        rule: 'money-gap',
        subject: { kind: 'project' },
        cause: 'money',
        since: asOf,
        anchor: `money:${entry} share:${share} plan:${plan.id} done:${done}`,
        evidence: evidenceOf(input, [entry, plan.id]),
        severity: severityAt(limits, points),
        isHeld: isHeldAt(rule, limits, points),
        reason: {
          en: `The money is at ${money} % of the plan (${shareIs}), the works are at ${works} %: ${counted(points, 'points')} apart; ${limit.en}.`,
          zh: `资金占计划 ${money}%（${shareIs === 'stated' ? '报告所述' : '计算所得'}），形象进度 ${works}%，相差 ${points} 个百分点；${limit.zh}。`,
        },
        clears: {
          en: `Reports of works or money that bring the two within ${counted(near, 'points')}.`,
          zh: `报告进度或投资，使两者相差不超过 ${near} 个百分点。`,
        },
      },
    ],
    changesOn: [],
  };
};

function whyNot({ plan, figures }: RuleInput): Words {
  const { sinceStartMinor, plannedMinor } = figures.investment;
  if (sinceStartMinor === null)
    return { en: 'nobody reported money since the start', zh: '没有人报告自开工累计投资' };
  if (!plan) return { en: 'no plan is in force', zh: '没有有效计划' };
  if (plannedMinor === null) return { en: 'the plan names no investment', zh: '计划没有写明总投资' };
  return { en: 'the money and the planned investment cannot be compared', zh: '投资与计划总投资无法比较' };
}
