import { isInMean, type TotalsLine } from '../../../projections/portfolio/portfolio.js';
import type { Cursor } from './row-cursor.js';
import type { RowTerms } from './terms.js';

/**
 * The row under a cursor for totals, on a day: one object for all projects, because creating a hundred thousand takes
 * longer than summing them.
 */
export function rowAtCursor(cursor: Cursor, terms: RowTerms, day: number): TotalsLine {
  return {
    number: 0,
    get isInMean() {
      return isInMean({ hasPlan: cursor.hasPlan, stage: terms.stages.valueOf(cursor.stage) });
    },
    get floorBasisPoints() {
      return cursor.floor;
    },
    get percentBasisPoints() {
      return cursor.percent;
    },
    get ceilingBasisPoints() {
      return cursor.ceiling;
    },
    get money() {
      return terms.money.valueOf(cursor.money);
    },
    get sinceStartMinor() {
      return cursor.amount;
    },
    get blocksWorks() {
      return cursor.isStalled(0);
    },
    get blocksProduction() {
      return cursor.isStalled(1);
    },
    get blocksStaffing() {
      return cursor.isStalled(2);
    },
    get light() {
      return cursor.lightOn(day);
    },
    get openContradictions() {
      return cursor.contradictions;
    },
  };
}
