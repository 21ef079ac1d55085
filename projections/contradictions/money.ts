import { moneyWords, percentText } from '../../domain/values/words.js';
import { countBefore, type Fact } from '../facts/facts.js';
import { around, type Regression } from '../facts/regressions.js';
import { inParts, type Steps } from '../facts/steps.js';
import { type DifferingShare, levelOf, Money } from '../money/money.js';
import { type Finding, finding, type Rule } from './contradiction.js';
import { type FactIndex, type IndexedFact, inOrder, rankIn } from './fact-index.js';

export const moneyRules: readonly Rule[] = [moneyContradictions];

type Report = Fact<'InvestmentReported'>;
type MoneyFact = Report | Fact<'PlanAdopted'>;

function* moneyContradictions(factIndex: FactIndex, about?: IndexedFact): Steps<Finding[]> {
  const money = new Money();
  for (const some of inParts(factsFor(factIndex, about))) {
    for (const fact of some) money.take(fact);
    yield;
  }
  const found = [...(yield* money.falls()).map(fell), ...money.differingShares().map(shareDiffers)];
  return about ? found.filter(({ sides }) => sides.some(({ fact }) => fact === about)) : found;
}

/** The facts that decide which contradictions of money there are; with one fact given, those that involve it. */
function factsFor(factIndex: FactIndex, about: IndexedFact | undefined): MoneyFact[] {
  if (!about) return factIndex.facts.filter(isOfMoney);
  if (about.type === 'PlanAdopted') return [about, ...statedUnder(about, factIndex)];
  if (about.type !== 'InvestmentReported' || about.data.span !== 'since-start') return [];
  const ofKind = sinceStartsByKind(factIndex).get(kindOf(about)) ?? [];
  const reports = around(ofKind, rankIn(ofKind, about), factIndex.isLive, levelOf).map(({ fact }) => fact);
  const plan = factIndex.ofType('PlanAdopted').findLast(({ asOf }) => asOf <= about.asOf);
  return [...reports, ...(plan ? [plan] : [])].sort(inOrder);
}

/** The reports with a stated share from the day of a plan until that of the next one. */
function statedUnder(plan: Fact<'PlanAdopted'>, factIndex: FactIndex): Report[] {
  const next = factIndex.ofType('PlanAdopted').find((other) => inOrder(other, plan) > 0);
  const reports = factIndex.allOfType('InvestmentReported');
  return reports
    .slice(countBefore(reports, plan.asOf), next && countBefore(reports, next.asOf))
    .filter((fact) => fact.data.shareOfPlanBasisPoints !== undefined && factIndex.isLive(fact));
}

/** Money reported since the start, live or not, by what it is compared with, in the order (asOf, place). */
function sinceStartsByKind(factIndex: FactIndex): ReadonlyMap<string, readonly Report[]> {
  return factIndex.made('money', () => {
    const byKind = new Map<string, Report[]>();
    for (const fact of factIndex.allOfType('InvestmentReported')) {
      if (fact.data.span !== 'since-start') continue;
      const ofKind = byKind.get(kindOf(fact));
      if (ofKind) ofKind.push(fact);
      else byKind.set(kindOf(fact), [fact]);
    }
    return byKind;
  });
}

function isOfMoney(fact: IndexedFact): fact is MoneyFact {
  return fact.type === 'InvestmentReported' || fact.type === 'PlanAdopted';
}

function kindOf({ data }: Report): string {
  return `${data.basis} ${data.amount.currency}`;
}

function fell({ earlier, later, settledBy }: Regression<Report>): Finding {
  return finding('money-fell', [{ fact: earlier }, { fact: later }], { settledBy: settledBy?.id });
}

function shareDiffers({ report, plan, planned, computedBasisPoints }: DifferingShare): Finding {
  const total = moneyWords(planned);
  const share = percentText(computedBasisPoints);
  const words = {
    en: `of the ${total.en} that are planned it is ${share} %`,
    zh: `按计划总投资 ${total.zh}计算为 ${share}%`,
  };
  return finding('share-differs', [{ fact: report }, { fact: plan, words }], { since: report.asOf });
}
