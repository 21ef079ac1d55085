import type { Stage } from '../../domain/project/events.js';
import { itemOf, wholeProject } from '../../domain/project/facts/members.js';
import { lastDay } from '../../domain/values/days/calendar.js';
import { isCancelledIn, type PlanTable, planTableOf } from '../plan/plan-table.js';
import { type FactIndex, type IndexedFact, type ItemReport, inOrder, isItemReport } from './fact-index.js';

/** The facts that the contradictions of a fact depend on, or more, in order. */
interface Near {
  deciding: readonly IndexedFact[];
  /** The later ones, of which one may settle a contradiction that is open after the others. */
  after: () => readonly IndexedFact[];
}

/** @param others facts of which the contradictions are found too, except for what settles them */
export function nearOf(factIndex: FactIndex, about: IndexedFact, others: readonly IndexedFact[]): Near {
  if (!isItemReport(about)) return allOf(factIndex.facts);
  const plans = factIndex.ofType('PlanAdopted');
  const item = itemOf(about.data);
  const isOfWhole = item === wholeProject || factIndex.isSpoken(wholeProject);
  // Of a cancelled project the first report after it is found.
  const isCancelled = factIndex.ofType('StageEntered').some(({ data }) => data.stage === 'cancelled');
  if (
    isOfWhole ||
    isCancelled ||
    plans.some(({ data }) => data.items.some(({ states }) => states !== undefined))
  )
    return allOf(factIndex.facts);
  const near = new Set([item]);
  for (const plan of plans) for (const id of nearIn(planTableOf(plan), item, factIndex)) near.add(id);
  const common = [...plans, ...factIndex.ofType('StageEntered')];
  if (areByThemselves(near, factIndex)) return besides([about, ...others], [...near], common, factIndex);
  const reports = [...near].flatMap((id) => factIndex.wordsOn(id));
  return allOf([...common, ...reports].sort(inOrder));
}

function allOf(deciding: readonly IndexedFact[]): Near {
  return { deciding, after: () => [] };
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
  return factIndex.isSpoken(item, isLevel);
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

/** True if each of some items is by itself, or a group of which nothing is reported and that has no relation. */
function areByThemselves(items: Iterable<string>, factIndex: FactIndex): boolean {
  const isBuilding = factIndex.ofType('StageEntered').every(({ data }) => stagesBefore.has(data.stage));
  if (!isBuilding) return false;
  const tables = factIndex.ofType('PlanAdopted').map(planTableOf);
  for (const item of items) if (!isByItself(item, tables, factIndex)) return false;
  return true;
}

/**
 * True for an item without parts, in use by all plans that have it, of which only shares or that it is done are reported: each
 * of these takes the place of all before it, whatever they were.
 */
function isByItself(item: string, tables: readonly PlanTable[], factIndex: FactIndex): boolean {
  const isSpoken = factIndex.isSpoken(item);
  const isPart = tables.every((table) => {
    const place = table.places.get(item);
    if (place === undefined) return true;
    const { shape, rows } = table;
    if (shape.children[place]?.length === 0)
      return rows[place]?.item.steps === undefined && !isCancelledIn(table, item);
    return !isSpoken && shape.after[place]?.length === 0 && shape.followers[place]?.length === 0;
  });
  return isPart && factIndex.isExact(item);
}

/**
 * Of items that are by themselves: the reports from the first day of some facts up to the day on which all of these were
 * replaced, and the last one of each item before them. Afterwards one may only be settled that began in between.
 */
function besides(
  about: readonly IndexedFact[],
  items: readonly string[],
  common: readonly IndexedFact[],
  factIndex: FactIndex,
): Near {
  const first = about.reduce((day, { asOf }) => (asOf < day ? asOf : day), (about[0] as IndexedFact).asOf);
  let last = first;
  for (const fact of about) {
    const replacedOn = isItemReport(fact) ? factIndex.nextDayOn(itemOf(fact.data), fact.asOf) : fact.asOf;
    if (replacedOn === undefined || replacedOn > last) last = replacedOn ?? lastDay;
  }
  const reports = items.flatMap((item) => factIndex.wordsBetween(item, first, last));
  return {
    deciding: [...common.filter(({ asOf }) => asOf <= last), ...reports].sort(inOrder),
    after: () => {
      const later = items.flatMap((item) => factIndex.wordsOn(item));
      return [...common, ...later].filter(({ asOf }) => asOf > last).sort(inOrder);
    },
  };
}
