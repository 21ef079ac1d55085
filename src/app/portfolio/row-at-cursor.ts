import type { TotalsLine } from '../../../projections/portfolio/totals-line.js';
import type { Cursor } from './table/row-cursor.js';
import type { RowTerms } from './table/terms.js';

/**
 * The row under a cursor for totals, on a day: one object for all projects, because creating a hundred thousand takes
 * longer than summing them.
 */
export function rowAtCursor(cursor: Cursor, terms: RowTerms, day: number): TotalsLine {
  const { annual } = terms;
  return {
    number: 0,
    get isCancelled() {
      return terms.stages.valueOf(cursor.stage) === 'cancelled';
    },
    get hasPlan() {
      return cursor.hasPlan;
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
    get annual() {
      return terms.annualKinds.valueOf(annual.kindOf(cursor.annual));
    },
    get annualPlannedMinor() {
      return annual.planned(cursor.annual);
    },
    get annualInvestedMinor() {
      return annual.invested(cursor.annual);
    },
    get annualLowMinor() {
      return annual.low(cursor.annual);
    },
    get annualHighMinor() {
      return annual.high(cursor.annual);
    },
    get isAnnualFromShare() {
      return annual.isFromShare(cursor.annual);
    },
    get annualElapsedBasisPoints() {
      return annual.elapsed(cursor.annual);
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
