import { addDays, dayNumber } from '../../../domain/values/calendar.js';
import { whenWords } from '../../../domain/values/when.js';
import { spaced } from '../../../domain/values/words.js';
import type { Fact } from '../../facts/facts.js';
import type { Describe, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import { isAtRest, isTargetOpen, targetSubject, targetWords } from './rule-input.js';

/** For every target that is still to come, the days since the last one of its latest forecast. */
export const forecastMissed: EvaluateRule = (input, { limits }, found) => {
  if (isAtRest(input)) return;
  for (const forecast of input.forecasts.latest()) {
    const { latest } = forecast.data;
    if (latest === undefined || !isTargetOpen(forecast.data, input)) continue;
    found.since(limits, dayNumber(latest));
    found.condition(missed, forecast);
  }
};

const missed: Describe<Fact<'ForecastGiven'>> = ({ id, data }, { on, day, rule, input }) => {
  const { latest = on } = data;
  const name = targetWords(data, input);
  const when = whenWords(data);
  return {
    subject: targetSubject(data),
    cause: 'schedule',
    since: addDays(latest, 1),
    anchor: () => `promise:${id} last:${latest}`,
    evidence: () => [id],
    reason: () => {
      const days = day - dayNumber(latest);
      return days > 0
        ? {
            en: `${name.en} was expected ${when.en} and is not reached, ${counted(days, 'days')} after the last day of that forecast; ${rule.words.en}.`,
            zh: `“${name.zh}”预计${spacedWithin(when.zh)}实现，已过 ${days} 天仍未实现；${rule.words.zh}。`,
          }
        : {
            en: `${name.en} is expected ${when.en} and is not reached yet; ${rule.words.en}.`,
            zh: `“${name.zh}”预计${spacedWithin(when.zh)}实现，目前尚未实现；${rule.words.zh}。`,
          };
    },
    clears: () => ({
      en: `${name.en} reached, or a new forecast for it, with a later day or none.`,
      zh: `登记“${name.zh}”已实现，或重新预计（日期推后或未定）。`,
    }),
  };
};

/** Chinese text separates figures from words. */
export function spacedWithin(when: string): string {
  return `${/^\d/.test(when) ? ' ' : ''}${spaced(when)}`;
}
