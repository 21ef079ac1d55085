import type { SameTexts } from '../../shared/texts.js';
import type { en } from './texts.en.js';

export const zh: SameTexts<typeof en> = {
  time: '时间',
  clock: '时钟',
  asOf: '事实日期',
  knownAt: '知悉时点',
  asOfHint: '所问的日期',
  knownAtHint: '截至当时已录入的内容',
  colon: '：',
  itIsNow: '（现在）',
  itWas: '（截至 {{time}}）',
  toNow: '回到现在',
  known: '{{instant}}（第 {{position}} 条）',
  position: '第 {{position}} 条',
  allKnown: '目前已知的全部',
  allKnownBy: '截至 {{time}} 已知的全部',
  before: '后退一条记录',
  after: '前进一条记录',
  play: '播放',
  pause: '暂停',
  link: '复制链接',
  linkCopied: '链接已复制',
  past: '您正在查看过去的情况。',
};
