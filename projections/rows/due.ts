import type { Stage, WorkItem } from '../../domain/project/events.js';
import { isStatedBy } from '../../domain/project/plan.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { type Day, dayNumber, dayOf } from '../../domain/values/calendar.js';
import { firstWhere } from '../../domain/values/search.js';
import { begun } from '../alerts/rules/late-works.js';
import { isReached, type Limit } from '../alerts/rules/limits.js';
import type { Stages } from '../facts/stages.js';
import type { PlanRow, PlanTable } from '../plan/plan-table.js';
import type { Forecasts } from '../schedule/forecasts.js';
import type { Stalls } from '../stalls/stalls.js';
import type { Completed } from './completed.js';
import { Lights } from './lights.js';
import type { LimitsInForce } from './limits-in-force.js';
import type { Works } from './works.js';

/** The state of a project on a day and after it without further entries, as far as the rules need it. */
export interface RowRuleInput {
  day: number;
  table: PlanTable;
  works: Works;
  completed: Completed;
  percentBasisPoints: number;
  isComplete: boolean;
  stages: Stages;
  stalls: Stalls;
  forecasts: Forecasts;
  firstOn: number;
  lastReportOn: number | undefined;
  shareOfPlanBasisPoints: number | null;
}

/** The day from which each severity is due: what `dueAlerts` watches, without the words. */
export function lightsOf(standing: RowRuleInput, limits: LimitsInForce): Lights {
  const lights = new Lights();
  const { stages, isComplete, table, lastReportOn, firstOn } = standing;
  if (stages.stage === 'cancelled') return lights;
  if (limits.blocks)
    for (const { from, shown } of standing.stalls.open)
      for (const part of shown.blocks) lights.due(limits.blocks[part], from);
  if (!isComplete) {
    if (limits['forecast-slip'])
      for (const { forecast, leastDays } of standing.forecasts.slips(table.work))
        if (!isTargetReached(forecast.data.target, standing))
          lights.always(limits['forecast-slip'], leastDays);
    const { shareOfPlanBasisPoints: share, percentBasisPoints } = standing;
    if (limits['money-gap'] && table.plan && share !== null)
      lights.always(limits['money-gap'], Math.abs(share - percentBasisPoints) / 100);
  }
  if (isComplete || stages.isSuspended) return lights;
  if (limits.unreported) lights.since(limits.unreported, lastReportOn ?? firstOn);
  if (limits['silent-stall'] && table.work.leaves.length > 0) {
    const since = stillSince(standing);
    if (lastReportOn !== undefined && lastReportOn > since) lights.since(limits['silent-stall'], since);
  }
  if (limits['behind-plan']) behindPlan(standing, limits['behind-plan'], lights);
  if (limits['not-started']) notStarted(standing, limits['not-started'], lights);
  if (limits['item-overdue'])
    for (const { overdueFrom, place } of table.rows)
      if (overdueFrom !== undefined && standing.completed.percentOf(place) !== wholeBasisPoints)
        lights.since(limits['item-overdue'], overdueFrom);
  if (limits['stage-late'])
    for (const lastOn of stagesExpected(standing)) lights.since(limits['stage-late'], lastOn);
  return lights;
}

/** The day since which no weighted item rose while it could have. */
function stillSince({ works, stages, stalls, table, firstOn }: RowRuleInput): number {
  const resumedOn = Math.max(stages.resumedOn, stalls.worksResumedOn);
  const { lastRiseOn } = works;
  if (resumedOn > (lastRiseOn ?? -Infinity)) return resumedOn;
  return lastRiseOn ?? Math.max(firstOn, table.work.startsOn ?? firstOn);
}

function behindPlan(standing: RowRuleInput, limits: readonly Limit[], lights: Lights): void {
  const { table, day, percentBasisPoints } = standing;
  const { work } = table;
  const done = work.datedPercent(percentBasisPoints, (leaf) => effectivePercent(leaf, standing));
  if (done === null) return;
  for (const limit of limits) {
    const isDue = (on: number) => isReached(limit, ((work.percentOn(on) ?? 0) - done) / 100);
    if (!isDue(work.until)) continue;
    lights.from(limit, firstWhere(day, Math.max(day, work.until), isDue));
  }
}

/** The percent that counts for a leaf: a report in force on an enclosing group takes precedence. */
function effectivePercent({ id }: WorkItem, { table, works, completed }: RowRuleInput): number {
  const { line } = table.row(id) as PlanRow;
  const counting = line.findLast((place, above) => above > 0 && works.stated[place]) ?? (line[0] as number);
  return completed.percentOf(counting);
}

function notStarted(standing: RowRuleInput, limits: readonly Limit[], lights: Lights): void {
  const { table, stages, works } = standing;
  const { startsOn } = table.work;
  if (!table.plan || startsOn === undefined || works.hasProgress) return;
  if (begun.some((stage) => stages.entered.has(stage))) return;
  const start = dayOf(startsOn);
  for (const limit of limits) lights.from(limit, dayNumber(firstOfMonth(start, limit.from)));
}

/** The last days of the stages not entered: by the plan, or by a forecast without one. */
function* stagesExpected(standing: RowRuleInput): Generator<number> {
  const { table, completed, stages, forecasts } = standing;
  const planned = new Set<string>();
  for (const { item, place } of table.plan ? table.staged : []) {
    if (completed.percentOf(place) === wholeBasisPoints || isEntered(stages.entered, item)) continue;
    const lastOn = table.work.finishOf(item.id);
    if (lastOn === undefined) continue;
    planned.add(item.id);
    yield dayNumber(lastOn);
  }
  for (const target of ['production', 'completion']) {
    if (planned.has(target) || (target === 'production' && table.work.finishOf(target) !== undefined))
      continue;
    const latest = forecasts.latestOf(target);
    if (latest && !isTargetReached(target, standing)) yield dayNumber(latest.data.latest);
  }
}

function isEntered(entered: ReadonlySet<Stage>, item: PlanRow['item']): boolean {
  for (const stage of entered) if (isStatedBy(stage, item)) return true;
  return false;
}

function isTargetReached(target: string, { table, stages, completed, works }: RowRuleInput): boolean {
  const { entered } = stages;
  if (target === 'completion') return entered.has('built') || entered.has('accepted');
  if (target !== 'production') {
    const row = table.row(target);
    return (row ? completed.percentOf(row.place) : works.percentOfUnplanned(target)) === wholeBasisPoints;
  }
  const last = table.staged.filter(({ item }) => item.stage === 'in-production');
  return (
    entered.has('in-production') ||
    (last.length > 0 && last.every(({ place }) => completed.percentOf(place) === wholeBasisPoints))
  );
}

/** The first day of the month that is a number of months after that of a day. */
function firstOfMonth(day: Day, months: number): Day {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [year, index] = [Math.floor(month / 12), (month % 12) + 1];
  return `${String(year).padStart(4, '0')}-${String(index).padStart(2, '0')}-01`;
}
