import type { Silence } from '../../../domain/alerts/events.js';
import type { Blocked } from '../../../domain/project/events.js';
import type { Exactness } from '../../../domain/values/day-marks.js';
import { type Day, dayNumber, firstOfMonth } from '../../../domain/values/days/calendar.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { Words } from '../../../domain/values/words.js';
import type { ShareOfPlan } from '../../money/money.js';
import type { PlannedWork } from '../../plan/planned-work.js';
import type { Slip } from '../../schedule/forecasts.js';
import { isReached, type Limit } from './limits.js';
import type { OpenStall, RuleEvidence, RuleInput } from './rule-input.js';
import type { RuleInForce } from './rules-in-force.js';
import type { Watched } from './watched.js';

/** A condition in detail; its entries are resolved and its words made only when they are requested. */
export interface Condition extends Pick<Watched, 'subject' | 'cause' | 'since' | 'stopsWorks' | 'overdue'> {
  silence?(): Silence;
  anchor(): Watched['anchor'];
  evidence(): Watched['evidence'];
  /** How exactly the first day is known, where it is the day of an entry; absent for one that a plan or a forecast names. */
  sinceExactness?(): Exactness | undefined;
  /** False when absent. */
  isHeld?: boolean;
  /** What its limits are compared with, beside the numbers that were given for it. */
  counts(): Counts;
  reason(): Words;
  clears(): Words;
}

/** What a condition counts: from a day or until one, or what is between figures of the project. */
export type Counts =
  | { is: 'day'; name: Words; entries: readonly (Uuid | undefined)[] }
  | { is: 'stall'; blocks: readonly Blocked[]; entries: readonly Uuid[] }
  | { is: 'slip'; slip: Slip }
  | { is: 'gap'; share: ShareOfPlan }
  | { is: 'plan' };

/** The evaluation in which a condition was found. */
export interface Evaluated {
  on: Day;
  /** The same day as a number of days after 1970-01-01. */
  day: number;
  rule: RuleInForce;
  input: RuleInput;
  evidence: RuleEvidence;
}

/** One rule: finds what it watches in a project. */
export type EvaluateRule = (input: RuleInput, rule: RuleInForce, found: Found) => void;

/** Gives the details of a condition of one kind. */
export type Describe<About> = (about: About, evaluated: Evaluated) => Condition;

/**
 * Receives what the rules find: for each condition the days from which its severities are due, then the condition
 * itself. What it is about and the function that describes it are passed on, so that finding one costs no object.
 */
export abstract class Found {
  /** The next condition is due from a day on with a severity, an index in `severities`. */
  abstract due(rank: number, from: number): void;

  /** What the next condition says changes on a day without a further entry. */
  abstract changes(on: number): void;

  /** The condition whose days were given last. */
  abstract condition<About>(describe: Describe<About>, about: About): void;

  /** The rule cannot be evaluated. */
  abstract lacking(why: (evidence: RuleEvidence, input: RuleInput) => Words): void;

  /** The open stalls, or those of them that decide from which days something is due. */
  stallsOf({ openStalls }: RuleInput): readonly OpenStall[] {
    return openStalls;
  }

  /** Due a number of days after a beginning. */
  since(limits: readonly Limit[], beginning: number): void {
    for (const { rank, from } of limits) this.due(rank, beginning + from);
  }

  /** Due a number of days before a day, and from then on. */
  before(limits: readonly Limit[], on: number): void {
    for (const { rank, from } of limits) this.due(rank, on - from);
  }

  /** Due a number of months after the one of a day; each month counts from its first day. */
  monthsAfter(limits: readonly Limit[], start: Day): void {
    for (const { rank, from } of limits) this.due(rank, dayNumber(firstOfMonth(start, from)));
  }

  /** Due from the day on which a plan is a number of points above what is done, in basis points. */
  behind(limits: readonly Limit[], done: number, work: PlannedWork): void {
    for (const { rank, from, isExclusive } of limits)
      this.due(rank, work.reaches(done + 100 * from + (isExclusive ? 1 : 0)) ?? Infinity);
  }

  /** Due on every day if a count reaches a limit. */
  always(limits: readonly Limit[], count: number): void {
    for (const limit of limits) if (isReached(limit, count)) this.due(limit.rank, -Infinity);
  }
}
