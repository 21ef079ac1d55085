import type { Stage } from '../../domain/project/events.js';
import { wholeProject } from '../../domain/project/facts/members.js';
import { isCompleting } from '../../domain/project/stages.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { entriesBehind, setBy } from '../completion/entries-behind.js';
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

/**
 * Works that are surely open although the project is in use or accepted, found entry by entry: each work once for each
 * of these stages. They state no work done, only `built` does (docs/decisions/0003).
 */
export class OpenWorks {
  private readonly stages = new Map<Stage, Fact<'StageEntered'>>();
  /** By stage and item. */
  private readonly works = new Map<string, OpenWork>();

  constructor(private readonly progress: Progress) {}

  add(fact: ProgressEntry, table: PlanTable): void {
    if (fact.type === 'StageEntered' && isCompleting(fact.data.stage)) {
      if (!this.stages.has(fact.data.stage)) this.stages.set(fact.data.stage, fact);
    }
    if (this.stages.size === 0) return;
    const open = this.openIn(table);
    for (const [key, work] of this.works) {
      if (work.settledBy !== undefined || open.has(key.slice(key.indexOf(' ') + 1))) continue;
      if (work.since === fact.asOf) this.works.delete(key);
      else work.settledBy = fact.id;
    }
    for (const [item, entries] of open)
      for (const [name, stage] of this.stages) {
        const key = `${name} ${item}`;
        if (!this.works.has(key))
          this.works.set(key, { stage, since: fact.asOf, entries, settledBy: undefined });
      }
  }

  get openContradictions(): number {
    let open = 0;
    for (const { settledBy } of this.works.values()) if (settledBy === undefined) open += 1;
    return open;
  }

  found(): Iterable<OpenWork> {
    return this.works.values();
  }

  /** The works that are surely open by the reports on themselves, with these reports. */
  private openIn({ rows }: PlanTable): Map<string, readonly string[]> {
    const open = new Map<string, readonly string[]>();
    const figureOf = (node: string) => this.progress.figureOf(node);
    const whole = this.progress.figure();
    const ofWhole = setBy(whole, 'high');
    if (whole && ofWhole !== undefined && whole.high < wholeBasisPoints) open.set(wholeProject, [ofWhole]);
    for (const { item, isWeighted, children } of rows) {
      if (!isWeighted || item.stage !== undefined) continue;
      const figure = figureOf(item.id);
      if (!figure || figure.high >= wholeBasisPoints) continue;
      const own = setBy(figure, 'high');
      if (own !== undefined) open.set(item.id, [own]);
      else if (children.length === 0) {
        const entries = entriesBehind(figureOf, item.id, 'high');
        if (entries.size > 0) open.set(item.id, [...entries]);
      }
    }
    return open;
  }
}
