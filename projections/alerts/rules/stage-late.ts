import { isStatedBy } from '../../../domain/project/plan.js';
import { wholeBasisPoints } from '../../../domain/values/basis-points.js';
import { addDays, type Day, daysBetween } from '../../../domain/values/calendar.js';
import { nameWords, type Words } from '../../../domain/values/words.js';
import type { Watched } from '../watched.js';
import { counted, daysAhead, limitWords, severityAt } from './limits.js';
import {
  type EvaluateRule,
  isAtRest,
  isTargetReached,
  nothing,
  type RuleInput,
  targetWords,
} from './rule-input.js';

/** A stage with its last day and the source of that day. */
interface Expected {
  target: string;
  name: Words;
  lastOn: Day;
  isPromised: boolean;
  entry: string;
}

/**
 * Every stage not entered by its planned finish; production without a planned finish, and completion, by the end of the
 * latest forecast.
 */
export const stageLate: EvaluateRule = (input, rule, limits) => {
  if (isAtRest(input)) return nothing;
  const limit = limitWords(rule, limits);
  const planned = plannedStages(input);
  // An item may have the name of a target: then the plan takes precedence over the forecast.
  const others = promised(input).filter(({ target }) => planned.every((stage) => stage.target !== target));
  const expected = [...planned, ...others];
  return {
    watched: expected.map(({ target, name, lastOn, isPromised, entry }): Watched => {
      const days = daysBetween(lastOn, input.on);
      const by = isPromised
        ? { en: 'the promised end', zh: '承诺期限' }
        : { en: 'its planned finish', zh: '计划日期' };
      return {
        rule: 'stage-late',
        subject: { kind: 'target', id: target },
        cause: 'schedule',
        since: addDays(lastOn, 1),
        anchor: `by:${entry} last:${lastOn}`,
        evidence: [entry],
        severity: severityAt(limits, days),
        isHeld: false,
        reason:
          days > 0
            ? {
                en: `${name.en} is not reached, ${counted(days, 'days')} after ${by.en} ${lastOn}; ${limit.en}.`,
                zh: `“${name.zh}”尚未实现，已超过${by.zh} ${lastOn} ${days} 天；${limit.zh}。`,
              }
            : {
                en: `${name.en} is not reached; ${by.en} is ${lastOn}; ${limit.en}.`,
                zh: `“${name.zh}”尚未实现，${by.zh}为 ${lastOn}；${limit.zh}。`,
              },
        clears: isPromised
          ? {
              en: `${name.en} reached, or a new promise for it.`,
              zh: `登记“${name.zh}”已实现，或作出新的预计。`,
            }
          : {
              en: `${name.en} reached, or a plan that sets it later.`,
              zh: `登记“${name.zh}”已实现，或采用推迟该日期的新计划。`,
            },
      };
    }),
    changesOn: expected.flatMap(({ lastOn }) => daysAhead(limits, lastOn, input.on)),
  };
};

function plannedStages({ plan, work, tree, items, entered }: RuleInput): Expected[] {
  if (!plan) return [];
  return [...tree.items.values()].flatMap((item) => {
    if (item.stage === undefined || items.get(item.id)?.percentBasisPoints === wholeBasisPoints) return [];
    if ([...entered].some((stage) => isStatedBy(stage, item))) return [];
    const lastOn = work.finishOf(item.id);
    if (lastOn === undefined) return [];
    return [
      { target: item.id, name: nameWords(item.name, item.id), lastOn, isPromised: false, entry: plan.id },
    ];
  });
}

function promised(input: RuleInput): Expected[] {
  const { figures, work } = input;
  return ['production', 'completion'].flatMap((target) => {
    if (target === 'production' && work.finishOf(target) !== undefined) return [];
    const promise = figures.schedule.forecasts.findLast((forecast) => forecast.target === target);
    if (!promise || isTargetReached(target, input)) return [];
    const { latest, entry } = promise;
    return [{ target, name: targetWords(target, input), lastOn: latest, isPromised: true, entry }];
  });
}
