import type { Stage } from '../../domain/project/events.js';
import { wholeProject } from '../../domain/project/facts/members.js';
import { isCompleting } from '../../domain/project/stages.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { entriesBehind, entryIn } from '../completion/entries-behind.js';
import type { Fact } from '../facts/facts.js';
import type { PlanTable } from '../plan/plan-table.js';
import type { Progress, ProgressEntry } from '../progress/progress.js';

/** A work that is surely open although the project entered a stage that leaves nothing to build. */
export interface OpenWork {
  stage: Fact<'StageEntered'>;
  since: Day;
  /** The reports by which it was open when that was found. */
  entries: readonly string[];
  /** The entry after which it may be done. */
  settledBy: string | undefined;
}

/** The works that were open after one stage was entered, by their items. */
interface OfStage {
  stage: Fact<'StageEntered'>;
  found: Map<string, OpenWork>;
  /** Those that no entry has settled. */
  open: Map<string, OpenWork>;
}

/**
 * Works that are surely open although the project is in use or accepted, found entry by entry: each work once for each
 * of these stages. They state no work done, only `built` does (docs/decisions/0003).
 */
export class OpenWorks {
  private readonly stages = new Map<Stage, OfStage>();

  constructor(private readonly progress: Progress) {}

  add(fact: ProgressEntry, table: PlanTable): void {
    if (fact.type === 'StageEntered' && isCompleting(fact.data.stage)) {
      const { stage } = fact.data;
      if (!this.stages.has(stage)) this.stages.set(stage, { stage: fact, found: new Map(), open: new Map() });
    }
    if (this.stages.size === 0) return;
    const open = this.openIn(table);
    for (const ofStage of this.stages.values()) compare(ofStage, open, fact);
  }

  get openContradictions(): number {
    let count = 0;
    for (const { open } of this.stages.values()) count += open.size;
    return count;
  }

  *found(): Iterable<OpenWork> {
    for (const { found } of this.stages.values()) yield* found.values();
  }

  /** The works that are surely open by the reports on themselves, with these reports. */
  private openIn({ rows }: PlanTable): Map<string, readonly string[]> {
    const open = new Map<string, readonly string[]>();
    const ofWhole = this.isOpen(wholeProject) ? this.limiting(wholeProject) : undefined;
    if (ofWhole !== undefined) open.set(wholeProject, [ofWhole]);
    for (const { item, isWeighted, children } of rows) {
      if (!isWeighted || item.stage !== undefined || !this.isOpen(item.id)) continue;
      const own = this.limiting(item.id);
      if (own !== undefined) open.set(item.id, [own]);
      else if (children.length === 0) {
        const entries = entriesBehind((node) => this.progress.figureOf(node), item.id, 'high');
        if (entries.size > 0) open.set(item.id, [...entries]);
      }
    }
    return open;
  }

  private isOpen(node: string): boolean {
    const high = this.progress.high(node);
    return high !== undefined && high < wholeBasisPoints;
  }

  /** The report on a node itself that limits it. */
  private limiting(node: string): string | undefined {
    return entryIn(this.progress.highFrom(node));
  }
}

/** Adds the works that are open after an entry, and settles by it those that were open before. */
function compare(
  { stage, found, open }: OfStage,
  now: ReadonlyMap<string, readonly string[]>,
  { id, asOf }: ProgressEntry,
): void {
  for (const [item, work] of open) {
    if (now.has(item)) continue;
    open.delete(item);
    if (work.since === asOf) found.delete(item);
    else work.settledBy = id;
  }
  for (const [item, entries] of now) {
    if (found.has(item)) continue;
    const work = { stage, since: asOf, entries, settledBy: undefined };
    found.set(item, work);
    open.set(item, work);
  }
}
