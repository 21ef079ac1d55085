import type { Measure } from '../../../domain/project/events.js';
import { decimalText } from '../../../domain/values/decimal.js';
import { numberWords, percentWords } from '../../shared/figures.js';
import type { Language } from '../../shared/language.js';

const done = { en: 'done', zh: '已完成' };
const storeys = { en: 'storeys', zh: '层' };

/** A measure as it was reported: `85 %`, `3 of 5 幢`, `基本完成`. */
export function measureWords(measure: Measure | { kind: 'done' }, language: Language): string {
  const counted = (count: number, of: number | undefined, unit: string) => {
    const total = of === undefined ? '' : ` / ${numberWords(of, language)}`;
    return `${numberWords(count, language)}${total} ${unit}`.trim();
  };
  switch (measure.kind) {
    case 'done':
      return done[language];
    case 'percent':
      return percentWords(measure.basisPoints, language);
    case 'count':
      return counted(measure.done, measure.of, measure.unit ?? '');
    case 'range': {
      const [low, high] = [measure.lowBasisPoints, measure.highBasisPoints];
      return measure.said ?? `${percentWords(low, language)} – ${percentWords(high, language)}`;
    }
    case 'quantity': {
      const { done, upTo, of, unit, said } = measure;
      const amounts = [done, ...(upTo ? [upTo] : [])].map(decimalText).join(' – ');
      return said ?? `${amounts}${of ? ` / ${decimalText(of)}` : ''} ${unit}`;
    }
    case 'storeys':
      return counted(measure.reached, measure.of, storeys[language]);
    case 'word':
      return measure.said;
  }
}
