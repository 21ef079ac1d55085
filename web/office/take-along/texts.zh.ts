import type { SameTexts } from '../../shared/texts.js';
import type { en } from './texts.en.js';

export const zh: SameTexts<typeof en> = {
  csv: 'CSV',
  xlsx: 'Excel',
};
