import { computedShare } from '../money/investment.js';
import type { Fact } from '../project/facts.js';
import { rankIn, type Scene, type SceneFact } from '../project/scene.js';
import { inParts, type Steps } from '../project/steps.js';
import { moneyWords, percentText } from '../words/words.js';
import { type Finding, finding, type Rule } from './contradiction.js';
import { around, fallsOf, type Level } from './falls.js';

export const moneyRules: readonly Rule[] = [moneyFell, shareDiffers];

const toleratedShareBasisPoints = 100;

function* moneyFell(scene: Scene, about?: SceneFact): Steps<Finding[]> {
  if (about && (about.type !== 'InvestmentReported' || about.data.span !== 'since-start')) return [];
  const byKind = levelsByKind(scene);
  const meant = about ? [byKind.get(kindOf(about)) ?? []] : [...byKind.values()];
  const found: Finding[] = [];
  for (const told of meant) {
    const levels: Level<Report>[] = about
      ? around(told, rankIn(told, about), scene.isLive, levelOf)
      : told.filter(scene.isLive).map(levelOf);
    for (const { earlier, later, settledBy } of yield* fallsOf(levels)) {
      if (about && earlier !== about && later !== about) continue;
      found.push(finding('money-fell', [{ fact: earlier }, { fact: later }], { settledBy: settledBy?.id }));
    }
  }
  return found;
}

type Report = Fact<'InvestmentReported'>;

/** What was reported since the start, live or not, by what it is compared with, in the order (asOf, place). */
function levelsByKind(scene: Scene): ReadonlyMap<string, readonly Report[]> {
  return scene.made('money', () => {
    const reports = scene.toldOfType('InvestmentReported');
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

function* shareDiffers(scene: Scene, about?: SceneFact): Steps<Finding[]> {
  const reports = about?.type === 'InvestmentReported' ? [about] : scene.ofType('InvestmentReported');
  const plans = scene.ofType('PlanAdopted');
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
