import { isBegun } from '../../../domain/project/stages.js';
import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import { dayWords } from '../../../domain/values/day-words.js';
import { addDays, type Day, dayNumber, dayOf, monthOf } from '../../../domain/values/days/calendar.js';
import { monthWords, nameWords, percentText, type Words } from '../../../domain/values/words.js';
import type { PlanRow } from '../../plan/plan-table.js';
import type { Describe, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import { isAtRest, type RuleInput } from './rule-input.js';

/** Nothing has started although the month of the earliest planned start is over; each month counts from its first day. */
export const notStarted: EvaluateRule = (input, { limits }, found) => {
  const { plan, work } = input.table;
  if (isAtRest(input) || !plan || work.startsOn === undefined || hasStarted(input)) return;
  const start = dayOf(work.startsOn);
  found.monthsAfter(limits, start);
  found.condition(unstarted, start);
};

const unstarted: Describe<Day> = (start, { on, rule, input }) => {
  const { plan } = input.table;
  return {
    subject: { kind: 'project' },
    cause: 'schedule',
    since: start,
    anchor: () => `plan:${plan?.id} start:${start}`,
    evidence: () => (plan ? [plan.id] : []),
    counts: () => ({ is: 'day', name: plannedStart, entries: [plan?.id] }),
    reason: () => {
      const months = Math.max(0, monthOf(on) - monthOf(start));
      const month = monthWords(start);
      return {
        en: `The start was planned for ${month.en}, ${counted(months, 'months')} ago, and nothing has started; ${rule.words.en}.`,
        zh: `计划 ${month.zh}开工，已过 ${months} 个月仍未开工；${rule.words.zh}。`,
      };
    },
    clears: () => ({
      en: 'The stage "started", a report of progress on any item, or a plan that starts later.',
      zh: '登记开工、报告任一工程部位进展，或发布推迟开工的新计划。',
    }),
  };
};

/** Every weighted leaf that is not done after its own planned finish; also a group with a finish whose leaves have none. */
export const itemOverdue: EvaluateRule = (input, { limits }, found) => {
  if (isAtRest(input)) return;
  for (const row of input.table.rows) {
    if (row.overdueFrom === undefined || input.percentOf(row.place) === wholeBasisPoints) continue;
    found.since(limits, row.overdueFrom);
    found.condition(overdue, row);
  }
};

const overdue: Describe<PlanRow> = ({ item, place }, { on, rule, input, evidence }) => {
  const { plan } = input.table;
  const { plannedFinish: finish = on } = item;
  const percent = input.percentOf(place);
  const name = nameWords(item.name, item.id);
  return {
    subject: { kind: 'item', id: item.id },
    cause: 'schedule',
    since: addDays(finish, 1),
    anchor: () => `plan:${plan?.id} finish:${finish} done:${percent}`,
    evidence: () => [...(plan ? [plan.id] : []), ...evidence.ofItem(place)],
    counts: () => ({ is: 'day', name: plannedFinish, entries: [plan?.id] }),
    reason: () => {
      const days = dayNumber(on) - dayNumber(finish);
      const done = percentText(percent);
      const { en, zh } = dayWords(finish);
      return {
        en: `${name.en} is ${done} % done${days > 0 ? `, ${counted(days, 'days')} after its planned finish` : '; its planned finish is'} ${en}; ${rule.words.en}.`,
        zh: `“${name.zh}”完成 ${done}%，${days > 0 ? `已超过计划完成日 ${zh} ${days} 天` : `计划 ${zh}完成`}；${rule.words.zh}。`,
      };
    },
    clears: () => ({
      en: `A report that ${name.en} is done, or a plan that finishes it later.`,
      zh: `报告“${name.zh}”完成，或发布推迟其完成日的新计划。`,
    }),
  };
};

export const plannedStart: Words = { en: 'Planned start', zh: '计划开工' };
export const plannedFinish: Words = { en: 'Planned finish', zh: '计划完成' };

/** True after a stage in which the works have begun, or a report of progress. */
export function hasStarted(input: RuleInput): boolean {
  for (const stage of input.entered) if (isBegun(stage)) return true;
  return input.hasProgress;
}
