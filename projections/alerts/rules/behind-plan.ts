import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import { dayWords } from '../../../domain/values/day-words.js';
import { dayOf } from '../../../domain/values/days/calendar.js';
import { percentText } from '../../../domain/values/words.js';
import type { Describe, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import { isAtRest, type RuleInput } from './rule-input.js';

/** The dated work is a number of points behind the plan on the day. */
export const behindPlan: EvaluateRule = (input, { limits }, found) => {
  if (isAtRest(input)) return;
  const { work, plan } = input.table;
  const done = input.datedPercentBasisPoints;
  if (!plan || done === null) return found.lacking(whyNot);
  found.behind(limits, done, work);
  found.condition(behind, done);
};

const behind: Describe<number> = (done, { on, day, rule, input, evidence }) => {
  const { work, plan } = input.table;
  const planned = work.percentOn(day) ?? 0;
  const points = (planned - done) / 100;
  const { mildest, marginPoints, words: limit } = rule;
  return {
    subject: { kind: 'project' },
    cause: 'schedule',
    since: dayOf(work.reaches(done + 1) ?? work.until),
    anchor: () => `plan:${plan?.id} done:${done}`,
    evidence: () => evidence.completion(plan ? [plan.id] : []),
    counts: () => ({ is: 'plan' }),
    isHeld: rule.isHeldAt(points),
    reason: () => {
      const wanted = {
        en: `The plan wants ${percentText(planned)} % of the dated work by ${dayWords(on).en}, ${percentText(done)} % is done`,
        zh: `按计划至 ${dayWords(on).zh}应完成 ${percentText(planned)}%，实际 ${percentText(done)}%`,
      };
      const apart =
        points < 0
          ? { en: `${counted(-points, 'points')} ahead`, zh: `超前 ${-points} 个百分点` }
          : { en: `${counted(points, 'points')} behind`, zh: `落后 ${points} 个百分点` };
      return {
        en: `${wanted.en}: ${apart.en}; ${limit.en}.`,
        zh: `${wanted.zh}，${apart.zh}；${limit.zh}。`,
      };
    },
    clears: () => {
      const enough = Math.max(0, planned - 100 * (mildest - marginPoints));
      const percent = percentText(Math.min(wholeBasisPoints, enough));
      return {
        en: `Reports that bring the dated work to ${percent} % by ${dayWords(on).en}, or a new plan.`,
        zh: `报告至 ${dayWords(on).zh}已完成 ${percent}%，或发布新计划。`,
      };
    },
  };
};

function whyNot(_: unknown, { table }: RuleInput) {
  return table.plan
    ? { en: 'the plan gives no dates', zh: '计划没有日期' }
    : { en: 'no plan is in force', zh: '没有有效计划' };
}
