import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import { dayWords } from '../../../domain/values/day-words.js';
import { type Day, dayNumber, dayOf } from '../../../domain/values/days/calendar.js';
import { whenWords } from '../../../domain/values/when.js';
import { nameWords, percentText, type Words } from '../../../domain/values/words.js';
import type { Fact } from '../../facts/facts.js';
import type { PlanRow } from '../../plan/plan-table.js';
import { lastOfForecast, spacedWithin } from './forecast-missed.js';
import type { Condition, Describe, Evaluated, EvaluateRule } from './found.js';
import { hasStarted, plannedFinish, plannedStart } from './late-works.js';
import { counted } from './limits.js';
import { isAtRest, isTargetOpen, type RuleInput, targetSubject, targetWords } from './rule-input.js';
import type { RuleInForce } from './rules-in-force.js';
import { plannedDay, plannedStageOn } from './stage-late.js';
import { targetState } from './target-state.js';

/**
 * The days left until a planned or forecast day: the start of the works, the finish of a work item, a stage, the last
 * day of a forecast. It goes on after that day, explained by the rule that then takes over (docs/decisions/0069).
 */
export const dueSoon: EvaluateRule = (input, { limits }, found) => {
  if (isAtRest(input)) return;
  const { rows, staged, plan, work } = input.table;
  if (plan && work.startsOn !== undefined && !hasStarted(input)) {
    found.before(limits, work.startsOn);
    found.condition(startsSoon, work.startsOn);
  }
  for (const row of rows) {
    if (row.overdueFrom === undefined || input.percentOf(row.place) === wholeBasisPoints) continue;
    found.before(limits, row.overdueFrom);
    found.condition(finishesSoon, row);
  }
  for (const row of staged) {
    const finish = plannedStageOn(row, input);
    if (finish === undefined) continue;
    found.before(limits, dayNumber(finish));
    found.condition(stageSoon, row);
  }
  for (const forecast of input.forecasts.latest()) {
    const { latest } = forecast.data;
    if (latest === undefined || !isTargetOpen(forecast.data, input) || isPlanned(forecast, input)) continue;
    found.before(limits, dayNumber(latest));
    found.condition(forecastSoon, forecast);
  }
};

/** True where the warning of the plan is about the same: a stage that it dates, or the same day. */
function isPlanned(
  { data: { target, what, latest = '' } }: Fact<'ForecastGiven'>,
  input: RuleInput,
): boolean {
  const row = input.table.row(target);
  if (!row || what === 'start') return false;
  return row.item.stage === undefined
    ? row.overdueFrom === dayNumber(latest)
    : plannedStageOn(row, input) !== undefined;
}

/** What a condition about a day has, beside its subject and the rule that takes over. */
function soon(
  on: number,
  entry: string | undefined,
  name: Words,
  { rule }: Evaluated,
): Pick<Condition, 'cause' | 'since' | 'anchor' | 'evidence' | 'counts'> {
  return {
    cause: 'schedule',
    since: dayOf(on - rule.mildest),
    anchor: () => `day:${entry} on:${dayOf(on)}`,
    evidence: () => (entry === undefined ? [] : [entry]),
    counts: () => ({ is: 'day', name, entries: [entry] }),
  };
}

const startsSoon: Describe<number> = (start, evaluated) => {
  const { input, rule, day } = evaluated;
  const subject = { kind: 'project' } as const;
  const left = leftWords(start - day);
  return {
    ...soon(start, input.table.plan?.id, plannedStart, evaluated),
    subject,
    overdue: { rule: 'not-started', subject },
    reason: () => ({
      en: `The planned start, ${dayWords(dayOf(start)).en}, ${left.en}, and nothing has started; ${rule.words.en}.`,
      zh: `计划 ${dayWords(dayOf(start)).zh}开工，${left.zh}，尚未开工；${rule.words.zh}。`,
    }),
    clears: () => ({
      en: `The stage "started", a report of progress on any item, or a plan that starts ${aheadEn(rule)}.`,
      zh: `登记开工、报告任一工程部位进展，或发布将开工日定在 ${rule.mildest} 天以后的新计划。`,
    }),
  };
};

