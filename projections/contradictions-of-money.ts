import { planInForce } from './completion.js';
import { type Finding, finding } from './contradiction.js';
import { type Fact, ofType } from './facts.js';
import { fallsOf } from './falls.js';
import { computedShare } from './investment.js';
import { type Scene } from './scene.js';
import { moneyWords, percentText } from './words.js';

export const moneyRules = [moneyFell, shareDiffers];

const toleratedShareBasisPoints = 100;

function moneyFell(scene: Scene): Finding[] {
  const byKind = new Map<string, Fact<'InvestmentReported'>[]>();
  for (const report of ofType(scene.facts, 'InvestmentReported')) {
    const { span, basis, amount } = report.data;
    if (span !== 'since-start') continue;
    const kind = `${basis} ${amount.currency}`;
    byKind.set(kind, [...(byKind.get(kind) ?? []), report]);
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

function shareDiffers(scene: Scene): Finding[] {
  return ofType(scene.facts, 'InvestmentReported').flatMap((fact) => {
    const { shareOfPlanBasisPoints: stated, amount, span } = fact.data;
    const plan = planInForce(scene.facts, fact.asOf);
    const planned = plan?.data.plannedInvestment;
    const computed = computedShare(amount, planned);
    if (span !== 'since-start' || stated === undefined || !plan || !planned || computed === undefined)
      return [];
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
