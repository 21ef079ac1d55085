import { basisWords } from '../../domain/project/facts/investment-reported.js';
import { nameWords, type Words } from '../../domain/values/words.js';
import type { ProjectRow } from '../project/project.js';
import { type ExplainedNode, nodesOf } from './explanation.js';
import { exactly, one } from './terms/exact.js';
import { between, leaf, mean, type Term, total } from './terms/term.js';

/** A total over projects: the figures of the projects that it is the sum or the mean of. */
export interface TotalExplanation {
  figure: string;
  nodes: ExplainedNode[];
  /** Projects that do not count for it, with the reason, in the order of the rows. */
  notCounted: { project: string; words: Words }[];
}

const completions = {
  floor: { member: 'floorBasisPoints', name: { en: 'Mean of what is stated', zh: '下限平均值' } },
  percent: { member: 'percentBasisPoints', name: { en: 'Mean percent', zh: '平均形象进度' } },
  ceiling: { member: 'ceilingBasisPoints', name: { en: 'Mean of at most', zh: '上限平均值' } },
} as const;

/**
 * Explains a total over rows as `portfolio` computes it; undefined for one that the rows do not have.
 *
 * Figures: `percent`, `floor`, `ceiling`, `invested:BASIS:CURRENCY`; of the year of the day `annual-plan:CURRENCY`,
 * `annual-invested:BASIS:CURRENCY` and `annual-share:BASIS:CURRENCY`.
 */
export function explainTotal(rows: readonly ProjectRow[], figure: string): TotalExplanation | undefined {
  const counting = rows.filter(({ stage }) => stage !== 'cancelled');
  const left: { project: string; words: Words }[] = rows.flatMap(({ project, stage }) =>
    stage === 'cancelled' ? [{ project, words: cancelledWords }] : [],
  );
  const [kind, basis, currency] = figure.split(':');
  const found =
    kind === 'invested'
      ? investedIn(counting, `${basis}:${currency}`, figure)
      : kind?.startsWith('annual-')
        ? ofYears(counting, figure)
        : basis === undefined && Object.hasOwn(completions, figure)
          ? meanOf(counting, figure as keyof typeof completions)
          : undefined;
  if (!found) return undefined;
  return { figure, nodes: nodesOf(found.term), notCounted: [...found.left, ...left] };
}

/** The totals that `explainTotal` has for rows. */
export function explainableTotals(rows: readonly ProjectRow[]): string[] {
  const counting = rows.filter(({ stage }) => stage !== 'cancelled');
  const kinds = new Set(counting.flatMap(({ investment }) => (investment ? [kindOf(investment)] : [])));
  const means = counting.some(({ hasPlan }) => hasPlan) ? Object.keys(completions) : [];
  const years = counting.flatMap(({ annualPlan }) => (annualPlan ? [annualPlan] : []));
  const ofYear = years.flatMap(({ currency, done }) => [
    `annual-plan:${currency}`,
    ...(done ? [`annual-invested:${done.basis}:${currency}`, `annual-share:${done.basis}:${currency}`] : []),
  ]);
  const named = [...means, ...[...kinds].sort().map((kind) => `invested:${kind}`), ...new Set(ofYear)];
  return named.filter((name) => !name.startsWith('annual-') || ofYears(counting, name) !== undefined);
}

interface FoundTotal {
  term: Term;
  left: { project: string; words: Words }[];
}

function meanOf(rows: readonly ProjectRow[], figure: keyof typeof completions): FoundTotal | undefined {
  const { member, name } = completions[figure];
  const planned = rows.filter(({ hasPlan }) => hasPlan);
  if (planned.length === 0) return undefined;
  const parts = planned.map((row) => ({
    term: leaf('figure', exactly(row.completion[member]), {
      name: nameWords(row.name, row.project),
      unit: 'basis-points',
      project: row.project,
      figure,
    }),
    weight: one,
  }));
  return {
    term: mean(parts, { name, unit: 'basis-points', figure }),
    left: without(rows, ({ hasPlan }) => hasPlan, withoutPlanWords),
  };
}

