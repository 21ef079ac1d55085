import type { Day } from '../../domain/values/days/calendar.js';
import type { Condition, Counts } from '../alerts/rules/found.js';
import type { Limit } from '../alerts/rules/limits.js';
import type { RuleInForce } from '../alerts/rules/rules-in-force.js';
import type { Watched } from '../alerts/rules/watched.js';
import { Watching } from '../alerts/watching.js';

/** What a rule gave for a condition: from what its limits count. */
export type Given =
  | { is: 'since' | 'before'; limits: readonly Limit[]; on: number }
  | { is: 'months'; limits: readonly Limit[]; start: Day }
  | { is: 'behind' | 'always'; limits: readonly Limit[] };

/** A condition that a rule watches, with everything that its severity follows from. */
export interface FoundCondition {
  watched: Watched;
  rule: RuleInForce;
  counts: Counts;
  /** Absent if it cannot be due as things are, or if its severities are due from days alone. */
  given: Given | undefined;
  /** The days from which its severities are due. */
  dues: readonly { rank: number; from: number }[];
}

/** Evaluates the rules, and keeps what each of them counted. */
export class FoundConditions extends Watching {
  readonly conditions: FoundCondition[] = [];
  private given: Given | undefined;
  private dues: { rank: number; from: number }[] = [];

  override since(limits: readonly Limit[], beginning: number): void {
    this.given = { is: 'since', limits, on: beginning };
    super.since(limits, beginning);
  }

  override before(limits: readonly Limit[], on: number): void {
    this.given = { is: 'before', limits, on };
    super.before(limits, on);
  }

  override monthsAfter(limits: readonly Limit[], start: Day): void {
    this.given = { is: 'months', limits, start };
    super.monthsAfter(limits, start);
  }

  override behind(...[limits, done, work]: Parameters<Watching['behind']>): void {
    this.given = { is: 'behind', limits };
    super.behind(limits, done, work);
  }

  override always(limits: readonly Limit[], count: number): void {
    this.given = { is: 'always', limits };
    super.always(limits, count);
  }

  override due(rank: number, from: number): void {
    this.dues.push({ rank, from });
    super.due(rank, from);
  }

  protected override found(condition: Condition, watched: Watched, rule: RuleInForce): void {
    const { given, dues } = this;
    this.conditions.push({ watched, rule, counts: condition.counts(), given, dues });
    this.given = undefined;
    this.dues = [];
  }
}
