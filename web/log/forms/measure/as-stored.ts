import type { Measure } from '../../../../domain/project/facts/measure.js';
import { decimalOf, wholeDecimal } from '../../../../domain/values/decimal.js';
import { wordSaid } from '../../../../domain/values/lexicon/matching.js';
import type { MeasureSaid } from '../facts.js';

/** A measure in the form in which it is stored; a phrase that the shipped lexicon lacks has no word. */
export function measureAsStored(said: MeasureSaid): Measure {
  switch (said.kind) {
    case 'percent':
      return { kind: 'percent', basisPoints: basisPoints(said.percent) };
    case 'range':
      return {
        kind: 'range',
        lowBasisPoints: basisPoints(said.low),
        highBasisPoints: basisPoints(said.high),
      };
    case 'quantity': {
      const { done, upTo, of, unit } = said;
      return {
        kind: 'quantity',
        done: decimal(done),
        ...(upTo === undefined ? {} : { upTo: decimal(upTo) }),
        ...(of === undefined ? {} : { of: decimal(of) }),
        unit,
      };
    }
    case 'word': {
      const { word = wordSaid(said.said) ?? said.said } = said;
      return { kind: 'word', word, said: said.said };
    }
    default:
      return said;
  }
}

function basisPoints(percent: number): number {
  return Math.round(percent * 100);
}

function decimal(text: string) {
  return decimalOf(text) ?? wholeDecimal(0);
}
