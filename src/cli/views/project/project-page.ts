import { bracketedDay, markedDay, markedDayWords } from '../../../../domain/values/day-marks.js';
import { bracketed } from '../../../../domain/values/punctuation.js';
import { whenWords } from '../../../../domain/values/when.js';
import { coverageWords } from '../../../../projections/completion/coverage-words.js';
import { annualPlanWords } from '../../../../projections/money/annual-plan-words.js';
import { otherMoneyWords } from '../../../../projections/money/other-money.js';
import { askedOfPassed } from '../../../../projections/stalls/stall-words.js';
import type { Project, Promised } from '../../client/answers.js';
import type { Language, Terminal } from '../../terminal.js';
import { alertLines } from '../alerts/alert-lines.js';
import { money, percent, points, range } from '../figures.js';
import { pairs, plain, table } from '../table.js';
import { columns, either, type Label, label, spoken, stallText, targetText, term } from '../words.js';
import { contradictionLines } from './contradictions.js';
import { itemTable } from './item-table.js';

/** One project in full: identity, figures, forecasts, stalls, contradictions and items. */
export function projectPage(
  answer: Project,
  project: string,
  terminal: Pick<Terminal, 'bold' | 'coloured' | 'calledAs'>,
  language: Language,
): string {
  const title = bracketed(plain(answer.details.name || project), project, language);
  const sections: [Label, string][] = [
    ['alerts', alertLines(answer.alerts, terminal, language)],
    ['forecasts', forecastTable(answer, language)],
    ['baselines', baselineTable(answer, language)],
    ['accuracy', accuracyTable(answer, language)],
    ['stalls', stallTable(answer, language)],
    ['contradictions', contradictionLines(answer, project, terminal, language)],
    ['grown', (answer.completion.grown ?? []).map(({ words }) => plain(words)).join('\n')],
    ['items', itemTable(answer.completion.items, language)],
  ];
  const shown = sections
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${terminal.bold(label(name, language))}\n${text}`);
  return [`${terminal.bold(title)}\n${pairs(headlines(answer, language))}`, ...shown].join('\n\n');
}

function headlines(answer: Project, language: Language): [string, string][] {
  const { details, stage, isSuspended, lastReportOn, lastReportOnExactness } = answer;
  const about = [details.owner, details.district, details.sector, details.phase].filter(
    (text) => text !== undefined,
  );
  const stages = [
    stage
      ? bracketed(term(stage.stage, language), spoken(bracketedDay(stage.since, stage), language), language)
      : '',
    isSuspended ? term('suspended', language) : '',
  ];
  const { capacity } = details;
  const rows: [Label, string][] = [
    ['about', about.join(' · ')],
    [
      'capacity',
      capacity
        ? `${capacity.amount.toLocaleString('en-US')} ${capacity.unit} / ${perWords(capacity.per, language)}`
        : '',
    ],
    ['stage', stages.filter(Boolean).join(either(language, ', ', '，'))],
    ['completion', completionText(answer, language)],
    ['invested', investedText(answer, language)],
    ['otherMoney', otherMoneyText(answer, language)],
    ['headline', headlineText(answer)],
    ['annualPlan', annualPlanText(answer, language)],
    ['schedule', scheduleText(answer, language)],
    ['lastReport', lastReportOn ? markedDayWords(lastReportOn, lastReportOnExactness)[language] : ''],
  ];
  return rows.filter(([, text]) => text !== '').map(([name, text]) => [label(name, language), text]);
}

function completionText({ completion }: Project, language: Language): string {
  const { coverageBasisPoints, isStatedWhole, plan } = completion;
  if (!plan && !isStatedWhole)
    return either(language, 'no plan is in force, so there is no percentage yet', '尚无计划，无法计算进度');
  const coverage = plan
    ? spoken(coverageWords(completion, percent(coverageBasisPoints, language)), language)
    : either(language, 'reported as a whole', '已上报项目总体');
  const by = plan
    ? either(language, `plan ${plan.version} (${plan.basis})`, `第 ${plan.version} 版计划（${plan.basis}）`)
    : either(language, 'no plan is in force', '尚无计划');
  return [range(completion, language), coverage, by].join(either(language, '; ', '；'));
}

function investedText({ investment }: Project, language: Language): string {
  const { sinceStartMinor, currency, basis, asOf, precision, shareOfPlanBasisPoints, shareIs } = investment;
  if (sinceStartMinor === null || currency === null || asOf === null || precision === null)
    return either(language, 'nobody reported a figure', '未上报');
  const day = spoken(bracketedDay(asOf, { ...investment, precision }), language);
  const share =
    shareOfPlanBasisPoints === null || shareIs === null
      ? ''
      : either(
          language,
          `, ${percent(shareOfPlanBasisPoints, language)} of the plan (${term(shareIs, language)})`,
          `，占总投资 ${percent(shareOfPlanBasisPoints, language)}（${term(shareIs, language)}）`,
        );
  const how = [day, term(basis ?? 'unknown', language)].join(either(language, ', ', '，'));
  return `${bracketed(money(sinceStartMinor, currency, language), how, language)}${share}`;
}

function otherMoneyText({ investment, completion: { items } }: Project, language: Language): string {
  const words = otherMoneyWords(
    investment.figures,
    (amountMinor, currency) => ({
      en: money(amountMinor, currency, 'en'),
      zh: money(amountMinor, currency, 'zh'),
    }),
    (id) => {
      const name = items.find(({ item }) => item === id)?.name ?? id;
      return { en: name, zh: name };
    },
  );
  return words ? `${spoken(words, language)}${either(language, '; never added up', '；不相加')}` : '';
}

/** Why this figure is the headline, where there are several. */
function headlineText({ investment: { byBasis, why } }: Project): string {
  const count = byBasis.filter(({ sinceStartMinor }) => sinceStartMinor !== null).length;
  return count > 1 ? (why ?? '') : '';
}

function annualPlanText({ investment: { annualPlan } }: Project, language: Language): string {
  if (!annualPlan) return '';
  const words = annualPlanWords(annualPlan, (amountMinor, currency) => ({
    en: money(amountMinor, currency, 'en'),
    zh: money(amountMinor, currency, 'zh'),
  }));
  return spoken(words, language);
}

function scheduleText(
  { schedule: { plannedBasisPoints, aheadBasisPoints, slips, overdue }, completion: { items } }: Project,
  language: Language,
): string {
  const named = (target: string, what?: 'start') =>
    targetText({ target, ...(what ? { what } : {}) }, items, language);
  const planned =
    plannedBasisPoints === null
      ? []
      : [
          either(
            language,
            `planned ${percent(plannedBasisPoints, language)}`,
            `序时进度 ${percent(plannedBasisPoints, language)}`,
          ),
        ];
  const ahead = aheadBasisPoints === null ? [] : [points(aheadBasisPoints, language)];
  const late = slips.map((slip) =>
    either(
      language,
      `${named(slip.target)} ${slip.slipDays} days after its plan`,
      `${named(slip.target)} 较计划推迟 ${slip.slipDays} 天`,
    ),
  );
  const due = overdue.map((one) =>
    either(language, `${named(one.item)} ${one.days} days overdue`, `${named(one.item)} 逾期 ${one.days} 天`),
  );
  return [...planned, ...ahead, ...late, ...due].join(either(language, ', ', '，'));
}

function forecastTable(
  { schedule: { forecasts }, completion: { items } }: Project,
  language: Language,
): string {
  if (forecasts.length === 0) return '';
  return table(
    columns(['saidOn', 'target', 'expected', 'slip', 'missed', 'why'], language),
    forecasts.map((forecast) => [
      markedDay(forecast.saidOn, forecast, language),
      targetText(forecast, items, language),
      spoken(whenWords(forecast), language),
      forecast.slip ? slipText(forecast.slip, language) : '',
      missedText(forecast, language),
      [forecast.scope, forecast.reason].filter(Boolean).join(': '),
    ]),
  );
}

/** Slips against each named plan, and against nothing else. */
function baselineTable(
  { schedule: { baselines = [] }, completion: { items } }: Project,
  language: Language,
): string {
  const rows = baselines.flatMap(({ name, version, slips }) =>
    slips.map((slip) => [
      either(language, `${name} (plan ${version})`, `${name}（第 ${version} 版计划）`),
      targetText(slip, items, language),
      slip.baselineOn,
      slip.plannedOn ?? '',
      daysText(slip.plannedSlipDays, language),
      slip.forecastOn ?? '',
      daysText(slip.forecastSlipDays, language),
    ]),
  );
  const names = ['baseline', 'target', 'baselineOn', 'plannedOn', 'slip', 'expected', 'slip'] as const;
  return rows.length === 0 ? '' : table(columns([...names], language), rows);
}

function daysText(days: number | null, language: Language): string {
  if (days === null) return '';
  const signed = days > 0 ? `+${days}` : `${days}`;
  return either(language, `${signed} days`, `${signed} 天`);
}

/** How near the forecasts of each source came, once their days are known. */
function accuracyTable({ schedule: { accuracy } }: Project, language: Language): string {
  if (accuracy.length === 0) return '';
  return table(
    columns(['source', 'known', 'kept', 'meanLate'], language, ['known', 'kept', 'meanLate']),
    accuracy.map(({ source, known, kept, meanLateDays }) => [
      plain(source),
      `${known}`,
      `${kept}`,
      either(language, `${meanLateDays} days`, `${meanLateDays} 天`),
    ]),
  );
}

/** The day on which it was reached, and by how many days its last day was missed. */
function missedText({ reachedOn, reachedOnExactness, missedDays }: Promised, language: Language): string {
  const missed = missedDays === undefined ? '' : either(language, `${missedDays} days`, `${missedDays} 天`);
  const on = reachedOn && markedDayWords(reachedOn, reachedOnExactness);
  const reached = on ? either(language, `reached ${on.en}`, `${on.zh}实现`) : '';
  return [missed, reached].filter(Boolean).join(either(language, ', ', '，'));
}

function slipText(
  { leastDays: least, mostDays: most }: NonNullable<Promised['slip']>,
  language: Language,
): string {
  if (least === null || most === null) return '';
  const days = least === most ? `${least}` : either(language, `${least} to ${most}`, `${least} 至 ${most}`);
  return either(language, `${days} days`, `${days} 天`);
}

function stallTable({ stalls: { episodes } }: Project, language: Language): string {
  if (episodes.length === 0) return '';
  const isAsked = episodes.some(({ isPastExpectedEnd }) => isPastExpectedEnd);
  const asked = isAsked ? `\n${spoken(askedOfPassed, language)}` : '';
  const shown = table(
    columns(['stall', 'cause', 'from', 'to', 'status'], language),
    episodes.map((one) => [
      one.stall,
      stallText(one, language),
      markedDay(one.from, one.fromExactness, language),
      one.clearedOn ? markedDay(one.clearedOn, one.clearedOnExactness, language) : (one.to ?? ''),
      term(one.status, language),
    ]),
  );
  return `${shown}${asked}`;
}

function perWords(per: 'year' | 'month' | 'day', language: Language): string {
  return either(language, per, { year: '年', month: '月', day: '日' }[per]);
}
