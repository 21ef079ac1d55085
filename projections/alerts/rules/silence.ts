import type { Silence } from '../../../domain/alerts/events.js';
import { itemOf } from '../../../domain/project/facts/members.js';
import { wholeBasisPoints } from '../../../domain/values/basis-points.js';
import { daysBetween, yearOf } from '../../../domain/values/calendar.js';
import { lexicon1 } from '../../../domain/values/lexicon.js';
import { nameWords, percentText, type Words } from '../../../domain/values/words.js';
import { rangeOf } from '../../completion/statements.js';
import type { Fact } from '../../facts/facts.js';
import type { Sighting } from '../../facts/identity.js';
import { counted, daysAhead, limitWords, severityAt } from './limits.js';
import { type EvaluateRule, isAtRest, nothing, type RuleInput } from './rule-input.js';
import { stillnessOf } from './stillness.js';

/** No report for a number of days since the last one, or since the first known day if there never was one. */
export const unreported: EvaluateRule = (input, rule, limits) => {
  const { figures, reports, on } = input;
  const last = reports.at(-1);
  const since = last?.asOf ?? figures.firstOn;
  if (isAtRest(input) || since === null) return nothing;
  const days = daysBetween(since, on);
  const limit = limitWords(rule, limits);
  const [en, zh] = last
    ? [`last report ${since}`, `最近报告 ${since}`]
    : [`never since ${since}`, `自 ${since} 起从未报告`];
  return {
    watched: [
      {
        rule: 'unreported',
        subject: { kind: 'project' },
        cause: 'silence',
        silence: 'unreported',
        since,
        anchor: last ? `report:${last.id}` : `first:${since}`,
        evidence: last ? [last.id] : figures.lastEntry ? [figures.lastEntry.id] : [],
        severity: severityAt(limits, days),
        isHeld: false,
        reason: {
          en: `Nobody has reported for ${counted(days, 'days')} (${en}); ${limit.en}.`,
          zh: `已 ${days} 天无人报告（${zh}）；${limit.zh}。`,
        },
        clears: {
          en: `Any report about a day after ${since}, also one that nothing changed.`,
          zh: `任何关于 ${since} 之后的报告，“无变化”也算。`,
        },
      },
    ],
    changesOn: daysAhead(limits, since, on),
  };
};

/**
 * No weighted item rose for a number of days although reports came.
 *
 * The days count from the last rise; from the day on which suspended or stalled works resumed; or, if nothing ever
 * rose, from the first known day or the planned start, whichever is later. Reports count from the day after.
 */
export const silentStall: EvaluateRule = (input, rule, limits) => {
  const { reports, work, on } = input;
  if (isAtRest(input)) return nothing;
  if (work.leaves.length === 0)
    return {
      ...nothing,
      why: { en: 'no plan with weighted items is in force', zh: '没有带权重工作项的有效计划' },
    };
  const { rise, since, from, words } = stillnessOf(input);
  const after = reports.filter((report) => report.asOf > since);
  const last = after.at(-1);
  const days = daysBetween(since, on);
  const silence = last ? silenceOf(last, input) : 'nothing-rose';
  const limit = limitWords(rule, limits);
  const reported = last
    ? reportWords(silence, last, after.length)
    : { en: ', and nothing was reported since', zh: '，此后也没有任何报告' };
  return {
    watched: [
      {
        rule: 'silent-stall',
        subject: { kind: 'project' },
        cause: 'silence',
        silence,
        since,
        anchor: `rise:${rise ?? 'none'} from:${from ?? since} report:${after[0]?.id ?? 'none'}`,
        evidence: [...new Set([rise, from, last?.id])].filter((entry) => entry !== undefined),
        severity: last ? severityAt(limits, days) : null,
        isHeld: false,
        reason: {
          en: `No weighted item has risen for ${counted(Math.max(0, days), 'days')} (${words.en})${reported.en}; ${limit.en}.`,
          zh: `加权工作项已 ${Math.max(0, days)} 天没有上升（${words.zh}）${reported.zh}；${limit.zh}。`,
        },
        clears: risingWords(input),
      },
    ],
    changesOn: last ? daysAhead(limits, since, on) : [],
  };
};

function silenceOf(last: Sighting, input: RuleInput): Silence {
  if (last.type === 'NoChangeReported') return 'no-change';
  return saysZero(last, input) ? 'zero' : 'nothing-rose';
}

/** True for a measure of 0, a month without money, and an unchanged level of money. */
function saysZero(report: Sighting, { facts, tree }: RuleInput): boolean {
  const fact = facts.find(({ id }) => id === report.id);
  if (fact?.type === 'ProgressMeasured')
    return rangeOf(fact.data.measure, tree.items.get(itemOf(fact.data)), lexicon1).percent === 0;
  if (fact?.type !== 'InvestmentReported') return false;
  const { span, amount } = fact.data;
  if (span === 'month' || amount.amountMinor === 0) return amount.amountMinor === 0;
  const before = facts
    .slice(0, facts.indexOf(fact))
    .findLast((other) => other.type === 'InvestmentReported' && isLike(other, fact));
  return before?.type === 'InvestmentReported' && before.data.amount.amountMinor === amount.amountMinor;
}

function isLike(one: Fact<'InvestmentReported'>, other: Fact<'InvestmentReported'>): boolean {
  const { span, basis, amount } = one.data;
  return (
    span === other.data.span &&
    basis === other.data.basis &&
    amount.currency === other.data.amount.currency &&
    (span !== 'year' || yearOf(one.asOf) === yearOf(other.asOf))
  );
}

function reportWords(silence: Silence, { asOf }: Sighting, count: number): Words {
  if (silence === 'no-change')
    return {
      en: `, and the last report (${asOf}) says that nothing changed`,
      zh: `，最近一次报告（${asOf}）称“无变化”`,
    };
  if (silence === 'zero')
    return { en: `, and the last report (${asOf}) says zero`, zh: `，最近一次报告（${asOf}）为零` };
  return count === 1
    ? { en: `, although a report came on ${asOf}`, zh: `，而 ${asOf} 有过报告` }
    : {
        en: `, although ${count} reports came, the last on ${asOf}`,
        zh: `，其间却有 ${count} 次报告，最近一次 ${asOf}`,
      };
}

function risingWords({ work, items }: RuleInput): Words {
  const next = work.leaves.find(
    ({ item }) => items.get(item.id)?.percentBasisPoints !== wholeBasisPoints,
  )?.item;
  if (!next) return { en: 'A report that the works are done.', zh: '报告工程完工。' };
  const name = nameWords(next.name, next.id);
  const percent = percentText(items.get(next.id)?.percentBasisPoints ?? 0);
  return {
    en: `A report that a weighted item is further than before, such as ${name.en} (${percent} % now).`,
    zh: `报告任一加权工作项有新进展，例如“${name.zh}”（现为 ${percent}%）。`,
  };
}