const finishesSoon: Describe<PlanRow> = ({ item, place, overdueFrom = 0 }, evaluated) => {
  const { input, rule, day, evidence } = evaluated;
  const subject = { kind: 'item', id: item.id } as const;
  const name = nameWords(item.name, item.id);
  const percent = input.percentOf(place);
  const left = leftWords(overdueFrom - day);
  const about = soon(overdueFrom, input.table.plan?.id, plannedFinish, evaluated);
  return {
    ...about,
    subject,
    overdue: { rule: 'item-overdue', subject },
    anchor: () => `${about.anchor()} done:${percent}`,
    evidence: () => [...about.evidence(), ...evidence.ofItem(place)],
    reason: () => ({
      en: `${name.en} is ${percentText(percent)} % done; its planned finish, ${dayWords(dayOf(overdueFrom)).en}, ${left.en}; ${rule.words.en}.`,
      zh: `“${name.zh}”完成 ${percentText(percent)}%，计划 ${dayWords(dayOf(overdueFrom)).zh}完成，${left.zh}；${rule.words.zh}。`,
    }),
    clears: () => ({
      en: `A report that ${name.en} is done, or a plan that finishes it ${aheadEn(rule)}.`,
      zh: `报告“${name.zh}”完成，或发布将其完成日定在 ${rule.mildest} 天以后的新计划。`,
    }),
  };
};

const stageSoon: Describe<PlanRow> = (row, evaluated) => {
  const { input, rule, day, on } = evaluated;
  const finish: Day = plannedStageOn(row, input) ?? on;
  const subject = { kind: 'target', id: row.item.id } as const;
  const name = nameWords(row.item.name, row.item.id);
  const left = leftWords(dayNumber(finish) - day);
  return {
    ...soon(dayNumber(finish), input.table.plan?.id, plannedDay, evaluated),
    subject,
    overdue: { rule: 'stage-late', subject },
    reason: () => ({
      en: `${name.en} is not reached; its planned day, ${dayWords(finish).en}, ${left.en}; ${rule.words.en}.`,
      zh: `“${name.zh}”尚未实现，计划日期 ${dayWords(finish).zh}，${left.zh}；${rule.words.zh}。`,
    }),
    clears: () => ({
      en: `${name.en} reached, or a plan that sets it ${aheadEn(rule)}.`,
      zh: `登记“${name.zh}”已实现，或发布将该日期定在 ${rule.mildest} 天以后的新计划。`,
    }),
  };
};

const forecastSoon: Describe<Fact<'ForecastGiven'>> = ({ id, data }, evaluated) => {
  const { input, rule, day, on } = evaluated;
  const latest = dayNumber(data.latest ?? on);
  const subject = targetSubject(data);
  const name = targetWords(data, input);
  const { notYet, zh, reported } = targetState(data, input);
  const when = whenWords(data);
  const left = leftWords(latest - day);
  return {
    ...soon(latest, id, lastOfForecast, evaluated),
    subject,
    overdue: { rule: rule.isBeside('forecast-missed') ? 'forecast-missed' : 'stage-late', subject },
    reason: () => ({
      en: `${name.en} is expected ${when.en} and ${notYet}; the last day, ${dayWords(dayOf(latest)).en}, ${left.en}; ${rule.words.en}.`,
      zh: `${zh.who}预计${spacedWithin(when.zh)}${zh.verb}，目前尚未${zh.verb}，最后一天为 ${dayWords(dayOf(latest)).zh}，${left.zh}；${rule.words.zh}。`,
    }),
    clears: () => ({
      en: `${reported.en}, or a new forecast of it, ${aheadEn(rule)} or without a day.`,
      zh: `${reported.zh}，或重新预计（${rule.mildest} 天以后，或日期未定）。`,
    }),
  };
};

function leftWords(days: number): Words {
  if (days === 0) return { en: 'is today', zh: '就是今天' };
  return days > 0
    ? { en: `is in ${counted(days, 'days')}`, zh: `还有 ${days} 天` }
    : { en: `was ${counted(-days, 'days')} ago`, zh: `已过 ${-days} 天` };
}

function aheadEn({ mildest }: RuleInForce): string {
  return `more than ${counted(mildest, 'days')} ahead`;
}
