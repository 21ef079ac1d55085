import { periodOf } from '../../domain/project/facts/stated-money.js';
import { addDays, type Day } from '../../domain/values/days/calendar.js';
import { moneyWords, percentText } from '../../domain/values/words.js';
import { rankIn } from '../facts/differences.js';
import { countBefore, type Fact } from '../facts/facts.js';
import { around, type Regression } from '../facts/regressions.js';
import { inParts, type Steps } from '../facts/steps.js';
import { Money } from '../money/money.js';
import { keyOf, type MoneyReport, type Report } from '../money/money-line.js';
import { levelOf } from '../money/money-of-kind.js';
import type { MonthsAboveShare } from '../money/months-above-share.js';
import type { ExceedingParts } from '../money/parts-of-wholes.js';
import { type DifferingShare, statesShare } from '../money/stated-shares.js';
import type { TargetsAboveYear } from '../money/targets-above-year.js';
import { type Finding, finding, type Rule } from './contradiction.js';
import { type FactIndex, type IndexedFact, inOrder } from './fact-index.js';

/** The contradictions of money in a fold. */
export function* moneyFindings(money: Money): Steps<Finding[]> {
  return [
    ...(yield* money.falls()).map((fall) => fell('money-fell', fall)),
    ...(yield* money.yearFalls()).map((fall) => fell('year-money-fell', fall)),
    ...money.exceedingParts().map(exceeds),
    ...money.monthsAboveShares().map(monthsExceed),
    ...money.targetsAboveYears().map(targetsExceed),
    ...money.differingShares().map(shareDiffers),
  ];
}

export const moneyRules: readonly Rule[] = [moneyContradictions];

type MoneyFact = MoneyReport | Fact<'PlanAdopted'>;

function* moneyContradictions(factIndex: FactIndex, about: IndexedFact): Steps<Finding[]> {
  const money = new Money();
  for (const some of inParts(factsFor(factIndex, about))) {
    for (const fact of some) money.take(fact);
    yield;
  }
  return yield* moneyFindings(money);
}

/** The facts that decide which contradictions of money involve a fact. */
function factsFor(factIndex: FactIndex, about: IndexedFact): MoneyFact[] {
  if (about.type === 'PlanAdopted') {
    const reports = [...reportedUnder(about, factIndex), ...ofSharesAlone(factIndex)];
    return [...new Set([...factIndex.ofType('PlanAdopted'), ...reports])].sort(inOrder);
  }
  if (!isReport(about)) return [];
  const ofLine = reportsByLine(factIndex).get(keyOf(about)) ?? [];
  const reports = new Set(ofYearOf(about, ofLine).filter(factIndex.isLive));
  const levels = ofLine.filter(({ data }) => data.span === 'since-start');
  const years = ofLine.filter(({ data }) => data.span === 'year');
  // A figure since the start includes the years before it: with both, each report on either bears on the others.
  if (levels.length > 0 && years.length > 0)
    for (const report of [...levels, ...years].filter(factIndex.isLive)) reports.add(report);
  else if (about.data.span === 'since-start')
    for (const { fact } of around(levels, rankIn(levels, about), factIndex.isLive, levelOf))
      reports.add(fact);
  const plan = factIndex.ofType('PlanAdopted').findLast(({ asOf }) => asOf <= about.asOf);
  if (about.type === 'InvestmentReported')
    for (const report of ofShares(ofDay(about.asOf, factIndex)))
      if (factIndex.isLive(report)) reports.add(report);
  const alone = ofSharesAlone(factIndex);
  if (alone.length === 0 && about.data.amount) return [...reports, ...(plan ? [plan] : [])].sort(inOrder);
  // A share may fall, and months may exceed it, where another plan is in force.
  for (const report of alone) reports.add(report);
  return [...reports, ...factIndex.ofType('PlanAdopted')].sort(inOrder);
}

/** Where shares of annual plans were stated without amounts: these, and what they are compared with. */
function ofSharesAlone(factIndex: FactIndex): readonly Report[] {
  const reports = factIndex.ofType('InvestmentReported');
  if (!reports.some(isShareAlone)) return [];
  return reports.filter((report) => {
    const { item, span } = report.data;
    return item === undefined && (span === 'month' || span === 'year' || isShareAlone(report));
  });
}

function isShareAlone({ data: { amount, shareOfAnnualPlanBasisPoints: share } }: Report): boolean {
  return !amount && share !== undefined;
}

/** The reports of a line about the year of one of them: only these can be parts of it, or include it. */
function ofYearOf(about: MoneyReport, ofLine: readonly MoneyReport[]): MoneyReport[] {
  const year = yearIn(about);
  return ofLine.filter((report) => yearIn(report) === year);
}

