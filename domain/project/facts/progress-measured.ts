import { type Decimal, decimalText } from '../../values/decimal.js';
import { lexiconWord } from '../../values/lexicon.js';
import { CommandRejected } from '../../values/rejections.js';
import { isChinese, nameWords, percentText, spaced, type Words } from '../../values/words.js';
import { fact } from './fact.js';
import { itemAndStep, wholeProject } from './members.js';
import { itemTopic, itemWords } from './milestone-reached.js';

/** How far an item is, as it was stated. Percent in basis points (85 % is 8500). */
export type Measure =
  | {
      kind: 'percent';
      /** 8500 is 85 %. */
      basisPoints: number;
    }
  | {
      /** At least and at most so far: "70 to 80 %", "about half". */
      kind: 'range';
      lowBasisPoints: number;
      highBasisPoints: number;
      pointBasisPoints?: number;
      said?: string;
    }
  | { kind: 'count'; done: number; of?: number; unit?: string }
  | {
      /** An amount with a unit; `upTo` is the end of a range of amounts. */
      kind: 'quantity';
      done: Decimal;
      upTo?: Decimal;
      of?: Decimal;
      unit: string;
      said?: string;
    }
  | {
      /** The level reached; `-1` is one below the ground, 0 is level with it. */
      kind: 'storeys';
      reached: number;
      /** Storeys above ground. */
      of?: number;
      /** Storeys below ground. */
      below?: number;
      /** The storey is begun and not complete. */
      isUnderWay?: true;
    }
  | { kind: 'word'; word: string; said: string };

/** Why a figure is lower than before on purpose: measured again, or the work was lost or demolished. */
export type Change = 're-measured' | 'undone';

/** Stated by an inspector: how far an item, one step of it, or without an item the whole project is. */
export interface ProgressMeasured {
  item?: string;
  step?: string;
  measure: Measure;
  change?: Change;
}

export const progressMeasured = fact<ProgressMeasured>({
  schema: 1,
  name: { en: 'progress measured', zh: '进度' },
  about: 'How far an item, or one step of it, is.',
  shape: { ...itemAndStep, measure: { kind: 'measure', about: 'How far, as it was said.' } },
  subject: ({ item, step }) => [itemTopic(item ?? wholeProject), step],
  refuse({ measure }) {
    if (measure.kind === 'count') requirePossible('measure.done', measure.done, measure.of);
    if (measure.kind === 'storeys') requirePossible('measure.reached', measure.reached, measure.of);
  },
  words(data, _asOf, speaker) {
    const subject = data.item === undefined ? project : itemWords({ ...data, item: data.item }, speaker);
    const measure = measureWords(data.measure);
    return { en: `${subject.en}: ${measure.en}.`, zh: `${subject.zh}：${measure.zh}。` };
  },
});

const project = { en: 'The whole project', zh: '项目总体' } as const satisfies Words;

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
    case 'range': {
      const [low, high] = [percentText(measure.lowBasisPoints), percentText(measure.highBasisPoints)];
      const said = measure.said ?? '';
      return {
        en: said ? `"${said}" (${low} to ${high} %)` : `${low} to ${high} %`,
        zh: said ? `“${said}”（${low}% 至 ${high}%）` : `完成 ${low}% 至 ${high}%`,
      };
    }
    case 'quantity': {
      const { done, upTo, of, unit } = measure;
      const amount = upTo ? `${decimalText(done)}-${decimalText(upTo)}` : decimalText(done);
      const total = of && decimalText(of);
      return {
        en: total === undefined ? `${amount} ${unit}` : `${amount} of ${total} ${unit}`,
        zh: total === undefined ? `${amount} ${unit}` : `${amount} ${unit}，共 ${total} ${unit}`,
      };
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
