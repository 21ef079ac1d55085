import { basisWords } from '../../domain/project/facts/investment-reported.js';
import { percentText, type Words } from '../../domain/values/words.js';
import type { GroupAnnualPlan, GroupInvestedOfYear } from './annual-sums.js';

/** How many projects have an annual plan: `5 of 8 projects have an annual plan`. */
export function plannedCoverage({ planned, of }: GroupAnnualPlan): Words {
  return {
    en: `${planned} of ${of} ${of === 1 ? 'project has' : 'projects have'} an annual plan`,
    zh: `${of} 个项目中 ${planned} 个有年度计划`,
  };
}

/**
 * What one basis reports of the year: its share by bounds, the amounts and coverage, and the elapsed part of the year.
 *
 * @param money an amount in the minor unit of its currency, in words
 */
export function investedOfYearWords(
  invested: GroupInvestedOfYear,
  { currency, planned }: GroupAnnualPlan,
  money: (amountMinor: number, currency: string) => Words,
): Words {
  const { basis, reported, fromShares, plannedMinor, investedMinor, aheadBasisPoints } = invested;
  const [done, whole] = [money(investedMinor, currency), money(plannedMinor, currency)];
  const share = shareWords(invested);
  const shares = {
    en: fromShares === 0 ? '' : `, ${fromShares} of them as a share only`,
    zh: fromShares === 0 ? '' : `，其中 ${fromShares} 个仅报占比`,
  };
  const year = aheadWords(invested.elapsedBasisPoints, aheadBasisPoints);
  return {
    en: `${share.en} ${basisWords[basis].en}: ${done.en} of ${whole.en}, ${reported} of ${planned} reported${shares.en}${year.en}`,
    zh: `${basisWords[basis].zh}：${share.zh}，${whole.zh} 中完成 ${done.zh}，${planned} 个中 ${reported} 个已上报${shares.zh}${year.zh}`,
  };
}

/** `40 %`, of ranges `50 % (45 to 60 %)`; nothing where the annual plans are 0. */
function shareWords({
  shareBasisPoints: point,
  lowBasisPoints,
  highBasisPoints,
}: GroupInvestedOfYear): Words {
  if (point === null || lowBasisPoints === null || highBasisPoints === null)
    return { en: 'No share', zh: '无占比' };
  const [share, low, high] = [point, lowBasisPoints, highBasisPoints].map(percentText);
  const isExact = lowBasisPoints === highBasisPoints;
  return {
    en: `${share} %${isExact ? '' : ` (${low} to ${high} %)`}`,
    zh: `占年度计划 ${share}%${isExact ? '' : `（${low}% 至 ${high}%）`}`,
  };
}

/** How many named projects are shown; the others are counted. */
const mostShown = 20;

/** Names the projects with an annual plan that reported nothing of the year; null if all reported. */
export function unreportedWords(
  { unreported: { count, projects } }: GroupAnnualPlan,
  nameOf: (project: string) => string = (project) => project,
): Words | null {
  if (count === 0) return null;
  const shown = (projects ?? []).slice(0, mostShown).map(nameOf);
  const left = count - shown.length;
  const more = left === 0 ? { en: '', zh: '' } : { en: ` and ${left} more`, zh: ` 等 ${count} 个` };
  const named =
    shown.length === 0
      ? { en: '', zh: '' }
      : { en: `: ${shown.join(', ')}${more.en}`, zh: `：${shown.join('、')}${more.zh}` };
  return {
    en: `${count} reported nothing of the year${named.en}`,
    zh: `${count} 个未报本年数据${named.zh}`,
  };
}

/** The share of the annual plans that one basis reports, in short; null where they are 0. */
export function shareOfYearShort({ basis, shareBasisPoints: share }: GroupInvestedOfYear): Words | null {
  if (share === null) return null;
  return {
    en: `${percentText(share)} % of the annual plans (${basisWords[basis].en})`,
    zh: `占年度计划 ${percentText(share)}%（${basisWords[basis].zh}）`,
  };
}

function aheadWords(elapsed: number | null, ahead: number | null): Words {
  if (elapsed === null || ahead === null) return { en: '', zh: '' };
  const points = percentText(Math.abs(ahead));
  return {
    en: `; ${percentText(elapsed)} % of the year elapsed, ${points} points ${ahead < 0 ? 'behind' : 'ahead'}`,
    zh: `；时间进度 ${percentText(elapsed)}%，${ahead < 0 ? '落后' : '超前'} ${points} 个百分点`,
  };
}

/** Says how many cancelled projects are left out; null if there are none. */
export function leftOutWords(cancelled: number): Words | null {
  if (cancelled === 0) return null;
  return {
    en: `${cancelled} cancelled ${cancelled === 1 ? 'project is' : 'projects are'} left out of every figure.`,
    zh: `各项数据不含已取消的 ${cancelled} 个项目。`,
  };
}
