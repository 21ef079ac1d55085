import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import type { ProgressFact, Range } from '../completion/statements.js';
import type { PlanRow, PlanTable } from '../plan/plan-table.js';
import { type Finding, finding } from './contradiction.js';
import { type IndexedFact, inOrder } from './fact-index.js';

/** What is stated of the items of a plan so far. */
interface Stated {
  range(row: PlanRow): Range;
  /** The facts behind an item, with those of its parts, whose ranges count. */
  facts(row: PlanRow, counts: (range: Range) => boolean): readonly ProgressFact[];
}

/** An item and its predecessor. */
interface Relation {
  item: PlanRow;
  before: PlanRow;
  lead?: Lead | undefined;
}

/** An item surely further along than its predecessor can be; several relations may rest on the same entries. */
interface Lead {
  finding: Finding;
  relations: number;
}

/** Items that are ahead of their predecessors under one plan, found report after report. */
export class OutOfSequence {
  /** Those that no newer report has settled. */
  openContradictions = 0;
  /** Relations that a report on an item may change, by its place. */
  private readonly touching: (readonly Relation[])[] = [];
  private readonly leads = new Map<string, Lead>();

  /** @param found where findings are added, settled or not */
  constructor(
    table: PlanTable,
    private readonly stated: Stated,
    private readonly found?: Finding[],
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

  /** Checks again what a fact touched that stated something of these items. */
  check(rows: readonly PlanRow[], fact: ProgressFact): void {
    const [only] = rows;
    if (!only) return;
    const touched =
      rows.length === 1
        ? (this.touching[only.place] ?? [])
        : new Set(rows.flatMap(({ place }) => this.touching[place] ?? []));
    for (const relation of touched) this.checkOne(relation, fact);
  }

  /** True if an open contradiction names a fact. */
  names(fact: IndexedFact): boolean {
    for (const { finding } of this.leads.values())
      if (finding.settledBy === undefined && finding.sides.some((side) => side.fact === fact)) return true;
    return false;
  }

  private checkOne(relation: Relation, fact: ProgressFact): void {
    const { item, before, lead } = relation;
    const { stated } = this;
    const isAhead = Math.round(stated.range(item).floor) > Math.round(stated.range(before).ceiling);
    if (isAhead && !lead) this.open(relation, fact);
    if (isAhead || !lead) return;
    relation.lead = undefined;
    lead.relations -= 1;
    if (lead.relations > 0) return;
    lead.finding.settledBy = fact.id;
    this.openContradictions -= 1;
  }

  private open(relation: Relation, { asOf }: ProgressFact): void {
    const { item, before } = relation;
    const [first, ...rest] = [
      ...this.stated.facts(before, (range) => range.ceiling < wholeBasisPoints),
      ...this.stated.facts(item, (range) => range.floor > 0),
    ]
      .sort(inOrder)
      .map((side) => ({ fact: side }));
    if (!first) return;
    const opened = finding('ahead-of-predecessor', [first, ...rest], { since: asOf });
    const lead = this.leads.get(opened.id) ?? { finding: opened, relations: 0 };
    if (lead.finding === opened) {
      this.leads.set(opened.id, lead);
      this.found?.push(opened);
    }
    if (lead.relations === 0) this.openContradictions += 1;
    delete lead.finding.settledBy;
    lead.relations += 1;
    relation.lead = lead;
  }
}
