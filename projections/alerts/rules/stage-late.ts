import { isStatedBy } from '../../../domain/project/stages.js';
import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import { dayWords } from '../../../domain/values/day-words.js';
import { addDays, type Day, dayNumber } from '../../../domain/values/days/calendar.js';
import { nameWords, type Words } from '../../../domain/values/words.js';
import type { Fact } from '../../facts/facts.js';
import { isCancelledIn, type PlanRow } from '../../plan/plan-table.js';
import { lastOfForecast } from './forecast-missed.js';
import type { Counts, Describe, Evaluated, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import { isAtRest, isTargetOpen, type RuleInput, targetWords } from './rule-input.js';

/**
 * Every stage not entered by its planned finish. In rules without one for missed forecasts also production without a
 * planned finish, and completion, by the end of the latest forecast.
 */
export const stageLate: EvaluateRule = (input, rule, found) => {
  const { limits } = rule;
  if (isAtRest(input)) return;
  for (const row of input.table.staged) {
    const finish = plannedStageOn(row, input);
    if (finish === undefined) continue;
    found.since(limits, dayNumber(finish));
    found.condition(plannedStage, row);
  }
  if (rule.isBeside('forecast-missed')) return;
  for (const target of promisedTargets) {
    const forecast = promised(target, input);
    if (!forecast) continue;
    found.since(limits, dayNumber(forecast.data.latest ?? ''));
    found.condition(promisedStage, forecast);
  }
};

const promisedTargets = ['production', 'completion'] as const;

/** The planned finish of a stage that is not entered; undefined if it is, has none, or was cancelled. */
export function plannedStageOn(row: PlanRow, input: RuleInput): Day | undefined {
  const { item, place } = row;
  if (input.percentOf(place) === wholeBasisPoints || isCancelledIn(input.table, item.id)) return undefined;
  for (const stage of input.entered) if (isStatedBy(stage, item)) return undefined;
  return input.table.work.finishOf(item.id);
}

/** The latest forecast of a target that the plan does not date and that is not reached. */
function promised(target: string, input: RuleInput): Fact<'ForecastGiven'> | undefined {
  const { table, forecasts } = input;
  if (target === 'production' && table.work.finishOf(target) !== undefined) return undefined;
  const forecast = forecasts.latestOf(target);
  if (forecast?.data.latest === undefined || !isTargetOpen({ target }, input)) return undefined;
  // An item may have the name of a target: then the plan takes precedence over the forecast.
  const row = table.row(target);
  const isPlanned = row?.item.stage !== undefined && plannedStageOn(row, input) !== undefined;
  return isPlanned ? undefined : forecast;
}

export const plannedDay: Words = { en: 'Planned day', zh: '计划日期' };

/** A stage with its last day and the source of that day. */
interface Expected {
  target: string;
  name: Words;
  lastOn: Day;
  entry: string;
  /** What the day is, and its name. */
  by: Words;
  called: Words;
}

const plannedStage: Describe<PlanRow> = ({ item }, evaluated) => {
  const { plan, work } = evaluated.input.table;
  const name = nameWords(item.name, item.id);
  const lastOn = work.finishOf(item.id) ?? evaluated.on;
  const by = { en: 'its planned finish', zh: '计划日期' };
  return {
    ...notEntered(
      { target: item.id, name, lastOn, entry: plan?.id ?? '', by, called: plannedDay },
      evaluated,
    ),
    clears: () => ({
      en: `${name.en} reached, or a plan that sets it later.`,
      zh: `登记“${name.zh}”已实现，或发布推迟该日期的新计划。`,
    }),
  };
};

const promisedStage: Describe<Fact<'ForecastGiven'>> = ({ id, data }, evaluated) => {
  const { target, latest: lastOn = evaluated.on } = data;
  const name = targetWords(data, evaluated.input);
  const by = { en: 'the promised end', zh: '承诺期限' };
  return {
    ...notEntered({ target, name, lastOn, entry: id, by, called: lastOfForecast }, evaluated),
    clears: () => ({
      en: `${name.en} reached, or a new forecast for it.`,
      zh: `登记“${name.zh}”已实现，或作出新的预计。`,
    }),
  };
};

function notEntered({ target, name, lastOn, entry, by, called }: Expected, { day, rule }: Evaluated) {
  return {
    subject: { kind: 'target' as const, id: target },
    cause: 'schedule' as const,
    since: addDays(lastOn, 1),
    anchor: () => `by:${entry} last:${lastOn}`,
    evidence: () => [entry],
    counts: (): Counts => ({ is: 'day', name: called, entries: [entry] }),
    reason: () => {
      const days = day - dayNumber(lastOn);
      const last = dayWords(lastOn);
      return days > 0
        ? {
            en: `${name.en} is not reached, ${counted(days, 'days')} after ${by.en} ${last.en}; ${rule.words.en}.`,
            zh: `“${name.zh}”尚未实现，已超过${by.zh} ${last.zh} ${days} 天；${rule.words.zh}。`,
          }
        : {
            en: `${name.en} is not reached; ${by.en} is ${last.en}; ${rule.words.en}.`,
            zh: `“${name.zh}”尚未实现，${by.zh}为 ${last.zh}；${rule.words.zh}。`,
          };
    },
  };
}
