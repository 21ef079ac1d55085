import type { SameTexts } from '../../shared/texts.js';
import type { en } from './texts.en.js';

export const zh: SameTexts<typeof en> = {
  title: '项目总览',
  projects_other: '{{count}} 个项目',
  asOf: '截至 {{day}}',
  none: '尚未登记任何项目。',
  noneThen: '在该日期没有任何已知项目。',
  name: '项目',
  stage: '阶段',
  completion: '完成度',
  completionRange: '{{percent}}；已报 {{floor}}，上限 {{ceiling}}',
  noPlan: '无计划',
  money: '自开工累计完成投资',
  share: '占计划 {{share}}',
  noMoney: '未报',
  light: '亮灯',
  noLight: '无',
  stalledSince: '停滞起始',
  stalledBy: '{{day}}（{{cause}}）',
  moves: '无停滞',
  lastReport: '最近上报',
  noReport: '无',
};
