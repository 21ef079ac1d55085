import type { Names } from '../../domain/project/events.js';
import { itemOf, wholeProject } from '../../domain/project/facts/members.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { type GivenDay, givenDay } from '../../domain/values/day-marks.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { type Lexicon, shippedLexicon } from '../../domain/values/lexicon.js';
import { omitUndefined } from '../../domain/values/omit-undefined.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { joined, nameWords, type Words } from '../../domain/values/words.js';
import { type Fact, type FactList, type Facts, factsIn, keeping, ofType } from '../facts/facts.js';
import type { Projection } from '../facts/projection.js';
import { isCancelledIn, type PlanRow, type PlanTable } from '../plan/plan-table.js';
import type { About, Figure } from '../progress/figures.js';
import { aboutOf } from '../progress/tree.js';
import { Completed, type KnownFold, type StatedReport, unplannedIn } from './completed.js';
import { type GrownTotal, grownTotals } from './grown.js';
import type { CompletionFact } from './reports.js';

/** Completion of one item, in basis points (85 % is 8500). */
export interface ItemCompletion {
  item: string;
  name: Names;
  parent?: string;
  isGroup: boolean;
  /** False for an item that no plan in force names: it is kept and counts from the day a plan names it. */
  isPlanned: boolean;
  /** The plan cancels it, itself or with a group around it: it is in no sum. */
  isCancelled?: true;
  weight: number;
  /** Share of the whole project, by the weights above it. */
  shareBasisPoints: number;
  floorBasisPoints: number;
  percentBasisPoints: number;
  ceilingBasisPoints: number;
  /**
   * `stated`: by reports on it, or on a group as a whole; `implied`: by its successors or by what was reported of a group
   * above it; `rolled-up`: a group, from its parts.
   */
  status: 'stated' | 'implied' | 'unreported' | 'rolled-up';
  /** The latest of the reports that set its figures, as reported. */
  said?: StatedReport;
  /** The entries that set its floor, percent and ceiling, if they are not all the one of `said`. */
  setBy?: { floor?: Uuid; percent?: Uuid; ceiling?: Uuid };
  steps?: {
    step: string;
    name: Names;
    floorBasisPoints: number;
    percentBasisPoints: number;
    ceilingBasisPoints: number;
  }[];
  /** The items that imply it; the empty text is the project as a whole. */
  impliedBy?: string[];
  /** Ids of the entries behind it. */
  entries: Uuid[];
}

/** Completion of a project on a day, in basis points (85 % is 8500), rounded half up. */
export interface CompletionView {
  /** At least this: reports only; unreported items are 0. */
  floorBasisPoints: number;
  /** The best estimate, with what the reports imply. */
  percentBasisPoints: number;
  /** Unreported items may be done, unless something rules it out. */
  ceilingBasisPoints: number;
  /** The share of the weights that is stated. */
  coverageBasisPoints: number;
  reportedItems: number;
  plannedItems: number;
  plan: ({ version: number; basis: string; entry: Uuid } & GivenDay) | null;
  lexiconVersion: number;
  /** The latest report on the project as a whole that sets one of its figures. */
  said?: StatedReport;
  /** The entries of reports on the project as a whole that set its figures, if they are not all the one of `said`. */
  setBy?: { floor?: Uuid; percent?: Uuid; ceiling?: Uuid };
  /** True if something was reported of the project as a whole; it is then covered whole. */
  isStatedWhole?: true;
  /** Totals that grew, latest first; absent if none did. */
  grown?: GrownTotal[];
  items: ItemCompletion[];
  /** Ids of the entries behind the figures, the plan first. */
  entries: Uuid[];
}

/** A project's completion: floor, percent and ceiling, with its items (docs/progress-model.md). */
export const completion: Projection<Facts<CompletionFact['type']>, CompletionView> = {
  name: 'completion',
  scope: 'project',
  ...keeping([
    'PlanAdopted',
    'MilestoneReached',
    'ProgressMeasured',
    'StageEntered',
    'StallDeclared',
    'StallCleared',
  ]),
  view: (state, asOf) => {
    const facts = factsIn(state);
    return completionOf(facts, planInForce(facts, asOf), asOf);
  },
};

/** The plan in force on a day: the latest by (asOf, place). */
export function planInForce(facts: FactList, asOf: Day): Fact<'PlanAdopted'> | undefined {
  return ofType(facts, 'PlanAdopted').findLast((plan) => plan.asOf <= asOf);
}

/** Completion under the plan in force, by a fold of the project up to the day. */
export function completionIn(facts: FactList<CompletionFact>, asOf: Day, known: KnownFold): CompletionView {
  return completionOf(facts, planInForce(facts, asOf), asOf, shippedLexicon, known);
}

/**
 * Completion by the given facts under the given plan, which need not be the one in force when they were reported.
 *
 * @param known the fold of the facts up to the day, if there is one
 */
