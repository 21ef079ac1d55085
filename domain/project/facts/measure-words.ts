import { decimalText, wholeDecimal } from '../../values/amounts/decimal.js';
import { isConvertible } from '../../values/amounts/quantity.js';
import { isMeasured, unitOf } from '../../values/amounts/units.js';
import { lexiconWord } from '../../values/lexicon.js';
import { isChinese, nameWords, percentText, spaced, type Words } from '../../values/words.js';
import type { Measure, PlannedTotal } from './measure.js';

/**
 * A progress measure, as a part of a sentence.
 *
 * @param planned gives a total that was not said; without it the words leave open whether there is one
 */
export function measureWords(measure: Measure | { kind: 'done' }, planned?: PlannedTotal): Words {
  switch (measure.kind) {
    case 'done':
      return { en: 'done', zh: '已完成' };
    case 'percent': {
      const percent = percentText(measure.basisPoints);
      return { en: `${percent} %`, zh: `完成 ${percent}%` };
    }
    case 'range': {
      const [low, high] = [percentText(measure.lowBasisPoints), percentText(measure.highBasisPoints)];
      const words = { en: `${low} to ${high} %`, zh: `${low}% 至 ${high}%` };
      return measure.said === undefined
        ? { en: words.en, zh: `完成 ${words.zh}` }
        : quoted(measure.said, words);
    }
    case 'count': {
      const { done, of, unit } = measure;
      const own = of === undefined ? undefined : { text: decimalText(wholeDecimal(of)), unit };
      return amountWords({ text: decimalText(wholeDecimal(done)), unit }, own, planned);
    }
    case 'quantity': {
      const { done, upTo, of, unit, said } = measure;
      const text = decimalText(done) + (upTo ? `–${decimalText(upTo)}` : '');
      const words = amountWords({ text, unit }, of && { text: decimalText(of), unit }, planned);
      return said === undefined ? words : quoted(said, words);
    }
    case 'storeys':
      return storeysWords(measure, planned);
    case 'word': {
      const name = wordName(measure);
      return {
        en: name.en === measure.said ? name.en : `${name.en} ("${measure.said}")`,
        zh: name.zh === measure.said ? name.zh : `${name.zh}（“${measure.said}”）`,
      };
    }
  }
}

/** An amount or a total, with its unit if one was said. */
interface Amount {
  text: string;
  unit?: string;
}

/** So much of so much: the total that was said, else that of the plan, each in its own unit. */
function amountWords(done: Amount, own: Amount | undefined, planned: PlannedTotal | undefined): Words {
  const of = own ?? totalOf(planned);
  if (!of) {
    const amount = { en: inEnglish(done), zh: inChinese(done, done.unit) };
    return planned
      ? { en: `${amount.en} done, of how many was not said`, zh: `已完成 ${amount.zh}，总数未说明` }
      : { en: `${amount.en} done`, zh: `已完成 ${amount.zh}` };
  }
  if (!isConvertible(done.unit, of.unit))
    return {
      en: `${asSaid(done)} done, the plan has ${asSaid(of)}`,
      zh: `已完成 ${asSaid(done)}，计划为 ${asSaid(of)}`,
    };
  const unit = of.unit ?? done.unit;
  const isOneUnit = done.unit === undefined || done.unit === unit;
  return {
    en: `${isOneUnit ? done.text : inEnglish(done)} of ${inEnglish({ ...of, unit })}`,
    zh: `${spaced(inChinese(of, unit))}中完成 ${inChinese(done, done.unit ?? unit)}`,
  };
}

/** The total of an item of the plan, for words. */
function totalOf({
  of,
  total = of === undefined ? undefined : wholeDecimal(of),
  unit,
}: PlannedTotal = {}): Amount | undefined {
  return total && { text: decimalText(total), unit };
}

function asSaid({ text, unit }: Amount): string {
  return unit === undefined ? text : `${text} ${unit}`;
}

/** English leaves out a Chinese word for what is counted, and keeps a unit of measurement. */
function inEnglish({ text, unit }: Amount): string {
  const isLeftOut = unit !== undefined && isChinese(unit) && !isMeasured(unitOf(unit));
  return isLeftOut ? text : asSaid({ text, unit });
}

function inChinese({ text }: Amount, unit = '个'): string {
  return `${text} ${unit}`;
}

function storeysWords(
  { reached, isUnderWay, ...own }: Extract<Measure, { kind: 'storeys' }>,
  planned: PlannedTotal | undefined,
): Words {
  const { of = planned?.of, below = planned?.below } = own;
  const isOpen = of === undefined && planned !== undefined;
  const all = {
    en: (of === undefined ? '' : ` of ${of}`) + (below ? `, ${below} below ground` : ''),
    zh: (of === undefined ? '' : `，地上共 ${of} 层`) + (below ? `，地下 ${below} 层` : ''),
  };
  if (!below && of !== undefined) all.zh = `，共 ${of} 层`;
  if (isOpen) {
    all.en += ', of how many was not said';
    all.zh += '，总层数未说明';
  }
  if (reached > 0)
    return isUnderWay
      ? { en: `storey ${reached}${all.en} under way`, zh: `第 ${reached} 层施工中${all.zh}` }
      : { en: `at storey ${reached}${all.en}`, zh: `到第 ${reached} 层${all.zh}` };
  const level =
    reached === 0 ? { en: 'ground level', zh: '±0' } : { en: `level ${reached}`, zh: `地下 ${-reached} 层` };
  return isUnderWay
    ? { en: `on the way up to ${level.en}${all.en}`, zh: `正在施工至${spaced(level.zh)}${all.zh}` }
    : { en: `up to ${level.en}${all.en}`, zh: `到${level.zh}${all.zh}` };
}

/** What was said, and what it stands for. */
function quoted(said: string, { en, zh }: Words): Words {
  return { en: `"${said}" (${en})`, zh: `“${said}”（${zh}）` };
}

/** The name of a word in the lexicon that it was read by, else its id. */
function wordName({ word, meaning }: Extract<Measure, { kind: 'word' }>): Words {
  return meaning
    ? { en: meaning.inEnglish, zh: meaning.inChinese }
    : nameWords(lexiconWord(word)?.name, word);
}
