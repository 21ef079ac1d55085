import type { SameTexts } from '../../shared/texts.js';
import type { en } from './texts.en.js';

export const zh: SameTexts<typeof en> = {
  entries_other: '{{count}} 条记录',
  noEntries: '无记录',
  evidence: '数据依据',
  close: '关闭',
  onDay: '属于 {{day}}',
  recorded: '{{instant}} 由 {{by}} 记录，第 {{position}} 条',
  withdrawn: '已撤回：{{reason}}',
  corrects: '更正',
  correctedBy: '已被更正为',
  quote: '“{{quote}}”',
};
