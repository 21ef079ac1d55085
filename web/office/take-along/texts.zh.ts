import type { SameTexts } from '../../shared/texts.js';
import type { en } from './texts.en.js';

export const zh: SameTexts<typeof en> = {
  csv: 'CSV',
  xlsx: 'Excel',
  failed: '未能生成文件，请在恢复连接后重试。',
};
