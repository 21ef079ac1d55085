import type { AnnualInvestment } from '../../domain/project/events.js';
import { boundsOf } from '../../domain/values/amounts/money.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Fact } from '../facts/facts.js';

/** A plan whose targets of months add up to more than is planned for their year. */
export interface TargetsAboveYear {
  plan: Fact<'PlanAdopted'>;
  annual: AnnualInvestment;
  targetsMinor: number;
  /** The plan that replaced it. */
  settledBy?: Uuid;
}

/** Finds them in each plan in force. */
export class TargetsAboveYears {
  readonly found: TargetsAboveYear[] = [];
  /** Of the plan in force. */
  open = 0;

  adopt(plan: Fact<'PlanAdopted'>): void {
    for (const one of this.found.slice(this.found.length - this.open)) one.settledBy = plan.id;
    this.open = 0;
    for (const annual of plan.data.annualPlans ?? []) {
      const targetsMinor = sumOf(annual);
      if (targetsMinor <= boundsOf(annual.investment).high) continue;
      this.found.push({ plan, annual, targetsMinor });
      this.open += 1;
    }
  }
}

/** At least so much; a target in another currency than the year's is not compared. */
function sumOf({ investment: { currency }, months = [] }: AnnualInvestment): number {
  let sum = 0;
  for (const { investment } of months) sum += investment.currency === currency ? boundsOf(investment).low : 0;
  return sum;
}
