import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import type { Statement } from '../completion/leaf-statement.js';
import { type ProgressFact, type Range, unknownRange, weightedRange } from '../completion/statements.js';
import type { PlanRow, PlanTable } from '../plan/plan-table.js';
import { inOrder } from './fact-index.js';

/** An item and its predecessor. */
interface Relation {
  item: PlanRow;
  before: PlanRow;
  /** The open finding; an equal repetition is not a further contradiction. */
  lead?: Lead | undefined;
}

interface Lead {
  counts: boolean;
}

/** How many items are ahead of their predecessors, report after report, as in `ahead-of-predecessor`. */
export class OutOfSequence {
  /** Relations that a report on an item may change, by its index. */
  private readonly touching: (readonly Relation[])[] = [];
  private readonly groupWords: (ProgressFact | undefined)[] = [];
  private readonly groupRanges: (Range | undefined)[] = [];
  /** Of groups, valid while their parts are unchanged. */
  private readonly rolledUp: (Range | undefined)[] = [];
  private readonly found = new Set<string>();
  open = 0;

  constructor(
    private readonly table: PlanTable,
    private readonly statements: readonly (Statement | undefined)[],
  ) {
    const own: Relation[][] = [];
    for (const item of table.rows) {
      for (const place of item.after) {
        const before = table.rows[place];
        if (!before) continue;
        const relation = { item, before };
        for (const end of [item, before]) {
          own[end.place] ??= [];
          own[end.place]?.push(relation);
        }
      }
    }
    if (own.length === 0) return;
    for (const { place, line } of table.rows)
      this.touching[place] = line.flatMap((above) => own[above] ?? []);
  }

  /** A report that counts on a leaf: a report on an enclosing group expires. */
  sayLeaf({ line }: PlanRow): void {
    this.forget(line);
  }

  /** A measure of a group: it holds until one of its parts is reported. */
  sayGroup({ place, line }: PlanRow, fact: ProgressFact, range: Range): void {
    this.forget(line);
    this.groupWords[place] = fact;
    this.groupRanges[place] = range;
  }

  /** Checks again what a report on these items touched. */
  check(rows: readonly PlanRow[]): void {
    const [only] = rows;
    if (!only) return;
    const touched =
      rows.length === 1
        ? (this.touching[only.place] ?? [])
        : new Set(rows.flatMap(({ place }) => this.touching[place] ?? []));
    for (const relation of touched) this.checkOne(relation);
  }

  private checkOne(relation: Relation): void {
    const { item, before, lead } = relation;
    const isAhead = Math.round(this.range(item).floor) > Math.round(this.range(before).ceiling);
    if (isAhead && !lead) {
      const sides = [
        ...this.facts(before, (range) => range.ceiling < wholeBasisPoints),
        ...this.facts(item, (range) => range.floor > 0),
      ].sort(inOrder);
      if (sides.length === 0) return;
      const id = sides.map((side) => side.id).join(':');
      relation.lead = { counts: !this.found.has(id) };
      this.found.add(id);
      if (relation.lead.counts) this.open += 1;
    } else if (!isAhead && lead) {
      relation.lead = undefined;
      if (lead.counts) this.open -= 1;
    }
  }

  private range({ place, children }: PlanRow): Range {
    const stated = this.statedRange(place, children);
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

  private forget(line: readonly number[]): void {
    for (const above of line) {
      this.groupRanges[above] = undefined;
      this.rolledUp[above] = undefined;
    }
  }

  private statedRange(place: number, children: readonly number[]): Range | undefined {
    return children.length === 0 ? this.statements[place]?.range : this.groupRanges[place];
  }

  private facts({ place, children }: PlanRow, counts: (range: Range) => boolean): ProgressFact[] {
    const stated = this.statedRange(place, children);
    if (stated && !counts(stated)) return [];
    if (stated && children.length > 0) return [this.groupWords[place] as ProgressFact];
    if (stated) return this.statements[place]?.facts() ?? [];
    return [...new Set(children.flatMap((child) => this.facts(this.table.rows[child] as PlanRow, counts)))];
  }
}
