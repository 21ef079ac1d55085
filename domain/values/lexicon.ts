import { wholeBasisPoints } from './basis-points.js';

/** The range of completion for a word, in basis points (85 % is 8500); `point` is the best estimate. */
interface WordRange {
  low: number;
  point: number;
  high: number;
}

/** Words of progress with their ranges. A new version never changes reported words, only their ranges. */
export interface Lexicon {
  version: number;
  words: readonly LexiconWord[];
}

export interface LexiconWord {
  word: string;
  range: WordRange;
  /** Phrases used on site and in reports, lower case. */
  said: readonly string[];
  name: { en: string; zh: string };
}

/** The first lexicon. Ranges as in docs/progress-model.md. */
export const lexicon1: Lexicon = {
  version: 1,
  words: [
    {
      word: 'not-started',
      range: { low: 0, point: 0, high: 0 },
      said: ['not started', '未开工', '未开始', '尚未开始'],
      name: { en: 'not started', zh: '未开始' },
    },
    {
      word: 'under-way',
      range: { low: 100, point: 5000, high: 9900 },
      said: ['under way', 'underway', 'in progress', '正在进行', '进行中', '正在施工', '在建'],
      name: { en: 'under way', zh: '正在进行' },
    },
    {
      word: 'partly',
      range: { low: 100, point: 3000, high: 5000 },
      said: ['partly', 'some', 'part', '部分'],
      name: { en: 'partly', zh: '部分' },
    },
    {
      word: 'mostly',
      range: { low: 5100, point: 7500, high: 9500 },
      said: ['mostly', 'most', '大部分', '大半'],
      name: { en: 'mostly', zh: '大部分' },
    },
    {
      word: 'nearly-done',
      range: { low: 9000, point: 9500, high: 9900 },
      said: ['nearly done', 'basically complete', 'finishing', '基本完成', '收尾', '接近完成'],
      name: { en: 'nearly done', zh: '基本完成' },
    },
    {
      word: 'done',
      range: { low: wholeBasisPoints, point: wholeBasisPoints, high: wholeBasisPoints },
      said: ['done', 'complete', 'completed', 'finished', '完成', '已完成', '全部完成'],
      name: { en: 'done', zh: '完成' },
    },
  ],
};

/** The word for a reported phrase, or undefined if the lexicon has none. */
export function wordSaid(phrase: string, lexicon: Lexicon = lexicon1): string | undefined {
  const wanted = phrase.trim().toLowerCase();
  return lexicon.words.find((w) => w.word === wanted || w.said.includes(wanted))?.word;
}

/** The entry of a word, or undefined for a word of another lexicon version. */
export function lexiconWord(word: string, lexicon: Lexicon = lexicon1): LexiconWord | undefined {
  return lexicon.words.find((w) => w.word === word);
}
