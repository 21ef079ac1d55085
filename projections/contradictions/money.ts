import { moneyWords, percentText } from '../../domain/values/words.js';
import type { Fact } from '../facts/facts.js';
import { around, type Level, regressionsOf } from '../facts/regressions.js';
import { inParts, type Steps } from '../facts/steps.js';
import { computedShare } from '../money/investment.js';
import { type Finding, finding, type Rule } from './contradiction.js';
import { type FactIndex, type IndexedFact, rankIn } from './fact-index.js';

export const moneyRules: readonly Rule[] = [moneyFell, shareDiffers];

const toleratedShareBasisPoints = 100;

function* moneyFell(factIndex: FactIndex, about?: IndexedFact): Steps<Finding[]> {
  if (about && (about.type !== 'InvestmentReported' || about.data.span !== 'since-start')) return [];
  const byKind = levelsByKind(factIndex);
  const meant = about ? [byKind.get(kindOf(about)) ?? []] : [...byKind.values()];
  const found: Finding[] = [];
  for (const reports of meant) {
    const levels: Level<Report>[] = about
      ? around(reports, rankIn(reports, about), factIndex.isLive, levelOf)
      : reports.filter(factIndex.isLive).map(levelOf);
    for (const { earlier, later, settledBy } of yield* regressionsOf(levels)) {
      if (about && earlier !== about && later !== about) continue;
      found.push(finding('money-fell', [{ fact: earlier }, { fact: later }], { settledBy: settledBy?.id }));
    }
  }
  return found;
}

type Report = Fact<'InvestmentReported'>;

/** Money reported since the start, live or not, by what it is compared with, in the order (asOf, place). */
function levelsByKind(factIndex: FactIndex): ReadonlyMap<string, readonly Report[]> {
  return factIndex.made('money', () => {
    const reports = factIndex.allOfType('InvestmentReported');
    return Map.groupBy(
      reports.filter(({ data }) => data.span === 'since-start'),
      kindOf,
    );
  });
}

function levelOf(fact: Report): Level<Report> {
  const { amountMinor } = fact.data.amount;
  return { fact, floor: amountMinor, ceiling: amountMinor };
}

function kindOf({ data }: Report): string {
  return `${data.basis} ${data.amount.currency}`;
}

function* shareDiffers(factIndex: FactIndex, about?: IndexedFact): Steps<Finding[]> {
  const reports = about?.type === 'InvestmentReported' ? [about] : factIndex.ofType('InvestmentReported');
  const plans = factIndex.ofType('PlanAdopted');
  const found: Finding[] = [];
  for (const some of inParts(reports)) {
    found.push(...some.flatMap((fact) => shareDiffering(fact, plans)));
    yield;
  }
  return found;
}

function shareDiffering(fact: Report, plans: readonly Fact<'PlanAdopted'>[]): Finding[] {
  const { shareOfPlanBasisPoints: stated, amount, span } = fact.data;
  if (span !== 'since-start' || stated === undefined) return [];
  const plan = plans.findLast(({ asOf }) => asOf <= fact.asOf);
  const planned = plan?.data.plannedInvestment;
  const computed = computedShare(amount, planned);
  if (!plan || !planned || computed === undefined) return [];
  if (Math.abs(computed - stated) <= toleratedShareBasisPoints) return [];
  const total = moneyWords(planned);
  const share = percentText(computed);
  const words = {
    en: `of the ${total.en} that are planned it is ${share} %`,
    zh: `按计划总投资 ${total.zh}计算为 ${share}%`,
  };
  return [finding('share-differs', [{ fact }, { fact: plan, words }], { since: fact.asOf })];
}
