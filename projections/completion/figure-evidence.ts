import type { WorkItem } from '../../domain/project/events.js';
import { type PlanTree, planTree } from '../../domain/project/plan.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import type { Day } from '../../domain/values/calendar.js';
import { lexicon1 } from '../../domain/values/lexicon.js';
import { type Fact, upTo } from '../facts/facts.js';
import { Stalls } from '../stalls/stalls.js';
import { type CompletionFact, isProgress, isStall, planInForce } from './completion.js';
import { type ProgressFact, type Range, type Stated, statedItems } from './statements.js';
import { Work } from './work.js';

/** The three figures of completion. */
const completionFigures = ['floor', 'percent', 'ceiling'] as const;
export type CompletionFigure = (typeof completionFigures)[number];

/** A unit of the work: something stated as a whole, or an unreported leaf. */
export interface CountedPart {
  item: string;
  range: Range;
  /** Ids of the entries behind each of its figures, whether they raise it or limit it. */
  entries: Record<CompletionFigure, string[]>;
}

/**
 * The parts whose weighted sum is a completion.
 *
 * A stated part has its entries; an implied one, in `percent` only, those that imply it; an unreported one's ceiling
 * has the entries of its predecessors, and of the stall that rules it out.
 */
export function countedParts(
  facts: readonly CompletionFact[],
  plan: Fact<'PlanAdopted'> | undefined,
  asOf: Day,
): CountedPart[] {
  const tree = planTree(plan?.data.items ?? []);
  const stated = statedItems(tree, facts.filter(isProgress), lexicon1);
  const blocking = new Stalls(upTo(facts.filter(isStall), asOf)).blocking('production');
  const work = new Work(tree, stated, blocking !== undefined);
  const limits = new Limits(tree, stated, work, blocking?.entries ?? []);
  const partsOf = (item: WorkItem): CountedPart[] => {
    if (item.weight === 0) return [];
    const own = stated.get(item.id);
    const children = tree.childrenOf(item.id);
    if (!own && children.length > 0) return children.flatMap(partsOf);
    const range = work.range(item);
    if (own) {
      const said = idsOf(own.facts);
      return [{ item: item.id, range, entries: { floor: said, percent: said, ceiling: said } }];
    }
    const percent = idsOf(work.evidenceOf(item.id));
    return [{ item: item.id, range, entries: { floor: [], percent, ceiling: limits.of(item) } }];
  };
  return tree.roots.flatMap(partsOf);
}

/** The entries behind each figure of completion: those that raise the floor, state or imply the percent, limit the ceiling; the plan first. */
export function completionEvidence(
  facts: readonly CompletionFact[],
  asOf: Day,
): Record<CompletionFigure, string[]> {
  const plan = planInForce(facts, asOf);
  const parts = countedParts(upTo(facts, asOf), plan, asOf);
  const behind = (figure: CompletionFigure, counts: (part: CountedPart) => boolean) => [
    ...new Set([...(plan ? [plan.id] : []), ...parts.filter(counts).flatMap((part) => part.entries[figure])]),
  ];
  return {
    floor: behind('floor', ({ range }) => range.floor > 0),
    percent: behind('percent', () => true),
    ceiling: behind('ceiling', ({ range }) => range.ceiling < wholeBasisPoints),
  };
}

/** What limits the ceiling of items. */
class Limits {
  private readonly known = new Map<string, string[]>();

  constructor(
    private readonly tree: PlanTree,
    private readonly stated: ReadonlyMap<string, Stated>,
    private readonly work: Work,
    /** The entries of the stall that rules production out. */
    private readonly blocking: readonly string[],
  ) {}

  /** The entries behind a limit: its own, those on incomplete predecessors, and those of a stall. */
  of(item: WorkItem): string[] {
    const known = this.known.get(item.id);
    if (known) return known;
    const found = this.work.range(item).ceiling < wholeBasisPoints ? [...new Set(this.found(item))] : [];
    this.known.set(item.id, found);
    return found;
  }

  private found(item: WorkItem): string[] {
    const own = this.stated.get(item.id);
    if (own) return idsOf(own.facts);
    const children = this.tree.childrenOf(item.id);
    if (children.length > 0) return children.flatMap((child) => this.of(child));
    const earlier = this.tree.lineOf(item.id).flatMap((one) => one.after ?? []);
    const range = this.work.range(item);
    return [
      ...(item.stage === 'in-production' ? this.blocking : []),
      ...earlier.flatMap((id) => {
        const before = this.tree.items.get(id);
        return before ? this.of(before) : [];
      }),
      // An implied minimum holds regardless of predecessors.
      ...(range.percent > 0 && range.ceiling === range.percent ? idsOf(this.work.evidenceOf(item.id)) : []),
    ];
  }
}

function idsOf(facts: readonly ProgressFact[]): string[] {
  return facts.map(({ id }) => id);
}
