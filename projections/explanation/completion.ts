import { wholeProject } from '../../domain/project/facts/members.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import { Completed } from '../completion/completed.js';
import type { Bound } from '../completion/entries-behind.js';
import { boundOf, type CompletionFigure } from '../completion/figure-evidence.js';
import type { CompletionFact } from '../completion/reports.js';
import { type Fact, upTo } from '../facts/facts.js';
import { isCancelledIn } from '../plan/plan-table.js';
import { aboutOf, keyOf, nodeOf, type TreeNode } from '../progress/tree.js';
import type { JournalEntry, Line } from '../project/journal.js';
import type { Why } from './not-used.js';
import { CompletionTerms } from './terms/implied-terms.js';
import { TermNames } from './terms/names.js';
import { StatedTerms } from './terms/stated-terms.js';
import type { Term } from './terms/term.js';

/** The figures of completion on a day as terms. */
export class ExplainedCompletion {
  readonly terms: CompletionTerms;
  private readonly completed: Completed;
  private readonly facts: ReadonlyMap<string, CompletionFact>;
  /** The places of entries in the order (asOf, place). */
  private readonly ranks: ReadonlyMap<string, number>;

  constructor(
    facts: readonly CompletionFact[],
    plan: Fact<'PlanAdopted'> | undefined,
    asOf: Day,
    lexiconVersion: number,
  ) {
    this.completed = new Completed(facts, plan, asOf, shippedLexicon);
    this.facts = new Map(upTo(facts, asOf).map((fact) => [fact.id, fact]));
    this.ranks = new Map([...this.facts.keys()].map((id, rank) => [id, rank]));
    const { implied, table, blocking } = this.completed;
    const names = new TermNames(table);
    const stated = new StatedTerms(this.facts, implied.reading.tree, lexiconVersion, names);
    this.terms = new CompletionTerms(implied, stated, names, blocking?.entries ?? []);
  }

  /** A figure of the project or of an item; undefined for one that the plan does not name. */
  term(figure: CompletionFigure, item = wholeProject): Term | undefined {
    const node = nodeOf(this.completed.implied.reading.tree, item);
    return node && !node.step ? this.terms.terms.term(node, boundOf[figure]) : undefined;
  }

  /** True if a report sets a figure of an item itself. */
  isStated(item: string): boolean {
    return this.completed.isStated(item);
  }

  /** Why an entry does not count for a figure; undefined for one about other items. */
  why(
    { id, type, data }: JournalEntry | Line,
    figure: CompletionFigure,
    item = wholeProject,
  ): Why | undefined {
    const isWhole = item === wholeProject;
    if (!ofWorks.has(type)) return isWhole ? { reason: 'other-figure' } : undefined;
    const { reading } = this.completed.implied;
    const about = type === 'MilestoneReached' || type === 'ProgressMeasured' ? keyOf(data) : undefined;
    const node = about === undefined ? undefined : nodeOf(reading.tree, about);
    if (node && !this.isOn(node, item)) return undefined;
    const fact = this.facts.get(id);
    // It is about a later day, was withdrawn, or is not known yet.
    if (!fact) return isWhole || node ? { reason: 'superseded' } : undefined;
    if (fact.type === 'PlanAdopted') return supersededBy(this.completed.table.plan?.id);
    if (fact.type === 'StageEntered') return isWhole ? { reason: 'wider' } : undefined;
    if (!node) return isWhole ? { reason: 'unplanned' } : undefined;
    const isCancelled = node.item !== undefined && isCancelledIn(this.completed.table, node.item.id);
    if (isCancelled || !node.isWeighted) return { reason: 'weightless' };
    const own = reading.own(node);
    const by = own && holderOf(own, boundOf[figure]);
    const holder = this.facts.get(by ?? '');
    if (holder && this.isAfter(holder, fact)) return supersededBy(holder.id);
    return { reason: 'wider', ...(holder && holder.id !== id ? { by: holder.id } : {}) };
  }

  private isAfter(one: CompletionFact, other: CompletionFact): boolean {
    return (this.ranks.get(one.id) ?? 0) > (this.ranks.get(other.id) ?? 0);
  }

  /** True for a node at, below or above an item. */
  private isOn(node: TreeNode, item: string): boolean {
    if (item === wholeProject) return true;
    const line = (id: string) =>
      (this.completed.table.row(id)?.line ?? []).map((place) => this.completed.table.rows[place]?.item.id);
    const about = aboutOf(node.key).item;
    return about === undefined || line(about).includes(item) || line(item).includes(about);
  }
}

/** What counts for completion, unless something else says as much; a stall alone counts for other figures. */
const ofWorks: ReadonlySet<string> = new Set([
  'PlanAdopted',
  'MilestoneReached',
  'ProgressMeasured',
  'StageEntered',
]);

/** A plan or a report that another one replaces. */
export function supersededBy(entry: string | undefined): Why {
  return { reason: 'superseded', ...(entry === undefined ? {} : { by: entry }) };
}

function holderOf(
  own: { lowBy: string; pointBy: string; highBy: string | null },
  bound: Bound,
): string | undefined {
  return (bound === 'low' ? own.lowBy : bound === 'point' ? own.pointBy : own.highBy) ?? undefined;
}
