import { percentText, type Words } from '../../../domain/values/words.js';
import type { Describe, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import type { RuleEvidence, RuleInput } from './rule-input.js';

/** Money and works are a number of points apart: the money's share of the plan, and the completion. */
export const moneyGap: EvaluateRule = (input, { limits }, found) => {
  if (input.isComplete) return;
  const { shareOfPlanBasisPoints: share, percentBasisPoints: done } = input;
  if (!input.table.plan || share === null) return found.lacking(whyNot);
  found.always(limits, Math.abs(share - done) / 100);
  found.condition(gap, share);
};

const gap: Describe<number> = (share, { on, rule, input, evidence }) => {
  const { percentBasisPoints: done, table } = input;
  const { entry, asOf, shareIs } = evidence.investment;
  const plan = table.plan?.id ?? '';
  const points = Math.abs(share - done) / 100;
  return {
    subject: { kind: 'project' },
    cause: 'money',
    since: asOf ?? on,
    anchor: () => `money:${entry} share:${share} plan:${plan} done:${done}`,
    evidence: () => evidence.completion([...(entry === null ? [] : [entry]), plan]),
    isHeld: rule.isHeldAt(points),
    reason: () => {
      const [money, works] = [percentText(share), percentText(done)];
      return {
        en: `The money is at ${money} % of the plan (${shareIs}), the works are at ${works} %: ${counted(points, 'points')} apart; ${rule.words.en}.`,
        zh: `资金占计划 ${money}%（${shareIs === 'stated' ? '报告所述' : '计算所得'}），形象进度 ${works}%，相差 ${points} 个百分点；${rule.words.zh}。`,
      };
    },
    clears: () => {
      const near = Math.max(0, rule.mildest - rule.marginPoints);
      return {
        en: `Reports of works or money that bring the two within ${counted(near, 'points')}.`,
        zh: `报告进度或投资，使两者相差不超过 ${near} 个百分点。`,
      };
    },
  };
};

function whyNot({ investment }: RuleEvidence, { table }: RuleInput): Words {
  const { sinceStartMinor, plannedMinor } = investment;
  if (sinceStartMinor === null)
    return { en: 'nobody reported money since the start', zh: '没有人报告自开工累计投资' };
  if (!table.plan) return { en: 'no plan is in force', zh: '没有有效计划' };
  if (plannedMinor === null) return { en: 'the plan names no investment', zh: '计划没有写明总投资' };
  return { en: 'the money and the planned investment cannot be compared', zh: '投资与计划总投资无法比较' };
}
