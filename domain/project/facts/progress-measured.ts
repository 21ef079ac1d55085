import { lexiconWord } from '../../values/lexicon.js';
import { CommandRejected } from '../../values/rejections.js';
import { isChinese, nameWords, percentText, spaced, type Words } from '../../values/words.js';
import { fact } from './fact.js';
import { itemAndStep } from './members.js';
import { itemTopic, itemWords } from './milestone-reached.js';

/** How far an item is, as it was stated. Percent in basis points (85 % is 8500). */
export type Measure =
  | {
      kind: 'percent';
      /** 8500 is 85 %. */
      basisPoints: number;
    }
  | { kind: 'count'; done: number; of?: number; unit?: string }
  | { kind: 'storeys'; reached: number; of?: number }
  | { kind: 'word'; word: string; said: string };

/** Stated by an inspector: how far an item, or one step of it, is. */
export interface ProgressMeasured {
  item: string;
  step?: string;
  measure: Measure;
}

export const progressMeasured = fact<ProgressMeasured>({
  schema: 1,
  name: { en: 'progress measured', zh: '进度' },
  about: 'How far an item, or one step of it, is.',
  shape: { ...itemAndStep, measure: { kind: 'measure', about: 'How far, as it was said.' } },
  subject: ({ item, step }) => [itemTopic(item), step],
  refuse({ measure }) {
    if (measure.kind === 'count') requirePossible('measure.done', measure.done, measure.of);
    if (measure.kind === 'storeys') requirePossible('measure.reached', measure.reached, measure.of);
  },
  words(data, _asOf, speaker) {
    const subject = itemWords(data, speaker);
    const measure = measureWords(data.measure);
    return { en: `${subject.en}: ${measure.en}.`, zh: `${subject.zh}：${measure.zh}。` };
  },
});

function requirePossible(member: string, done: number, of: number | undefined): void {
  if (of === undefined || done <= of) return;
  throw new CommandRejected('count-impossible', {
    member,
    seen: `${done} of ${of}`,
    expected: `at most ${of}`,
  });
}

/** A progress measure, as a part of a sentence. */
export function measureWords(measure: Measure): Words {
  switch (measure.kind) {
    case 'percent': {
      const percent = percentText(measure.basisPoints);
      return { en: `${percent} %`, zh: `完成 ${percent}%` };
    }
    case 'count': {
      const { done, of, unit } = measure;
      const en = unit && !isChinese(unit) ? ` ${unit}` : '';
      const zh = unit ?? '个';
      return of === undefined
        ? { en: `${done}${en} done, of how many was not said`, zh: `已完成 ${done} ${zh}，总数未说明` }
        : { en: `${done} of ${of}${en}`, zh: `${of} ${spaced(zh)}中完成 ${done} ${zh}` };
    }
    case 'storeys':
      return measure.of === undefined
        ? {
            en: `at storey ${measure.reached}, of how many was not said`,
            zh: `到第 ${measure.reached} 层，总层数未说明`,
          }
        : {
            en: `at storey ${measure.reached} of ${measure.of}`,
            zh: `到第 ${measure.reached} 层，共 ${measure.of} 层`,
          };
    case 'word': {
      const name = nameWords(lexiconWord(measure.word)?.name, measure.word);
      return {
        en: name.en === measure.said ? name.en : `${name.en} ("${measure.said}")`,
        zh: name.zh === measure.said ? name.zh : `${name.zh}（“${measure.said}”）`,
      };
    }
  }
}
