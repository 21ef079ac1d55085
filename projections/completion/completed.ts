import type { Measure } from '../../domain/project/events.js';
import { wholeProject } from '../../domain/project/facts/members.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { type GivenDay, givenDay } from '../../domain/values/day-marks.js';
import { type Day, dayNumber } from '../../domain/values/days/calendar.js';
import type { Lexicon } from '../../domain/values/lexicon.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { type Fact, type FactList, ofType, upTo } from '../facts/facts.js';
import { type PlanRow, type PlanTable, planTableOf } from '../plan/plan-table.js';
import type { About, Figure } from '../progress/figures.js';
import type { Implied } from '../progress/implied.js';
import { Progress, type ProgressEntry } from '../progress/progress.js';
import type { Stated, Unplanned } from '../progress/stated.js';
import { keyOf, nodeOf, project, shareIn, treeOf } from '../progress/tree.js';
import { Stalls } from '../stalls/stalls.js';
import { type Bound, entriesBehind, type FigureOf, setBy } from './entries-behind.js';
import { type CompletionFact, isStall, type Report, Reports } from './reports.js';

/** A report as it was stated. */
export type StatedReport = { measure: Measure | { kind: 'done' }; step?: string; entry: Uuid } & GivenDay;

/** What is stated and implied of a project on a day, under one plan. */
export class Completed {
  readonly table: PlanTable;
  readonly progress: Stated;
  readonly implied: Implied;
  private readonly figureOf: FigureOf = (key) => this.implied.figureOf(key);
  /** The open stall that blocks production. */
  readonly blocking: ReturnType<Stalls['blocking']>;
  private readonly reports: Reports;

  /**
   * @param facts those of later days do not count
   * @param plan the one in force, or another one that replaces it at the end of the day
   * @param known the fold of the facts up to the day, if there is one
   */
  constructor(
    facts: FactList<CompletionFact>,
    plan: Fact<'PlanAdopted'> | undefined,
    asOf: Day,
    lexicon: Lexicon,
    known?: KnownFold,
  ) {
    this.table = planTableOf(plan);
    const isInForce = plan?.id === ofType(upTo(facts, asOf), 'PlanAdopted').at(-1)?.id;
    const fold = !isInForce
      ? folded(underPlan(upTo(facts, asOf), plan, asOf), lexicon)
      : known
        ? { progress: known.progress, reports: new Reports(upTo(facts, asOf)) }
        : foldOf(facts, lexicon);
    this.progress = fold.progress.on(asOf);
    this.reports = fold.reports;
    const stalls = known?.stalls ?? new Stalls(upTo(facts.filter(isStall), asOf));
    this.blocking = stalls.blocking('production', dayNumber(asOf));
    this.implied = this.progress.implied(this.blocking !== undefined);
  }

  /** The figure of the project, an item of the plan or a step, with what is implied. */
  figure(about: About): Figure {
    return this.implied.figure(about) ?? nothingStated;
  }

  /** True if a leaf was reported, or a report on a group itself sets one of its figures. */
  isStated(item: string): boolean {
    if (this.isLeaf(item)) return this.progress.isStated(item);
    return this.implied.isSetByOwn(item);
  }

  /** True if a leaf or a group above it was reported. */
  isCovered({ line }: PlanRow): boolean {
    return line.some((place) => this.progress.isStated(this.table.rows[place]?.item.id ?? ''));
  }

  /** The latest of the reports that set the figures of a leaf, or that on a group or the project itself set theirs. */
  said(about: About): StatedReport | undefined {
    const { item } = about;
    const isSteps = item !== undefined && this.isLeaf(item) && this.progress.isStated(item);
    const entries = isSteps
      ? this.entries(about)
      : this.inOrder(bounds.map((bound) => this.setBy(about, bound)));
    const last = entries.at(-1);
    return last === undefined ? undefined : this.reportOf(last, item);
  }

  /** A report as it was stated; that an item is done, if it is about another one. */
  reportOf(entry: string, item: string | undefined): StatedReport | undefined {
    const known = this.reports.get(entry);
    return known && reported(known, item);
  }

  /** An item's share of the whole project, 0 to 1. */
  share(item: string): number {
    const tree = treeOf(this.table.plan?.data.items ?? []);
    const node = nodeOf(tree, item);
    return node ? shareIn(tree, node, project) : 0;
  }

  /** The entry that sets a figure of the project or an item itself. */
  setBy(about: About, bound: Bound): string | undefined {
    return setBy(this.implied.figure(about), bound);
  }

  /** The ids of the entries behind the figures of an item, in the order (asOf, place). */
  entries(about: About): string[] {
    return this.inOrder([
      ...bounds.flatMap((bound) => [...entriesBehind(this.figureOf, keyOf(about), bound)]),
      ...(about.item !== undefined && this.implied.isBlocked(about.item)
        ? (this.blocking?.entries ?? [])
        : []),
    ]);
  }

