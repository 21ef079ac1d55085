import { wholeBasisPoints } from '../../../domain/values/basis-points.js';
import { dayNumber, dayOf } from '../../../domain/values/calendar.js';
import { firstWhere } from '../../../domain/values/search.js';
import { percentText } from '../../../domain/values/words.js';
import { counted, isHeldAt, limitWords, severityAt } from './limits.js';
import { type EvaluateRule, evidenceOf, isAtRest, nothing, type RuleInput } from './rule-input.js';

/** The dated work is a number of points behind the plan on the day. */
export const behindPlan: EvaluateRule = (input, rule, limits) => {
  const { plan, work, on, figures } = input;
  if (isAtRest(input)) return nothing;
  const { plannedBasisPoints: planned, datedPercentBasisPoints: done } = figures.schedule;
  if (!plan || planned === null || done === null) return { ...nothing, why: whyNot(input) };
  const pointsOn = (day: number) => ((work.percentOn(day) ?? 0) - done) / 100;
  const points = (planned - done) / 100;
  const severity = severityAt(limits, points);
  const tomorrow = dayNumber(on) + 1;
  const changed = firstDay(tomorrow, work.until, (day) => severityAt(limits, pointsOn(day)) !== severity);
  const behindFrom = firstDay(work.firstOn(), work.until, (day) => pointsOn(day) > 0);
  const since = dayOf(behindFrom ?? work.until);
  const limit = limitWords(rule, limits);
  const wanted = {
    en: `The plan wants ${percentText(planned)} % of the dated work by ${on}, ${percentText(done)} % is done`,
    zh: `按计划至 ${on} 应完成 ${percentText(planned)}%，实际 ${percentText(done)}%`,
  };
  const apart =
    points < 0
      ? { en: `${counted(-points, 'points')} ahead`, zh: `超前 ${-points} 个百分点` }
      : { en: `${counted(points, 'points')} behind`, zh: `落后 ${points} 个百分点` };
  const enough = Math.min(
    wholeBasisPoints,
    Math.max(0, planned - 100 * ((limits[0]?.from ?? 0) - (rule.marginPoints ?? 0))),
  );
  return {
    watched: [
      {
        rule: 'behind-plan',
        subject: { kind: 'project' },
        cause: 'schedule',
        since,
        anchor: `plan:${plan.id} done:${done}`,
        evidence: evidenceOf(input, [plan.id]),
        severity,
        isHeld: isHeldAt(rule, limits, points),
        reason: {
          en: `${wanted.en}: ${apart.en}; ${limit.en}.`,
          zh: `${wanted.zh}，${apart.zh}；${limit.zh}。`,
        },
        clears: {
          en: `Reports that bring the dated work to ${percentText(enough)} % by ${on}, or a new plan.`,
          zh: `报告至 ${on} 已完成 ${percentText(enough)}%，或采用新计划。`,
        },
      },
    ],
    changesOn: changed === undefined ? [] : [dayOf(changed)],
  };
};

/** The first integer in a range, both ends inclusive, for which a monotonic condition holds. */
function firstDay(from: number, until: number, holds: (day: number) => boolean): number | undefined {
  if (from > until || !holds(until)) return undefined;
  return firstWhere(from, until, holds);
}

function whyNot({ plan }: RuleInput) {
  return plan
    ? { en: 'the plan gives no dates', zh: '计划没有日期' }
    : { en: 'no plan is in force', zh: '没有有效计划' };
}
