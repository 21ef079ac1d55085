import type { Measure } from '../../../domain/project/events.js';

/** The maximum count. */
export const mostCounted = 1_000_000_000;

/** A measure as entered; `toMeasure` refuses inconsistent members. */
export abstract class MeasureSaid {
  abstract toMeasure(): Measure;
}
