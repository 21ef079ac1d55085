import { itemOf } from '../../domain/project/facts/members.js';
import { lexicon1 } from '../../domain/values/lexicon.js';
import { Statement } from '../completion/leaf-statement.js';
import {
  type ProgressFact,
  type Range,
  saysDone,
  unknownRange,
  weightedRange,
  wordRange,
} from '../completion/statements.js';
import type { PlanRow, PlanTable } from '../plan/plan-table.js';

/**
 * The stated ranges of the items of one plan, fact after fact in the order (asOf, place), each with the facts behind it.
 *
 * A measure of a group holds until one of its parts is reported.
 */
export class StatedItems {
  /** By place; undefined for an item of which nothing is stated, or whose statement is that of its parts. */
  readonly ranges: (Range | undefined)[] = [];
  private readonly statements: (Statement | undefined)[] = [];
  private readonly groupReports: (ProgressFact | undefined)[] = [];
  /** Of groups, valid while their parts are unchanged. */
  private readonly rolledUp: (Range | undefined)[] = [];

  constructor(private readonly table: PlanTable) {
    for (const { place, item } of table.leaves) this.statements[place] = new Statement(item);
  }

  /** Adds the next fact; returns the items of which it states something. */
  say(fact: ProgressFact): readonly PlanRow[] {
    if (fact.type === 'StageEntered') return this.sayLeaves(this.table.statedBy(fact.data.stage), fact);
    const row = this.table.row(itemOf(fact.data));
    if (!row) return [];
    if (row.children.length === 0) return this.sayLeaves([row], fact);
    if (saysDone(fact)) return this.sayLeaves(this.table.leavesBelow(row), fact);
    if (fact.data.step !== undefined) return [];
    this.forget(row.line);
    this.ranges[row.place] = wordRange(fact, row.item, lexicon1);
    this.groupReports[row.place] = fact;
    return [row];
  }

  /** What is stated of an item, or of its parts together. */
  range({ place, children }: PlanRow): Range {
    const stated = this.ranges[place];
    if (stated) return stated;
    if (children.length === 0) return unknownRange;
    const known = this.rolledUp[place];
    if (known) return known;
    const range = weightedRange(
      children.map((child) => {
        const row = this.table.rows[child] as PlanRow;
        return { range: this.range(row), weight: row.item.weight };
      }),
    );
    this.rolledUp[place] = range;
    return range;
  }

  /** The facts behind an item, with those of its parts, whose ranges count. */
  facts({ place, children }: PlanRow, counts: (range: Range) => boolean): ProgressFact[] {
    const stated = this.ranges[place];
    if (stated && !counts(stated)) return [];
    if (stated && children.length > 0) return [this.groupReports[place] as ProgressFact];
    if (stated) return this.statements[place]?.facts() ?? [];
    return [...new Set(children.flatMap((child) => this.facts(this.table.rows[child] as PlanRow, counts)))];
  }

  /** True if something that is stated may come from a fact. */
  restsOn(fact: ProgressFact): boolean {
    const row = fact.type === 'StageEntered' ? undefined : this.table.row(itemOf(fact.data));
    if (fact.type === 'StageEntered' || (row && row.children.length > 0)) return true;
    return row !== undefined && this.statements[row.place]?.facts().includes(fact) === true;
  }

  private sayLeaves(rows: readonly PlanRow[], fact: ProgressFact): readonly PlanRow[] {
    const spoken = rows.filter(({ place }) => this.statements[place]?.say(fact));
    for (const { place, line } of spoken) {
      this.forget(line);
      this.ranges[place] = this.statements[place]?.range;
    }
    return spoken;
  }

  private forget(line: readonly number[]): void {
    for (const place of line) {
      this.ranges[place] = undefined;
      this.rolledUp[place] = undefined;
    }
  }
}
