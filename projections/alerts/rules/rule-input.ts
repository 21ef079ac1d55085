import type { Stage } from '../../../domain/project/events.js';
import {
  type ForecastGiven,
  forecastName,
  isOfProject,
} from '../../../domain/project/facts/forecast-given.js';
import { isCompleting, type LifeStage } from '../../../domain/project/stages.js';
import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import type { Exactness } from '../../../domain/values/day-marks.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { Words } from '../../../domain/values/words.js';
import type { CompletionView } from '../../completion/completion.js';
import type { GrowingList } from '../../facts/growing-list.js';
import type { Sighting } from '../../facts/sightings.js';
import type { InvestmentView } from '../../money/investment.js';
import type { ShareOfPlan } from '../../money/money.js';
import { isCancelledIn, type PlanTable } from '../../plan/plan-table.js';
import type { ProjectRow } from '../../project/project.js';
import type { Forecasts } from '../../schedule/forecasts.js';
import { reaching } from '../../schedule/reached.js';
import type { ScheduleFact } from '../../schedule/schedule.js';
import type { Standing } from '../../stalls/standing.js';

/**
 * The state of a project on a day, and after it without further entries, as far as the rules compare it.
 *
 * Days are numbers of days after 1970-01-01.
 */
export interface RuleInput {
  /** The plan in force. */
  readonly table: PlanTable;
  readonly stage: LifeStage | null;
  /** Every stage ever entered. */
  readonly entered: ReadonlySet<Stage>;
  readonly isSuspended: boolean;
  readonly isComplete: boolean;
  readonly percentBasisPoints: number;
  /** Completion of the work that has dates; null if none has. */
  readonly datedPercentBasisPoints: number | null;
  /** At least and at most so much may be complete. */
  readonly floorBasisPoints: number;
  readonly ceilingBasisPoints: number;
  /** The share of the plan by the first basis with a figure since the start. */
  readonly shareOfPlan: ShareOfPlan | undefined;
  /** Something is reported done or begun. */
  readonly hasProgress: boolean;
  readonly firstOn: number;
  /** The first day of a stage in which the works have begun. */
  readonly begunOn: number | undefined;
  readonly lastReportOn: number | undefined;
  /** How exactly that day is known. */
  readonly lastReportOnExactness: Exactness | undefined;
  /** The day of the last report by which a weighted item rose. */
  readonly lastRiseOn: number | undefined;
  /** The reports by which nothing moved, in the order (asOf, place). */
  readonly standing: Pick<GrowingList<Standing>, 'at' | 'last' | 'length'>;
  /** The last day on which works resumed after a suspension or a declared stall of theirs; -Infinity without one. */
  readonly resumedOn: number;
  /** In the order in which they were first declared. */
  readonly openStalls: readonly OpenStall[];
  /** Of those of one cause that block the same, the one that began first. */
  readonly firstStalls: readonly OpenStall[];
  readonly forecasts: Forecasts;
  /** Completion of an item of the plan by its place in the plan, in basis points. */
  percentOf(place: number): number;
  /** The highest level reported of an item of the plan, or its completion if that is higher. */
  topOf(place: number): number;
  /** Completion of an item that the plan does not name; undefined if nothing is reported of it. */
  percentOfUnplanned(item: string): number | undefined;
}

/** A stall that is open on the day. */
export interface OpenStall {
  from: number;
  /** The last day of an episode of the past; Infinity for others. */
  last: number;
  shown: ProjectRow['stalls'][number];
}

/** The entries behind the input; each is resolved only when it is requested. */
export interface RuleEvidence {
  /** The entries behind completion, after the ones that are named first. */
  completion(first: readonly string[]): string[];
  /** The entries behind an item of the plan, by its place in the plan. */
  ofItem(place: number): readonly string[];
  /** The last entry that reports something, in the order (asOf, place). */
  readonly lastReport: Sighting | undefined;
  /** The first entry of all. */
  readonly firstEntry: string | undefined;
  /** How exactly a day is known that an entry is about; stated exactly if the entry is about another day. */
  exactnessOf(entry: string | undefined, day: Day): Exactness;
  /** The entry recorded last. */
  readonly lastEntry: string | undefined;
  /** The entry by which a weighted item rose last. */
  readonly riseEntry: string | undefined;
  /** The first entry of a stage in which the works have begun. */
  readonly begunEntry: string | undefined;
  /** That stage: `started`, or a later one that implies it. */
  readonly begunStage: Stage | undefined;
  /** The entry by which works resumed last. */
  readonly resumedEntry: string | undefined;
  readonly facts: readonly ScheduleFact[];
  readonly investment: InvestmentView;
}

/** True if nothing can be late, because the project is complete. */
export function isAtRest({ isComplete }: RuleInput): boolean {
  return isComplete;
}

/** True for a project that is certainly done, or in a stage that only a complete one enters. */
export function isCompleted(
  { floorBasisPoints, ceilingBasisPoints }: Pick<CompletionView, 'floorBasisPoints' | 'ceilingBasisPoints'>,
  stage: LifeStage | null,
): boolean {
  return (
    (floorBasisPoints === wholeBasisPoints && ceilingBasisPoints === wholeBasisPoints) ||
    (stage !== null && isCompleting(stage))
  );
}

/** True if what a forecast is about was reached. */
function isTargetReached({ target, what }: ForecastTarget, input: RuleInput): boolean {
  const { table, entered } = input;
  const stages = isOfProject(target, table.places.has(target)) ? reaching[target] : undefined;
  if (!stages) {
    const row = table.row(target);
    const percent = (row ? input.percentOf(row.place) : input.percentOfUnplanned(target)) ?? 0;
    return what === 'start' ? percent > 0 : percent === wholeBasisPoints;
  }
  for (const stage of entered) if (stages(stage)) return true;
  if (target === 'start') return input.hasProgress;
  if (target === 'completion') return false;
  const last = table.staged.filter(({ item }) => item.stage !== undefined && stages(item.stage));
  return last.length > 0 && last.every(({ place }) => input.percentOf(place) === wholeBasisPoints);
}

/** True if what a forecast is about is still to come: not reached, and no item that was cancelled. */
export function isTargetOpen(target: ForecastTarget, input: RuleInput): boolean {
  return !isTargetReached(target, input) && !isCancelledIn(input.table, target.target);
}

/** What a forecast is about, by its name. */
export function targetWords({ target, what }: ForecastTarget, { table }: RuleInput): Words {
  return forecastName({ target, ...(what ? { what } : {}) }, table.row(target)?.item.name);
}

/** The subject of an alert about what is forecast. */
export function targetSubject({ target, what }: ForecastTarget): { kind: 'target'; id: string } {
  return { kind: 'target', id: what === 'start' ? `${target}:start` : target };
}

/** What a forecast is about. */
export type ForecastTarget = Pick<ForecastGiven, 'target' | 'what'>;
