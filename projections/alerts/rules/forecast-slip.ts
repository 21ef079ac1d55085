import { asideWords } from '../../../domain/project/facts/forecast-given.js';
import { exactness } from '../../../domain/values/day-marks.js';
import { dayWords } from '../../../domain/values/day-words.js';
import { type Day, daysBetween } from '../../../domain/values/days/calendar.js';
import { whenWords } from '../../../domain/values/when.js';
import { afterWord, type Words } from '../../../domain/values/words.js';
import type { Slip } from '../../schedule/forecasts.js';
import { spacedWithin } from './forecast-missed.js';
import type { Describe, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import { isTargetOpen, targetSubject, targetWords } from './rule-input.js';
import { targetState } from './target-state.js';

/**
 * For every target not yet reached, the latest forecast against the planned day or, without one in the plan, against the
 * first forecast. The smaller slip of the two ends counts; a delay without a day reaches the lowest limit.
 */
export const forecastSlip: EvaluateRule = (input, { limits, mildest }, found) => {
  if (input.isComplete) return;
  for (const slip of input.forecasts.slips(input.table.work)) {
    if (!isTargetOpen(slip.forecast.data, input)) continue;
    found.always(limits, slip.days?.leastDays ?? mildest);
    found.condition(slipped, slip);
  }
};

const slipped: Describe<Slip> = (slip, { rule, input }) => {
  const { forecast, from } = slip;
  const reference = typeof from === 'string' ? input.table.plan?.id : from?.id;
  const name = targetWords(forecast.data, input);
  const { reported, zh } = targetState(forecast.data, input);
  return {
    subject: targetSubject(forecast.data),
    cause: 'schedule',
    since: forecast.asOf,
    sinceExactness: () => exactness(forecast.entry),
    anchor: () => `promise:${forecast.id} against:${reference ?? ''}`,
    evidence: () => [forecast.id, ...(reference === undefined ? [] : [reference])],
    counts: () => ({ is: 'slip', slip }),
    reason: () => {
      const when = whenWords(forecast.data);
      // What a person wrote is not copied into an event of the system, so that it can be erased with them.
      const isWritten = forecast.entry.verification === 'signed-in';
      const { scope, reason } = asideWords(isWritten ? { scope: forecast.data.scope } : forecast.data);
      const words = slipWords(slip);
      if (!slip.days)
        return {
          en: `${name.en}${scope.en} is ${when.en}${words.en}; it counts as ${counted(rule.mildest, 'days')} late until a day is named.${reason.en}`,
          zh: `${zh.who}${scope.zh}${when.zh.replace('延期', `延期${zh.verb}`)}${words.zh}；未定日期前按推迟 ${rule.mildest} 天计。${reason.zh}`,
        };
      return {
        en: `${name.en}${scope.en} is expected ${when.en}${words.en}; ${rule.words.en}.${reason.en}`,
        zh: `${zh.who}${scope.zh}预计${spacedWithin(when.zh)}${zh.verb}${words.zh}；${rule.words.zh}。${reason.zh}`,
      };
    },
    clears: () => ({
      en: `${reported.en}, a forecast less than ${counted(rule.mildest, 'days')} late, or a new plan.`,
      zh: `${reported.zh}，作出推迟少于 ${rule.mildest} 天的预计，或发布新计划。`,
    }),
  };
};

/** What the forecast is compared with, and the slip where it has days. */
function slipWords({ forecast, from, days }: Slip): Words {
  if (from === undefined) return { en: '', zh: '' };
  if (typeof from === 'string') {
    const on = dayWords(from);
    const late = days && fromPlanWords(from, days.leastDays, forecast.data);
    return {
      en: `, planned for ${on.en}${late ? `: ${late.en}` : ''}`,
      zh: `，计划 ${on.zh}${late ? `：${late.zh}` : ''}`,
    };
  }
  const range = days ? rangeWords(days.leastDays, days.mostDays) : undefined;
  const when = whenWords(from.data);
  return {
    en: `, first promised ${when.en}${range ? `: ${range.en}, like for like` : ''}`,
    zh: `，最初承诺${afterWord(when.zh)}${range ? `：同口径${range.zh}` : ''}`,
  };
}

/** From the planned day to the days of a forecast: the last one, which counts, and the first one if it is later too. */
function fromPlanWords(planned: Day, days: number, { earliest, latest }: Slip['forecast']['data']): Words {
  const words = rangeWords(days, days);
  if (days <= 0 || earliest === latest) return words;
  if (latest === undefined) return { en: `at least ${words.en}`, zh: words.zh.replace('推迟', '至少推迟') };
  const least = earliest === undefined ? 0 : daysBetween(planned, earliest);
  if (least > 0) return rangeWords(least, days);
  return { en: `up to ${words.en}`, zh: words.zh.replace('推迟', '最多推迟') };
}

function rangeWords(least: number, most: number): Words {
  if (least === 0 && most === 0) return { en: 'no later', zh: '未推迟' };
  if (most <= 0) {
    const early = least === most ? `${-most}` : `${-most} to ${-least}`;
    return { en: `${early} days earlier`, zh: `提前 ${early.replace(' to ', ' 至 ')} 天` };
  }
  const late = least === most ? counted(most, 'days') : `${least} to ${most} days`;
  return { en: `${late} later`, zh: `推迟 ${least === most ? most : `${least} 至 ${most}`} 天` };
}
