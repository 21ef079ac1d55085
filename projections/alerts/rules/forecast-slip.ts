import { daysBetween } from '../../../domain/values/calendar.js';
import { periodWords, type Words } from '../../../domain/values/words.js';
import type { Forecast } from '../../schedule/forecasts.js';
import type { Watched } from '../watched.js';
import { counted, limitWords, severityAt } from './limits.js';
import { type EvaluateRule, isTargetReached, nothing, type RuleInput, targetWords } from './rule-input.js';

/** What the latest forecast is compared with, and its slip in days, comparing like ends. */
interface Slip {
  least: number;
  most: number;
  reference: string;
  words: Words;
}

/**
 * For every target not yet reached, the latest forecast against the planned finish or, without one in the plan, against
 * the first forecast, so that many small slips add up. The smaller slip of the two ends counts.
 */
export const forecastSlip: EvaluateRule = (input, rule, limits) => {
  if (input.isComplete) return nothing;
  const first = new Map<string, Forecast>();
  const last = new Map<string, Forecast>();
  for (const forecast of input.figures.schedule.forecasts) {
    if (!first.has(forecast.target)) first.set(forecast.target, forecast);
    last.set(forecast.target, forecast);
  }
  const limit = limitWords(rule, limits);
  const watched = [...last.values()].flatMap((promise): Watched[] => {
    const { target, saidOn, entry } = promise;
    const slip = slipOf(promise, first.get(target), input);
    if (!slip || isTargetReached(target, input)) return [];
    const name = targetWords(target, input);
    const when = periodWords(promise.earliest, promise.latest);
    const { en, zh } = partWords(promise);
    return [
      {
        rule: 'forecast-slip',
        subject: { kind: 'target', id: target },
        cause: 'schedule',
        since: saidOn,
        anchor: `promise:${entry} against:${slip.reference}`,
        evidence: [entry, slip.reference],
        severity: severityAt(limits, slip.least),
        isHeld: false,
        reason: {
          en: `${name.en}${en.scope} is expected ${when.en}, ${slip.words.en}; ${limit.en}.${en.why}`,
          zh: `${name.zh}${zh.scope}预计 ${when.zh}，${slip.words.zh}；${limit.zh}。${zh.why}`,
        },
        clears: {
          en: `${name.en} reached, a promise less than ${counted(limits[0]?.from ?? 0, 'days')} late, or a new plan.`,
          zh: `登记“${name.zh}”已实现，作出推迟少于 ${limits[0]?.from ?? 0} 天的预计，或采用新计划。`,
        },
      },
    ];
  });
  return { watched, changesOn: [] };
};

function slipOf(promise: Forecast, first: Forecast | undefined, { plan, work }: RuleInput): Slip | undefined {
  const finish = work.finishOf(promise.target);
  if (plan && finish !== undefined) {
    const days = daysBetween(finish, promise.latest);
    const words = {
      en: `planned for ${finish}: ${rangeWords(days, days).en}`,
      zh: `计划 ${finish}：${rangeWords(days, days).zh}`,
    };
    return { least: days, most: days, reference: plan.id, words };
  }
  if (!first || first.entry === promise.entry) return undefined;
  const ends = [daysBetween(first.earliest, promise.earliest), daysBetween(first.latest, promise.latest)];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const when = periodWords(first.earliest, first.latest);
  const range = rangeWords(least, most);
  return {
    least,
    most,
    reference: first.entry,
    words: {
      en: `first promised ${when.en}: ${range.en}, like for like`,
      zh: `最初承诺 ${when.zh}：同口径${range.zh}`,
    },
  };
}

function rangeWords(least: number, most: number): Words {
  if (most <= 0) {
    const early = least === most ? `${-most}` : `${-most} to ${-least}`;
    return { en: `${early} days earlier`, zh: `提前 ${early.replace(' to ', ' 至 ')} 天` };
  }
  const late = least === most ? counted(most, 'days') : `${least} to ${most} days`;
  return { en: `${late} later`, zh: `推迟 ${least === most ? most : `${least} 至 ${most}`} 天` };
}

function partWords({ scope, reason }: Forecast): Record<'en' | 'zh', { scope: string; why: string }> {
  const ended = (text: string, stop: string) => (/[.。!！?？]$/.test(text) ? text : `${text}${stop}`);
  return {
    en: { scope: scope ? ` (${scope})` : '', why: reason ? ` Reason: ${ended(reason, '.')}` : '' },
    zh: { scope: scope ? `（${scope}）` : '', why: reason ? `原因：${ended(reason, '。')}` : '' },
  };
}
