import type { Words } from '../../domain/values/words.js';
import type { CompletionView } from './completion.js';

/**
 * How much of a project was reported, as a sentence without a full stop.
 *
 * @param share the covered share of the weights, as shown
 */
export function coverageWords(
  {
    reportedItems: reported,
    plannedItems: planned,
    isStatedWhole,
  }: Pick<CompletionView, 'reportedItems' | 'plannedItems' | 'isStatedWhole'>,
  share: string,
): Words {
  if (isStatedWhole)
    return {
      en: `reported as a whole; ${reported} of ${planned} items reported besides, alone or with their group`,
      zh: `已上报项目总体；另有 ${planned} 个部位中的 ${reported} 个单独或随分组上报`,
    };
  return {
    en: `${reported} of ${planned} items reported, alone or with their group (${share} of the weights)`,
    zh: `${planned} 个部位中的 ${reported} 个已单独或随分组上报（占权重 ${share}）`,
  };
}
