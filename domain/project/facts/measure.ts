import type { Decimal } from '../../values/amounts/decimal.js';
import type { ItemState, WordRange } from '../../values/lexicon.js';

/** The meaning of a word in an adopted lexicon. */
export interface WordRead {
  range: WordRange;
  state?: ItemState;
  /** Its names. */
  inEnglish: string;
  inChinese: string;
}

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
  | {
      kind: 'word';
      word: string;
      said: string;
      /** How an adopted lexicon reads the word, where the one that comes with Topout reads it otherwise; never stored. */
      meaning?: WordRead;
    };

/** The members of an item of the plan that say how much there is in all. */
export interface PlannedTotal {
  of?: number;
  total?: Decimal;
  below?: number;
  unit?: string;
}