function investedIn(rows: readonly ProjectRow[], kind: string, figure: string): FoundTotal | undefined {
  const parts = rows.flatMap(({ investment, name, project }) =>
    investment && kindOf(investment) === kind
      ? [
          {
            basis: investment.basis,
            term: leaf('figure', exactly(investment.sinceStartMinor), {
              name: nameWords(name, project),
              unit: 'minor',
              currency: investment.currency,
              entries: [investment.entry],
              project,
              figure: 'invested',
            }),
          },
        ]
      : [],
  );
  const [first] = parts;
  if (!first) return undefined;
  const basis = basisWords[first.basis];
  return {
    term: total(
      parts.map(({ term }) => ({ term })),
      {
        name: { en: `Invested since the start (${basis.en})`, zh: `累计完成投资（${basis.zh}）` },
        unit: 'minor',
        figure,
        ...(first.term.currency === undefined ? {} : { currency: first.term.currency }),
      },
    ),
    left: [
      ...without(rows, ({ investment }) => investment !== null, unreportedWords),
      ...without(rows, ({ investment }) => !investment || kindOf(investment) === kind, otherKindWords),
    ],
  };
}

/** Annual plans of the projects, what was invested in them, or the share that this is. */
function ofYears(rows: readonly ProjectRow[], figure: string): FoundTotal | undefined {
  const [kind, ...of] = figure.split(':');
  const basis = of.length > 1 ? of[0] : undefined;
  const counts = ({ annualPlan }: ProjectRow) =>
    annualPlan !== null &&
    annualPlan.currency === of.at(-1) &&
    (basis === undefined || annualPlan.done?.basis === basis);
  const counted = rows.filter(counts);
  const left = without(rows, counts, basis === undefined ? withoutAnnualPlanWords : otherAnnualWords);
  const planned = annualSum(counted, 'annual-plan', ({ plannedMinor }) => plannedMinor);
  if (!planned) return undefined;
  if (kind === 'annual-plan' && basis === undefined) return { term: { ...planned, figure }, left };
  const invested = annualSum(counted, 'annual-invested', ({ done }) => done?.investedMinor ?? 0);
  if (!invested || basis === undefined) return undefined;
  if (kind === 'annual-invested') return { term: { ...invested, figure }, left };
  if (kind !== 'annual-share' || planned.value.n === 0n) return undefined;
  const name = { en: 'Share of the annual plans', zh: '占年度计划' };
  return { term: between('share', invested, planned, { name, unit: 'basis-points', figure }), left };
}

function annualSum(
  rows: readonly ProjectRow[],
  figure: 'annual-plan' | 'annual-invested',
  amountOf: (annual: NonNullable<ProjectRow['annualPlan']>) => number,
): Term | undefined {
  const parts = rows.flatMap(({ annualPlan, name, project }) => {
    if (!annualPlan) return [];
    const { currency, done } = annualPlan;
    const entries = figure === 'annual-invested' && done ? { entries: [done.entry] } : {};
    const of = { name: nameWords(name, project), unit: 'minor', currency, project, figure } as const;
    return [{ term: leaf('figure', exactly(amountOf(annualPlan)), { ...of, ...entries }) }];
  });
  const [first] = parts;
  const { currency } = first?.term ?? {};
  if (!first || currency === undefined) return undefined;
  const name =
    figure === 'annual-plan'
      ? { en: 'Annual plans', zh: '年度计划投资' }
      : { en: 'Invested in the year', zh: '本年完成投资' };
  return total(parts, { name, unit: 'minor', currency });
}

function without(
  rows: readonly ProjectRow[],
  counts: (row: ProjectRow) => boolean,
  words: Words,
): { project: string; words: Words }[] {
  return rows.filter((row) => !counts(row)).map(({ project }) => ({ project, words }));
}

function kindOf({ basis, currency }: NonNullable<ProjectRow['investment']>): string {
  return `${basis}:${currency}`;
}

const cancelledWords = { en: 'It is cancelled.', zh: '已取消。' };
const withoutPlanWords = { en: 'It has no plan.', zh: '没有计划。' };
const unreportedWords = { en: 'Nobody reported money since its start.', zh: '未上报累计完成投资。' };
const withoutAnnualPlanWords = {
  en: 'It has no annual plan in this currency.',
  zh: '没有该币种的年度计划。',
};
const otherAnnualWords = {
  en: 'It has no annual plan in this currency, or no figure of the year on this basis.',
  zh: '没有该币种的年度计划，或没有该口径的本年完成数。',
};
const otherKindWords = {
  en: 'Its money is on another basis or in another currency.',
  zh: '其投资口径或币种不同。',
};
