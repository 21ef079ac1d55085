import { wholeBasisPoints } from './amounts/basis-points.js';

/** The range of completion for a word, in basis points (85 % is 8500); `point` is the best estimate. */
export interface WordRange {
  low: number;
  point: number;
  high: number;
}

/** What a word can say of an item beside its range: a mark that the works have passed, with the name of the mark. */
export const itemStates = {
  /** Ground was broken. */
  started: { en: 'works have begun', zh: '已开工' },
  /** The works are out of the ground. */
  'substructure-done': { en: 'the substructure is complete', zh: '地下结构完成' },
  /** The roof of the structure is on. */
  'structure-done': { en: 'the structure is complete', zh: '主体结构完成' },
  /** A tunnel or a line is open from end to end. */
  through: { en: 'it is through from end to end', zh: '全线贯通' },
  /** The last gap of a span is closed. */
  closed: { en: 'the span is closed', zh: '已合龙' },
  'in-use': { en: 'it is in use', zh: '已投入使用' },
} as const;

export type ItemState = keyof typeof itemStates;

/** A word of progress: its range, and the state that it names, if any. */
export interface WordMeaning {
  /** 1 to 40 of a-z, 0-9 and -; entries name it, so it never changes. */
  word: string;
  /** Only `done` and `not-started` are exact. */
  range: WordRange;
  state?: ItemState;
  name: { en: string; zh: string };
}

/** Words of progress with their ranges. A new version never changes reported words, only their ranges. */
export interface Lexicon {
  version: number;
  words: readonly WordMeaning[];
}

/** The lexicon that comes with Topout; its phrases are in `lexicon/phrases.ts`. Ranges as in docs/progress-model.md. */
export const shippedLexicon: Lexicon = Object.freeze({
  version: 2,
  words: [
    meaning('not-started', [0, 0, 0], 'not started', '未开始'),
    meaning('preparing', [0, 0, 500], 'in preparation', '前期准备'),
    meaning('started', [100, 1000, 9900], 'started', '已开工', 'started'),
    meaning('barely-begun', [100, 500, 1500], 'barely begun', '刚开工', 'started'),
    meaning('under-way', [100, 5000, 9900], 'under way', '正在进行'),
    meaning('in-full-swing', [500, 4000, 9500], 'in full swing', '全面铺开'),
    meaning('small-part', [100, 1000, 3000], 'a small part', '小部分'),
    meaning('partly', [100, 3000, 5000], 'partly', '部分'),
    meaning('a-quarter', [2000, 2500, 3000], 'about a quarter', '约四分之一'),
    meaning('a-third', [2800, 3300, 3800], 'about a third', '约三分之一'),
    meaning('less-than-half', [100, 3500, 5000], 'less than half', '不到一半'),
    meaning('nearly-half', [4000, 4700, 5000], 'nearly half', '近一半'),
    meaning('about-half', [4500, 5000, 5500], 'about half', '约一半'),
    meaning('over-half', [5000, 6000, 9000], 'over half', '过半'),
    meaning('two-thirds', [6200, 6700, 7200], 'about two thirds', '约三分之二'),
    meaning('mostly', [5100, 7500, 9500], 'mostly', '大部分'),
    meaning('three-quarters', [7000, 7500, 8000], 'about three quarters', '约四分之三'),
    meaning('nearly-all', [8000, 9000, 9900], 'nearly all', '绝大部分'),
    meaning('not-done', [0, 5000, 9900], 'not yet done', '尚未完成'),
    meaning('substructure-done', [1000, 2500, 10000], 'out of the ground', '出正负零', 'substructure-done'),
    meaning('topped-out', [4000, 6000, 10000], 'topped out', '封顶', 'structure-done'),
    meaning('broken-through', [5000, 7500, 10000], 'broken through', '贯通', 'through'),
    meaning('span-closed', [6000, 8500, 10000], 'span closed', '合龙', 'closed'),
    meaning('in-testing', [8500, 9300, 9900], 'in testing', '调试中'),
    meaning('nearly-done', [9000, 9500, 9900], 'nearly done', '基本完成'),
    meaning('snagging', [9500, 9800, 9900], 'snagging', '消缺整改'),
    meaning('awaiting-acceptance', [9500, 9900, 10000], 'awaiting acceptance', '待验收'),
    meaning('in-use', [9000, 10000, 10000], 'in use', '投入使用', 'in-use'),
    meaning('done', [wholeBasisPoints, wholeBasisPoints, wholeBasisPoints], 'done', '完成'),
  ],
});

const plain = ['not-started', 'under-way', 'partly', 'mostly', 'nearly-done', 'done'];

/** The words that a form offers; the others are typed as they were said. */
export const plainWords = shippedLexicon.words.filter(({ word }) => plain.includes(word));

/** The meaning of a word, or undefined for a word of another lexicon version. */
export function lexiconWord(word: string, { words }: Lexicon = shippedLexicon): WordMeaning | undefined {
  return words.find((candidate) => candidate.word === word);
}

/** True for a word that names a state other than that works have begun. */
export function namesEnd({ state }: Pick<WordMeaning, 'state'>): boolean {
  return state !== undefined && state !== 'started';
}

function meaning(
  word: string,
  [low, point, high]: readonly [number, number, number],
  en: string,
  zh: string,
  state?: ItemState,
): WordMeaning {
  return { word, range: { low, point, high }, ...(state ? { state } : {}), name: { en, zh } };
}