  /** The ids of the entries behind one figure of the project, in the same order. */
  entriesOf(bound: Bound): string[] {
    return this.inOrder([
      ...entriesBehind(this.figureOf, wholeProject, bound),
      ...(bound === 'high' ? this.blockingEntries() : []),
    ]);
  }

  /** The entries of the stall that rules out items of the plan, if one does. */
  blockingEntries(): readonly string[] {
    const isRuledOut = this.table.staged.some(({ item }) => this.implied.isBlocked(item.id));
    return isRuledOut ? (this.blocking?.entries ?? []) : [];
  }

  /** The items whose sum is a figure of the project, or the project itself: what each has, and the entries behind it. */
  partsOf(bound: Bound): Map<string, { value: number; entries: readonly string[] }> {
    const parts = new Map<string, { value: number; entries: readonly string[] }>();
    const follow = (item: string | undefined) => {
      const about = item === undefined ? {} : { item };
      const { tree } = this.table;
      const isSum = this.setBy(about, bound) === undefined;
      const children = isSum ? (item === undefined ? tree.roots : tree.childrenOf(item)) : [];
      const below = children.filter(({ weight }) => weight > 0);
      for (const { id } of below) follow(id);
      if (below.length > 0) return;
      const isBlocked = bound === 'high' && item !== undefined && this.implied.isBlocked(item);
      const blocked = isBlocked ? this.blocking?.entries : undefined;
      const entries = [...entriesBehind(this.figureOf, keyOf(about), bound), ...(blocked ?? [])];
      parts.set(item ?? wholeProject, { value: this.figure(about)[bound], entries });
    };
    follow(undefined);
    return parts;
  }

  private isLeaf(item: string): boolean {
    return this.table.tree.childrenOf(item).length === 0;
  }

  private inOrder(entries: readonly (string | undefined)[]): string[] {
    const rankOf = (entry: string) => this.reports.rankOf(entry);
    const known = entries.filter((entry) => entry !== undefined);
    return [...new Set(known)].sort((a, b) => rankOf(a) - rankOf(b));
  }
}

const nothingStated: Figure = {
  ...{ low: 0, point: 0, high: wholeBasisPoints },
  ...{ lowFrom: null, pointFrom: null, highFrom: null },
};

const bounds: readonly Bound[] = ['low', 'point', 'high'];

/** The progress of facts, with the reports among them. */
interface Fold {
  progress: Progress;
  reports: Reports;
}

/** A fold of all entries of a project up to a day. */
export interface KnownFold {
  progress: Progress;
  stalls: Pick<Stalls, 'blocking'>;
}

/** The most recent folds: the figures of all days come from the same one. */
const known: { facts: FactList<CompletionFact>; lexicon: Lexicon; fold: Fold }[] = [];
const mostKnown = 2;

function foldOf(facts: FactList<CompletionFact>, lexicon: Lexicon): Fold {
  for (const one of known) if (one.facts === facts && one.lexicon === lexicon) return one.fold;
  const fold = folded(
    facts.filter((fact) => !isStall(fact)),
    lexicon,
  );
  if (known.length === mostKnown) known.shift();
  known.push({ facts, lexicon, fold });
  return fold;
}

function folded(facts: Iterable<ProgressEntry>, lexicon: Lexicon): Fold {
  const progress = new Progress(lexicon);
  const all = [...facts];
  for (const fact of all) progress.add(fact);
  return { progress, reports: new Reports(all) };
}

/** The facts of progress, with the given plan in force at the end. */
function* underPlan(
  facts: FactList<CompletionFact>,
  plan: Fact<'PlanAdopted'> | undefined,
  asOf: Day,
): Generator<ProgressEntry> {
  let last: string | undefined;
  for (const fact of facts) {
    if (isStall(fact) || (fact.type === 'PlanAdopted' && !plan)) continue;
    if (fact.type === 'PlanAdopted') last = fact.id;
    yield fact;
  }
  if (plan && plan.id !== last) yield { ...plan, asOf };
}

function reported(fact: Report, about?: string): StatedReport {
  const isOwn = fact.type === 'ProgressMeasured' && (about === undefined || fact.data.item === about);
  const measure = isOwn ? fact.data.measure : { kind: 'done' as const };
  const step = fact.type === 'StageEntered' ? undefined : fact.data.step;
  return { measure, ...(step === undefined ? {} : { step }), ...givenDay(fact.entry), entry: fact.id };
}

/** What was reported of items that the plan does not name: of the whole item, or else of its last step. */
export function unplannedIn(progress: Stated, { places }: PlanTable): Map<string, Unplanned> {
  const found = new Map<string, Unplanned>();
  for (const one of progress.unplanned()) {
    const { item, step } = one;
    if (item === undefined || places.has(item)) continue;
    if (step === undefined || found.get(item)?.step !== undefined || !found.has(item)) found.set(item, one);
  }
  return found;
}