export function completionOf(
  facts: FactList<CompletionFact>,
  plan: Fact<'PlanAdopted'> | undefined,
  asOf: Day,
  lexicon: Lexicon = shippedLexicon,
  known?: KnownFold,
): CompletionView {
  const completed = new Completed(facts, plan, asOf, lexicon, known);
  const { table } = completed;
  const items = [...table.rows.map((row) => plannedItem(row, completed)), ...unplannedItems(completed)];
  const leaves = table.leaves.filter(({ item }) => item.weight > 0);
  const said = completed.said({});
  const setBy = said && setByOf({}, said.entry, completed);
  const grown = grownTotals(
    completed.progress.grown,
    (about) => nameIn(table, about),
    (entry) => facts.find(({ id }) => id === entry)?.entry,
  );
  return {
    ...figuresOf(completed.figure({})),
    coverageBasisPoints: Math.round(completed.progress.coverage() * wholeBasisPoints),
    reportedItems: leaves.filter((row) => completed.isCovered(row)).length,
    plannedItems: leaves.length,
    plan: plan
      ? { version: plan.data.version, basis: plan.data.basis, ...givenDay(plan.entry), entry: plan.id }
      : null,
    lexiconVersion: lexicon.version,
    ...(said ? { said } : {}),
    ...(setBy ? { setBy } : {}),
    ...(completed.progress.isStated(wholeProject) ? { isStatedWhole: true } : {}),
    ...(grown.length > 0 ? { grown } : {}),
    items,
    entries: [
      ...new Set([
        ...(plan ? [plan.id] : []),
        ...(said ? [said.entry] : []),
        ...items.filter((item) => item.isPlanned).flatMap((item) => item.entries),
        ...completed.blockingEntries(),
      ]),
    ],
  };
}

/** The name of an item, or of a step of it; that of the project as a whole. */
function nameIn({ rows, places }: PlanTable, { item, step }: About): Words {
  if (item === undefined) return { en: 'the whole project', zh: '项目总体' };
  const planned = rows[places.get(item) ?? -1]?.item;
  const names = [nameWords(planned?.name, item)];
  if (step !== undefined) names.push(nameWords(planned?.steps?.find(({ id }) => id === step)?.name, step));
  return joined(names, { en: ', ', zh: '，' });
}

/** One item of the plan with its figures and their evidence. */
function plannedItem({ item, children }: PlanRow, completed: Completed): ItemCompletion {
  const about = { item: item.id };
  const figure = completed.figure(about);
  const isGroup = children.length > 0;
  const isStated = completed.isStated(item.id);
  const impliedBy = isStated || isGroup ? undefined : impliedIn(figure);
  const said = completed.said(about);
  const setBy = said && setByOf(about, said.entry, completed);
  return {
    item: item.id,
    name: item.name,
    ...(item.parent === undefined ? {} : { parent: item.parent }),
    isGroup,
    isPlanned: true,
    ...(isCancelledIn(completed.table, item.id) ? { isCancelled: true } : {}),
    weight: item.weight,
    shareBasisPoints: Math.round(completed.share(item.id) * wholeBasisPoints),
    ...figuresOf(figure),
    status: isStated ? 'stated' : isGroup ? 'rolled-up' : impliedBy ? 'implied' : 'unreported',
    ...(said ? { said } : {}),
    ...(setBy ? { setBy } : {}),
    ...(isStated && item.steps
      ? {
          steps: item.steps.map(({ id: step, name }) => ({
            step,
            name,
            ...figuresOf(completed.figure({ item: item.id, step })),
          })),
        }
      : {}),
    ...(impliedBy ? { impliedBy } : {}),
    entries: completed.entries(about),
  };
}

/** The items that imply a minimum; undefined without one. */
function impliedIn({ point, pointFrom }: Figure): string[] | undefined {
  if (point === 0 || !pointFrom || 'entry' in pointFrom) return undefined;
  return pointFrom.nodes.map((node) => itemOf(aboutOf(node)));
}

/** The entry of each figure, unless the last one set all of them. */
function setByOf(about: About, last: Uuid, completed: Completed): ItemCompletion['setBy'] {
  const floor = completed.setBy(about, 'low');
  const percent = completed.setBy(about, 'point');
  const ceiling = completed.setBy(about, 'high');
  if ([floor, percent, ceiling].every((entry) => entry === undefined || entry === last)) return undefined;
  return omitUndefined({ floor, percent, ceiling });
}

/** Measured items that the plan does not name, in the order of their first report. */
function unplannedItems(completed: Completed): ItemCompletion[] {
  return [...unplannedIn(completed.progress, completed.table)].map(([item, { by, ...figure }]) => {
    const said = completed.reportOf(by, item);
    return {
      item,
      name: {},
      isGroup: false,
      isPlanned: false,
      weight: 0,
      shareBasisPoints: 0,
      ...figuresOf(figure),
      status: 'stated' as const,
      ...(said ? { said } : {}),
      entries: [by],
    };
  });
}

function figuresOf({
  low,
  point,
  high,
}: Pick<Figure, 'low' | 'point' | 'high'>): Pick<
  CompletionView,
  'floorBasisPoints' | 'percentBasisPoints' | 'ceilingBasisPoints'
> {
  return {
    floorBasisPoints: Math.round(low),
    percentBasisPoints: Math.round(point),
    ceilingBasisPoints: Math.round(high),
  };
}
