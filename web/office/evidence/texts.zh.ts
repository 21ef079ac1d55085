import type { SameTexts } from '../../shared/texts.js';
import type { en } from './texts.en.js';

export const zh: SameTexts<typeof en> = {
  entries_other: '{{count}} 条记录',
  noEntries: '无记录',
  evidence: '数据依据',
  close: '关闭',
  onDay: '截至 {{day}}',
  recorded: '{{instant}} 由 {{by}} 记录，第 {{position}} 条',
  withdrawn: '已撤回：{{reason}}',
  corrects: '更正',
  correctedBy: '已被更正为',
  quote: '“{{quote}}”',
  asOf: '截至 {{day}}',
  exactly: '精确值 {{number}}',
  export: '导出',
  range: '下限 {{floor}}%，含推算 {{percent}}%，上限 {{ceiling}}%',
  total: '合计',
  implied: '推算',
  emptyParts_other: '{{count}} 个部分没有上报',
  notUsed_other: '{{count}} 条记录未计入',
  because: '未计入：{{reason}}',
  versions: '计划第 {{plan}} 版，词表第 {{lexicon}} 版，规则第 {{rules}} 版',
  versionsWithoutPlan: '无计划，词表第 {{lexicon}} 版，规则第 {{rules}} 版',
};
