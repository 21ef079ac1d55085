import type { Measure } from '../../../../domain/project/events.js';
import type { Phrasebook } from '../../../../domain/values/lexicon/phrases.js';

/** The maximum count. */
export const mostCounted = 1_000_000_000;

/** A measure as entered; `toMeasure` refuses inconsistent members. */
export abstract class MeasureSaid {
  /** @param phrasebook reads a phrase in words */
  abstract toMeasure(phrasebook: Phrasebook): Measure;
}
