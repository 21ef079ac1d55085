import { periodWords, type Words } from '../../../domain/values/words.js';
import type { Fact } from '../../facts/facts.js';
import type { Slip } from '../../schedule/forecasts.js';
import type { Describe, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import { isTargetReached, targetWords } from './rule-input.js';

/**
 * For every target not yet reached, the latest forecast against the planned finish or, without one in the plan, against
 * the first forecast. The smaller slip of the two ends counts.
 */
export const forecastSlip: EvaluateRule = (input, { limits }, found) => {
  if (input.isComplete) return;
  for (const slip of input.forecasts.slips(input.table.work)) {
    if (isTargetReached(slip.forecast.data.target, input)) continue;
    found.always(limits, slip.leastDays);
    found.condition(slipped, slip);
  }
};

const slipped: Describe<Slip> = (slip, { rule, input }) => {
  const { forecast, from } = slip;
  const { target, earliest, latest } = forecast.data;
  const reference = typeof from === 'string' ? (input.table.plan?.id ?? '') : from.id;
  const name = targetWords(target, input);
  return {
    subject: { kind: 'target', id: target },
    cause: 'schedule',
    since: forecast.asOf,
    anchor: () => `promise:${forecast.id} against:${reference}`,
    evidence: () => [forecast.id, reference],
    reason: () => {
      const when = periodWords(earliest, latest);
      const { en, zh } = partWords(forecast);
      const words = slipWords(slip);
      return {
        en: `${name.en}${en.scope} is expected ${when.en}, ${words.en}; ${rule.words.en}.${en.why}`,
        zh: `${name.zh}${zh.scope}预计 ${when.zh}，${words.zh}；${rule.words.zh}。${zh.why}`,
      };
    },
    clears: () => ({
      en: `${name.en} reached, a promise less than ${counted(rule.mildest, 'days')} late, or a new plan.`,
      zh: `登记“${name.zh}”已实现，作出推迟少于 ${rule.mildest} 天的预计，或采用新计划。`,
    }),
  };
};

function slipWords({ from, leastDays, mostDays }: Slip): Words {
  const range = rangeWords(leastDays, mostDays);
  if (typeof from === 'string')
    return { en: `planned for ${from}: ${range.en}`, zh: `计划 ${from}：${range.zh}` };
  const when = periodWords(from.data.earliest, from.data.latest);
  return {
    en: `first promised ${when.en}: ${range.en}, like for like`,
    zh: `最初承诺 ${when.zh}：同口径${range.zh}`,
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

function partWords({ data }: Fact<'ForecastGiven'>): Record<'en' | 'zh', { scope: string; why: string }> {
  const { scope, reason } = data;
  const ended = (text: string, stop: string) => (/[.。!！?？]$/.test(text) ? text : `${text}${stop}`);
  return {
    en: { scope: scope ? ` (${scope})` : '', why: reason ? ` Reason: ${ended(reason, '.')}` : '' },
    zh: { scope: scope ? `（${scope}）` : '', why: reason ? `原因：${ended(reason, '。')}` : '' },
  };
}
