import type { Silence } from '../../domain/alerts/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import type { StatedMoney } from '../../domain/project/facts/stated-money.js';
import { type Day, dayNumber } from '../../domain/values/days/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Fact } from '../facts/facts.js';
import { GrowingList } from '../facts/growing-list.js';
import type { MoneyReport } from '../money/money-line.js';
import type { PlanTable } from '../plan/plan-table.js';
import { levelOf } from '../progress/statement.js';

/** The amount of a report of money, or its share where only that was said. */
function levelIn({ amount, shareOfPlanBasisPoints, shareOfAnnualPlanBasisPoints }: StatedMoney): number {
  return amount?.amountMinor ?? shareOfPlanBasisPoints ?? shareOfAnnualPlanBasisPoints ?? 0;
}

/** A report by which nothing moved: "no change", a figure said again or a smaller one, zero. */
export interface Standing {
  /** A number of days after 1970-01-01. */
  on: number;
  asOf: Day;
  id: Uuid;
  silence: Exclude<Silence, 'unreported'>;
}

/**
 * The reports by which nothing moved, in the order (asOf, place).
 *
 * A report without a figure of the works is none of them: a word said again, a forecast, more money. Neither is the
 * first level of an item: it may be older work.
 */
export class StandingReports {
  readonly all = new GrowingList<Standing>();

  unchanged(fact: Fact<'NoChangeReported'>): void {
    this.add(fact, 'no-change');
  }

  /** @param isMore its level or amount is above that of the report before it on the same item, or is the first one */
  measured(fact: Fact<'ProgressMeasured'>, isMore: boolean, table: PlanTable): void {
    const { measure } = fact.data;
    if (isMore || measure.kind === 'word') return;
    const level = levelOf(measure, table.row(itemOf(fact.data))?.item, shippedLexicon);
    this.add(fact, level === 0 ? 'zero' : 'nothing-rose');
  }

  /** @param before the level that it is compared with, if there is one */
  invested(fact: Fact<'InvestmentReported'>, before: MoneyReport | undefined): void {
    const said = levelIn(fact.data);
    if (said === 0 || (before && levelIn(before.data) === said)) this.add(fact, 'zero');
  }

  private add({ asOf, id }: Fact, silence: Standing['silence']): void {
    this.all.push({ on: dayNumber(asOf), asOf, id, silence });
  }
}
