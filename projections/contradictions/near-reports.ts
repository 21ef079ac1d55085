import type { Stage } from '../../domain/project/events.js';
import { itemOf, wholeProject } from '../../domain/project/facts/members.js';
import { countBefore, countUpTo } from '../facts/facts.js';
import { isCancelledIn, type PlanTable, planTableOf } from '../plan/plan-table.js';
import { type FactIndex, type IndexedFact, type ItemReport, inOrder, isItemReport } from './fact-index.js';

/** The facts that the contradictions of a fact depend on, or more, in order. */
export function nearOf(factIndex: FactIndex, about: IndexedFact): readonly IndexedFact[] {
  if (!isItemReport(about)) return factIndex.facts;
  const plans = factIndex.ofType('PlanAdopted');
  const item = itemOf(about.data);
  const isOfWhole = item === wholeProject || factIndex.wordsOn(wholeProject).length > 0;
  // Of a cancelled project the first report after it is found.
  const isCancelled = factIndex.ofType('StageEntered').some(({ data }) => data.stage === 'cancelled');
  if (
    isOfWhole ||
    isCancelled ||
    plans.some(({ data }) => data.items.some(({ states }) => states !== undefined))
  )
    return factIndex.facts;
  const near = new Set([item]);
  for (const plan of plans) for (const id of nearIn(planTableOf(plan), item, factIndex)) near.add(id);
  const reports = [...near].flatMap((id) => factIndex.wordsOn(id));
  const isAlone = reports.every((report) => itemOf(report.data) === item) && isByItself(item, factIndex);
  const deciding = isAlone ? besides(about, reports) : reports;
  return [...plans, ...factIndex.ofType('StageEntered'), ...deciding].sort(inOrder);
}

/**
 * The items of a plan that the contradictions of a report on an item depend on: what is above and below it, below a
 * group above it that was reported itself, and the same of the other ends of their relations.
 */
function nearIn(table: PlanTable, item: string, factIndex: FactIndex): Set<string> {
  const near = new Set<number>();
  const { shape } = table;
  const reach = (place: number) => {
    const row = table.rows[place];
    if (!row) return;
    const top = row.line.findLast((above) => isReported(table.rows[above]?.item.id ?? '', factIndex));
    const from = table.rows[top ?? place] ?? row;
    for (const above of row.line) near.add(above);
    for (const below of [from.place, ...shape.below(from.place)]) near.add(below);
  };
  const start = table.places.get(item);
  if (start === undefined) return new Set();
  reach(start);
  for (const place of [...near]) {
    const ends = [...(shape.after[place] ?? []), ...(shape.followers[place] ?? [])];
    // A group with relations is as far as all of its parts.
    for (const end of ends.length > 0 ? [place, ...ends] : ends) reach(end);
  }
  return new Set([...near].map((place) => table.rows[place]?.item.id ?? ''));
}

/** True for an item that was reported as a whole, and not only done. */
function isReported(item: string, factIndex: FactIndex): boolean {
  return factIndex.wordsOn(item).some(isLevel);
}

function isLevel({ type, data }: ItemReport): boolean {
  return type === 'ProgressMeasured' && data.step === undefined;
}

/** The stages that state nothing of an item, and that no report on one contradicts. */
const stagesBefore: ReadonlySet<Stage> = new Set([
  'contracted',
  'started',
  'suspended',
  'resumed',
  'registered-in-statistics',
]);

/**
 * True for an item without parts, in use by all plans that have it, of which only shares or that it is done are reported: each
 * of these takes the place of all before it, whatever they were.
 */
function isByItself(item: string, factIndex: FactIndex): boolean {
  const isPart = factIndex.ofType('PlanAdopted').every((plan) => {
    const table = planTableOf(plan);
    const place = table.places.get(item);
    if (place === undefined) return true;
    const isEnd = table.shape.below(place).length === 0 && table.rows[place]?.item.steps === undefined;
    return isEnd && !isCancelledIn(table, item);
  });
  const isBuilding = factIndex.ofType('StageEntered').every(({ data }) => stagesBefore.has(data.stage));
  return isPart && isBuilding && factIndex.wordsOn(item).every(isExact);
}

function isExact({ type, data }: ItemReport): boolean {
  return data.step === undefined && (type === 'MilestoneReached' || data.measure.kind === 'percent');
}

/** The reports of the day of one of them and of the day after it with any, and the last one before these. */
function besides(about: ItemReport, reports: readonly ItemReport[]): readonly ItemReport[] {
  const next = reports[countUpTo(reports, about.asOf)];
  const from = Math.max(0, countBefore(reports, about.asOf) - 1);
  return reports.slice(from, next && countUpTo(reports, next.asOf));
}
