import { itemOf } from '../../../domain/project/facts/members.js';
import { wholeBasisPoints } from '../../../domain/values/basis-points.js';
import { addDays, type Day, dayOf, daysBetween, lastDayOfMonth } from '../../../domain/values/calendar.js';
import { lexicon1 } from '../../../domain/values/lexicon.js';
import { monthWords, nameWords, percentText } from '../../../domain/values/words.js';
import { rangeOf } from '../../completion/statements.js';
import type { Watched } from '../watched.js';
import { counted, daysAhead, limitsAhead, limitWords, severityAt } from './limits.js';
import { type EvaluateRule, isAtRest, nothing, type RuleInput } from './rule-input.js';

/** Nothing has started although the month of the earliest planned start is over; each month counts from its first day. */
export const notStarted: EvaluateRule = (input, rule, limits) => {
  const { plan, work, on } = input;
  if (isAtRest(input) || !plan || work.startsOn === undefined || hasStarted(input)) return nothing;
  const start = dayOf(work.startsOn);
  const months = monthsBetween(start, on);
  const limit = limitWords(rule, limits);
  const month = monthWords(start);
  return {
    watched: [
      {
        rule: 'not-started',
        subject: { kind: 'project' },
        cause: 'schedule',
        since: start,
        anchor: `plan:${plan.id} start:${start}`,
        evidence: [plan.id],
        severity: severityAt(limits, months),
        isHeld: false,
        reason: {
          en: `The start was planned for ${month.en}, ${counted(Math.max(0, months), 'months')} ago, and nothing has started; ${limit.en}.`,
          zh: `计划 ${month.zh}开工，已过 ${Math.max(0, months)} 个月仍未开工；${limit.zh}。`,
        },
        clears: {
          en: 'The stage "started", a report of progress on any item, or a plan that starts later.',
          zh: '登记开工、报告任一工作项进展，或采用推迟开工的新计划。',
        },
      },
    ],
    changesOn: limitsAhead(limits, months).map((limit) => firstOfMonth(start, limit.from)),
  };
};

/** Every weighted leaf that is not done after its own planned finish; also a group with a finish whose leaves have none. */
export const itemOverdue: EvaluateRule = (input, rule, limits) => {
  const { plan, work, items, on } = input;
  if (isAtRest(input) || !plan) return nothing;
  const limit = limitWords(rule, limits);
  const watched: Watched[] = [];
  const changesOn: Day[] = [];
  for (const { item, finish, isOfWork } of work.deadlines()) {
    const standsAt = items.get(item.id);
    if (!isOfWork || !standsAt || standsAt.percentBasisPoints === wholeBasisPoints) continue;
    const days = daysBetween(finish, on);
    const name = nameWords(item.name, item.id);
    const percent = percentText(standsAt.percentBasisPoints);
    changesOn.push(...daysAhead(limits, finish, on));
    watched.push({
      rule: 'item-overdue',
      subject: { kind: 'item', id: item.id },
      cause: 'schedule',
      since: addDays(finish, 1),
      anchor: `plan:${plan.id} finish:${finish} done:${standsAt.percentBasisPoints}`,
      evidence: [plan.id, ...standsAt.entries],
      severity: severityAt(limits, days),
      isHeld: false,
      reason: {
        en: `${name.en} is ${percent} % done${days > 0 ? `, ${counted(days, 'days')} after its planned finish` : '; its planned finish is'} ${finish}; ${limit.en}.`,
        zh: `“${name.zh}”完成 ${percent}%，${days > 0 ? `已超过计划完成日 ${finish} ${days} 天` : `计划 ${finish} 完成`}；${limit.zh}。`,
      },
      clears: {
        en: `A report that ${name.en} is done, or a plan that finishes it later.`,
        zh: `报告“${name.zh}”完成，或采用推迟其完成日的新计划。`,
      },
    });
  }
  return { watched, changesOn };
};

function hasStarted({ entered, facts, tree }: RuleInput): boolean {
  if (begun.some((stage) => entered.has(stage))) return true;
  return facts.some((fact) => {
    if (fact.type === 'MilestoneReached') return true;
    if (fact.type !== 'ProgressMeasured') return false;
    return rangeOf(fact.data.measure, tree.items.get(itemOf(fact.data)), lexicon1).percent > 0;
  });
}

/** The stages in which works have begun. */
export const begun = ['started', 'built', 'trial-production', 'in-production', 'accepted'] as const;

function monthsBetween(from: Day, to: Day): number {
  const monthOf = (day: Day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return monthOf(to) - monthOf(from);
}

/** The first day of the month that is a number of months after that of a day. */
function firstOfMonth(day: Day, months: number): Day {
  let last = lastDayOfMonth(day.slice(0, 7));
  for (let month = 1; month < months; month++) last = lastDayOfMonth(addDays(last, 1).slice(0, 7));
  return addDays(last, 1);
}