function yearIn({ asOf, data }: MoneyReport): string {
  return (periodOf(data, asOf) || asOf).slice(0, 4);
}

/** The reports of shares, and those of their days, from the day of a plan until that of the next one. */
function reportedUnder(plan: Fact<'PlanAdopted'>, factIndex: FactIndex): Report[] {
  const next = factIndex.ofType('PlanAdopted').find((other) => inOrder(other, plan) > 0);
  const reports = factIndex.allOfType('InvestmentReported');
  const under = reports.slice(countBefore(reports, plan.asOf), next && countBefore(reports, next.asOf));
  return ofShares(under).filter(factIndex.isLive);
}

/** Those that state a share, and those of the same days: a share may be of another report's amount. */
function ofShares(reports: readonly Report[]): Report[] {
  const days = new Set(reports.flatMap((report) => (statesShare(report) ? report.asOf : [])));
  return reports.filter(({ asOf }) => days.has(asOf));
}

function ofDay(day: Day, factIndex: FactIndex): readonly Report[] {
  const reports = factIndex.allOfType('InvestmentReported');
  return reports.slice(countBefore(reports, day), countBefore(reports, addDays(day, 1)));
}

/** Reports of money, live or not, by their line, in the order (asOf, place). */
function reportsByLine(factIndex: FactIndex): ReadonlyMap<string, readonly MoneyReport[]> {
  return factIndex.made('money', () => {
    const byLine = new Map<string, MoneyReport[]>();
    for (const type of ['InvestmentReported', 'MoneyReported'] as const)
      for (const fact of factIndex.allOfType(type)) {
        const key = keyOf(fact);
        const ofLine = byLine.get(key);
        if (ofLine) ofLine.push(fact);
        else byLine.set(key, [fact]);
      }
    return byLine;
  });
}

function isReport(fact: IndexedFact): fact is MoneyReport {
  return fact.type === 'InvestmentReported' || fact.type === 'MoneyReported';
}

function fell(
  rule: 'money-fell' | 'year-money-fell',
  { earlier, later, settledBy }: Regression<MoneyReport>,
): Finding {
  return finding(rule, [{ fact: earlier }, { fact: later }], { settledBy: settledBy?.id });
}

function exceeds({ opened, whole, parts, settledBy }: ExceedingParts): Finding {
  const sides = parts.map((fact) => ({ fact }));
  return finding('parts-exceed', [{ fact: whole }, ...sides], { about: opened.id, settledBy: settledBy?.id });
}

function monthsExceed({ opened, share, plan, planned, year, months, settledBy }: MonthsAboveShare): Finding {
  const amount = moneyWords(planned);
  const words = { en: `${amount.en} is planned for ${year}`, zh: `${year}年度计划为 ${amount.zh}` };
  const sides = months.map((fact) => ({ fact }));
  return finding('parts-exceed', [{ fact: share }, ...sides, { fact: plan, words }], {
    about: `${opened.id}:${share.data.basis}:${year}`,
    settledBy: settledBy?.id,
  });
}

function targetsExceed({ plan, annual, targetsMinor, settledBy }: TargetsAboveYear): Finding {
  const { year, investment } = annual;
  const [sum, planned] = [
    moneyWords({ amountMinor: targetsMinor, currency: investment.currency }),
    moneyWords(investment),
  ];
  return finding(
    'targets-exceed',
    [
      {
        fact: plan,
        words: {
          en: `the targets of the months of ${year} are ${sum.en} together`,
          zh: `${year}年各月目标合计 ${sum.zh}`,
        },
      },
      { fact: plan, words: { en: `${planned.en} is planned for the year`, zh: `年度计划为 ${planned.zh}` } },
    ],
    { about: `${plan.id}:${year}`, settledBy },
  );
}

function shareDiffers({ report, amount, plan, planned, computedBasisPoints, year }: DifferingShare): Finding {
  const total = moneyWords(planned);
  const share = percentText(computedBasisPoints);
  const words = {
    en: `of the ${total.en} that are planned${year === undefined ? '' : ` for ${year}`} it is ${share} %`,
    zh: `按${year === undefined ? '计划总投资' : `${year}年度计划`} ${total.zh}计算为 ${share}%`,
  };
  const about = year === undefined && !amount ? undefined : `${report.id}:${plan.id}:${year ?? 'all'}`;
  const beside = amount ? [{ fact: amount }] : [];
  return finding('share-differs', [{ fact: report }, ...beside, { fact: plan, words }], {
    since: report.asOf,
    ...(about === undefined ? {} : { about }),
  });
}
