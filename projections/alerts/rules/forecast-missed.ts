import { addDays, dayNumber } from '../../../domain/values/days/calendar.js';
import { whenWords } from '../../../domain/values/when.js';
import { afterWord, spaced, type Words } from '../../../domain/values/words.js';
import type { Fact } from '../../facts/facts.js';
import type { Describe, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import { isAtRest, isTargetOpen, targetSubject, targetWords } from './rule-input.js';
import { targetState } from './target-state.js';

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
  const { notYet, zh, reported } = targetState(data, input);
  const when = whenWords(data);
  const expected = `${zh.who}预计${spacedWithin(when.zh)}${zh.verb}`;
  return {
    subject: targetSubject(data),
    cause: 'schedule',
    since: addDays(latest, 1),
    anchor: () => `promise:${id} last:${latest}`,
    evidence: () => [id],
    counts: () => ({ is: 'day', name: lastOfForecast, entries: [id] }),
    reason: () => {
      const days = day - dayNumber(latest);
      return days > 0
        ? {
            en: `${name.en} was expected ${when.en} and ${notYet}, ${counted(days, 'days')} after the last day of that forecast; ${rule.words.en}.`,
            zh: `${expected}，已过 ${days} 天仍未${zh.verb}；${rule.words.zh}。`,
          }
        : {
            en: `${name.en} is expected ${when.en} and ${notYet} yet; ${rule.words.en}.`,
            zh: `${expected}，目前尚未${zh.verb}；${rule.words.zh}。`,
          };
    },
    clears: () => ({
      en: `${reported.en}, or a new forecast of it, with a later day or none.`,
      zh: `${reported.zh}，或重新预计（日期推后或未定）。`,
    }),
  };
};

export const lastOfForecast: Words = { en: 'Last day of the forecast', zh: '预计的最后一天' };

/** Chinese text separates figures from words. */
export function spacedWithin(when: string): string {
  return afterWord(spaced(when));
}
