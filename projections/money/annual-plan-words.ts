import { basisWords } from '../../domain/project/facts/investment-reported.js';
import { markedDayWords } from '../../domain/values/day-marks.js';
import { joined, percentText, spaced, type Words } from '../../domain/values/words.js';
import type { AnnualPlan } from './annual-plan.js';

const shareIs = {
  stated: { en: 'stated', zh: '报告所述' },
  computed: { en: 'computed', zh: '计算所得' },
} as const;

/**
 * The annual plan, its share against the elapsed part of the year, and the monthly targets, in one sentence.
 *
 * @param money an amount in the minor unit of its currency, in words
 */
export function annualPlanWords(
  plan: AnnualPlan,
  money: (amountMinor: number, currency: string) => Words,
): Words {
  const {
    year,
    plannedMinor,
    currency,
    shareBasisPoints: share,
    basis,
    aheadBasisPoints,
    shareOn,
    shareOnExactness,
  } = plan;
  const planned = money(plannedMinor, currency);
  const parts: Words[] = [{ en: `${planned.en} for ${year}`, zh: `${year}年 ${planned.zh}` }];
  if (share === null || basis === null || aheadBasisPoints === null || plan.shareIs === null || !shareOn)
    parts.push({ en: 'nobody reported its share', zh: '未上报完成占比' });
  else {
    const is = shareIs[plan.shareIs];
    const on = markedDayWords(shareOn, shareOnExactness);
    const elapsed = percentText(plan.elapsedBasisPoints);
    const ahead = percentText(Math.abs(aheadBasisPoints));
    parts.push(
      {
        en: `${percentText(share)} % done by ${on.en} (${is.en}, ${basisWords[basis].en})`,
        zh: `截至 ${spaced(on.zh)}占年度计划 ${percentText(share)}%（${is.zh}，${basisWords[basis].zh}）`,
      },
      {
        en: `${elapsed} % of the year elapsed, ${ahead} points ${aheadBasisPoints < 0 ? 'behind' : 'ahead'}`,
        zh: `时间进度 ${elapsed}%，${aheadBasisPoints < 0 ? '落后' : '超前'} ${ahead} 个百分点`,
      },
    );
  }
  const known = plan.targets.filter(({ isMet }) => isMet !== null);
  if (known.length > 0) {
    const missed = known.filter(({ isMet }) => !isMet).map(({ month }) => month);
    const list = missed.join(', ');
    parts.push({
      en: `${known.length - missed.length} of ${known.length} monthly targets met${list && ` (missed: ${list})`}`,
      zh: `${known.length} 个月度目标完成 ${known.length - missed.length} 个${list && `（未完成：${list}）`}`,
    });
  }
  return joined(parts, { en: '; ', zh: '；' });
}
