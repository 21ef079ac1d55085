import { type Finding, finding, type Rule } from './contradiction.js';
import type { Fact } from './facts.js';
import { fallsOf } from './falls.js';
import { computedShare } from './investment.js';
import type { Scene, SceneFact } from './scene.js';
import { moneyWords, percentText } from './words.js';

export const moneyRules: readonly Rule[] = [moneyFell, shareDiffers];

const toleratedShareBasisPoints = 100;

function moneyFell(scene: Scene, about?: SceneFact): Finding[] {
  if (about && about.type !== 'InvestmentReported') return [];
  const byKind = new Map<string, Fact<'InvestmentReported'>[]>();
  for (const report of scene.ofType('InvestmentReported')) {
    if (report.data.span !== 'since-start') continue;
    const kind = kindOf(report);
    if (about && kind !== kindOf(about)) continue;
    const reports = byKind.get(kind);
    if (reports) reports.push(report);
    else byKind.set(kind, [report]);
  }
  return [...byKind.values()].flatMap((reports) => {
    const levels = reports.map((fact) => {
      const { amountMinor } = fact.data.amount;
      return { fact, floor: amountMinor, ceiling: amountMinor };
    });
    return fallsOf(levels).map(({ earlier, later, settledBy }) =>
      finding('money-fell', [{ fact: earlier }, { fact: later }], {
        settledBy: settledBy?.id,
      }),
    );
  });
}

function kindOf({ data }: Fact<'InvestmentReported'>): string {
  return `${data.basis} ${data.amount.currency}`;
}

function shareDiffers(scene: Scene, about?: SceneFact): Finding[] {
  const reports = about?.type === 'InvestmentReported' ? [about] : scene.ofType('InvestmentReported');
  const plans = scene.ofType('PlanAdopted');
  return reports.flatMap((fact) => {
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
  });
}
