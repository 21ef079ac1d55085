import type { ReactNode } from 'react';
import type { MeasureSaid } from '../said/facts.js';
import type { ItemName } from '../said/known.js';

/** What the fields of each way of measuring are given. */
export interface MeasureFields {
  /** The measure that is edited. */
  before: MeasureSaid | undefined;
  /** The item, if its plan is known on the device. */
  known: ItemName | undefined;
  /** Fields of all ways, before the save button; they depend on the measure that is typed so far. */
  rest(measure?: MeasureSaid): ReactNode;
  onMeasure(measure: MeasureSaid): void;
}
