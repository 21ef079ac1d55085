import type { Silence } from '../../../domain/alerts/events.js';
import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import { type Exactness, markedDayInBrackets, markedDayWords } from '../../../domain/values/day-marks.js';
import { dayWords } from '../../../domain/values/day-words.js';
import { type Day, dayOf } from '../../../domain/values/days/calendar.js';
import { firstWhere } from '../../../domain/values/search.js';
import { nameWords, percentText, spaced, type Words } from '../../../domain/values/words.js';
import type { Standing } from '../../stalls/standing.js';
import type { Describe, EvaluateRule } from './found.js';
import { counted } from './limits.js';
import { isAtRest, type RuleInput } from './rule-input.js';
import {
  type Beginning,
  beginningNames,
  beginningOf,
  beginningWords,
  dayOfBeginning,
  entryOfBeginning,
} from './stillness.js';

/** No report for a number of days since the last one, or since the first known day if there never was one. */
export const unreported: EvaluateRule = (input, { limits }, found) => {
  // While a project is suspended, its alert asks for the next report.
  if (isAtRest(input) || input.isSuspended) return;
  const since = input.lastReportOn ?? input.firstOn;
  found.since(limits, since);
  found.condition(quiet, since);
};

const quiet: Describe<number> = (from, { day, rule, input, evidence }) => {
  const since = dayOf(from);
  const isReported = input.lastReportOn !== undefined;
  const last = () => (isReported ? evidence.lastReport?.id : undefined);
  const known = () =>
    isReported ? input.lastReportOnExactness : evidence.exactnessOf(evidence.firstEntry, since);
  return {
    subject: { kind: 'project' },
    cause: 'silence',
    silence: () => 'unreported',
    since,
    sinceExactness: known,
    anchor: () => (isReported ? `report:${last()}` : `first:${since}`),
    evidence: () => [last() ?? evidence.lastEntry].filter((entry) => entry !== undefined),
    counts: () => ({
      is: 'day',
      name: isReported ? { en: 'Last report', zh: '最近报告' } : beginningNames['first-day'],
      entries: [last() ?? evidence.firstEntry],
    }),
    reason: () => {
      const on = markedDayInBrackets(since, known());
      const [en, zh] = isReported
        ? [`last report ${on.en}`, `最近报告 ${on.zh}`]
        : [`never since ${on.en}`, `自 ${spaced(on.zh)}起从未报告`];
      return {
        en: `Nobody has reported for ${counted(day - from, 'days')} (${en}); ${rule.words.en}.`,
        zh: `已 ${day - from} 天无人报告（${zh}）；${rule.words.zh}。`,
      };
    },
    clears: () => ({
      en: `Any report about a day after ${dayWords(since).en}, also one that nothing changed.`,
      zh: `任何关于 ${dayWords(since).zh}之后的报告，“无变化”也算。`,
    }),
  };
};

/**
 * No weighted item rose for a number of days, and a later report says so: no change, the same figure, zero. A report
 * without a figure is no sign of a stall.
 */
export const silentStall: EvaluateRule = (input, { limits }, found) => {
  if (isAtRest(input)) return;
  if (input.table.work.leaves.length === 0) return found.lacking(withoutWeights);
  const beginning = beginningOf(input);
  const since = dayOfBeginning(beginning, input);
  if ((input.standing.last?.on ?? -Infinity) > since) found.since(limits, since);
  found.condition(still, beginning);
};

const still: Describe<Beginning> = (beginning, { day, rule, input, evidence }) => {
  const from = dayOfBeginning(beginning, input);
  const since = dayOf(from);
  const { standing } = input;
  let known: number | undefined;
  /** The place of the first report after the day. */
  const firstAfter = () => {
    known ??= firstWhere(0, standing.length, (place) => (standing.at(place) as Standing).on > from);
    return known;
  };
  const countAfter = () => standing.length - firstAfter();
  const lastAfter = () => (countAfter() > 0 ? standing.last : undefined);
  const silence = () => lastAfter()?.silence ?? 'nothing-rose';
  const begun = () => entryOfBeginning(beginning, input, evidence);
  const beganBy = () => (beginning === 'first-day' ? evidence.firstEntry : begun());
  // The planned start is a day that the plan names.
  const exactness = () =>
    beginning === 'planned-start' ? undefined : evidence.exactnessOf(beganBy(), since);
  return {
    subject: { kind: 'project' },
    cause: 'silence',
    silence,
    since,
    sinceExactness: exactness,
    anchor: () =>
      `rise:${evidence.riseEntry ?? 'none'} from:${begun() ?? since} report:${standing.at(firstAfter())?.id ?? 'none'}`,
    evidence: () => {
      const entries = [evidence.riseEntry, begun(), lastAfter()?.id];
      return [...new Set(entries)].filter((entry) => entry !== undefined);
    },
    counts: () => ({ is: 'day', name: beginningNames[beginning], entries: [beganBy()] }),
    reason: () => {
      const words = beginningWords(beginning, markedDayInBrackets(since, exactness()));
      const days = Math.max(0, day - from);
      const last = lastAfter();
      const reported = last
        ? reportWords(silence(), last.asOf, evidence.exactnessOf(last.id, last.asOf), countAfter())
        : { en: ', and no figure was reported since', zh: '，此后没有上报数据' };
      return {
        en: `No weighted item has risen for ${counted(days, 'days')} (${words.en})${reported.en}; ${rule.words.en}.`,
        zh: `加权工程部位已 ${days} 天没有上升（${words.zh}）${reported.zh}；${rule.words.zh}。`,
      };
    },
    clears: () => risingWords(input),
  };
};

function reportWords(silence: Silence, day: Day, exactness: Exactness, count: number): Words {
  const on = markedDayInBrackets(day, exactness);
  const marked = markedDayWords(day, exactness).en;
  if (silence === 'no-change')
    return {
      en: `, and the last report (${on.en}) says that nothing changed`,
      zh: `，最近一次报告（${on.zh}）称“无变化”`,
    };
  if (silence === 'zero')
    return { en: `, and the last report (${on.en}) says zero`, zh: `，最近一次报告（${on.zh}）为零` };
  return count === 1
    ? {
        en: `, and the figure reported on ${marked} is no higher`,
        zh: `，${spaced(on.zh)}上报的数据未上升`,
      }
    : {
        en: `, and ${count} reports since, the last on ${marked}, are no higher`,
        zh: `，其间 ${count} 次上报均未上升，最近一次 ${on.zh}`,
      };
}

function risingWords(input: RuleInput): Words {
  const { work, places } = input.table;
  const placeOf = (id: string) => places.get(id) ?? -1;
  const next = work.leaves.find(({ item }) => input.topOf(placeOf(item.id)) !== wholeBasisPoints)?.item;
  if (!next) return { en: 'A report that the works are done.', zh: '报告工程完工。' };
  const name = nameWords(next.name, next.id);
  const top = input.topOf(placeOf(next.id));
  const percent = percentText(top);
  const level =
    top > input.percentOf(placeOf(next.id))
      ? { en: `${percent} % reported before`, zh: `曾报 ${percent}%` }
      : { en: `${percent} % now`, zh: `现为 ${percent}%` };
  return {
    en: `A report that a weighted item is further than before, such as ${name.en} (${level.en}).`,
    zh: `报告任一加权工程部位有新进展，例如“${name.zh}”（${level.zh}）。`,
  };
}

const withoutWeights = () => ({
  en: 'no plan with weighted items is in force',
  zh: '没有带权重工程部位的有效计划',
});
