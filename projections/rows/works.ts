import { itemOf } from '../../domain/project/facts/members.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { lexicon1 } from '../../domain/values/lexicon.js';
import { type ProgressFact, type Range, saysDone, wordRange } from '../completion/statements.js';
import { type ItemReport, isItemReport } from '../contradictions/fact-index.js';
import type { PlanRow, PlanTable } from '../plan/plan-table.js';
import { ItemMoves, type Move } from '../stalls/item-moves.js';
import { StatedItems } from './stated-items.js';

/** The reports on the works of a project under one plan, in order, and what the row needs of them. */
export class Works {
  private readonly statements: StatedItems;
  /** The day of the last fact by which a weighted item rose. */
  lastRiseOn: number | undefined;
  /** Something is reported done or begun. */
  hasProgress = false;
  private readonly items = new Map<string, ItemMoves>();
  private readonly marks = new Map<string, number>();
  /** Percent by the last report on each unplanned item. */
  private readonly unplanned = new Map<string, number>();

  constructor(private readonly table: PlanTable) {
    this.statements = new StatedItems(table);
  }

  percentOfUnplanned(item: string): number | undefined {
    return this.unplanned.get(item);
  }

  /** The stated range of each item, by index. */
  get stated(): readonly (Range | undefined)[] {
    return this.statements.ranges;
  }

  say(day: number, fact: ProgressFact): Move {
    this.statements.say(fact);
    return isItemReport(fact) ? this.sayWord(day, fact) : this.sayStage(day, fact);
  }

  private sayStage(day: number, fact: Extract<ProgressFact, { type: 'StageEntered' }>): Move {
    const { stage } = fact.data;
    for (const row of this.table.statedBy(stage))
      if (row.isWeighted && this.raise(row, undefined, wholeBasisPoints)) this.lastRiseOn = day;
    return nothingElse;
  }

  private sayWord(day: number, fact: ItemReport): Move {
    const item = itemOf(fact.data);
    const row = this.table.row(item);
    const range = wordRange(fact, row?.item, lexicon1);
    if (range.percent > 0) this.hasProgress = true;
    if (!row) this.unplanned.set(item, Math.round(range.percent));
    else if (row.isWeighted) this.mark(day, row, fact, range);
    return this.movesOn(item, row).say(fact.data.step, range);
  }

  /** The maximum reported for every item and step, as in `lastRise`. */
  private mark(day: number, row: PlanRow, fact: ItemReport, { percent }: Range): void {
    const { step } = fact.data;
    const { steps } = row.item;
    if (step !== undefined && !steps?.some(({ id, weight }) => id === step && weight > 0)) return;
    if (this.raise(row, step, percent)) this.lastRiseOn = day;
    if (saysDone(fact))
      for (const below of this.table.below(row)) this.raise(below, undefined, wholeBasisPoints);
  }

  private raise({ item }: PlanRow, step: string | undefined, percent: number): boolean {
    if (step !== undefined) return this.raiseMark(`${item.id} ${step}`, percent);
    for (const { id } of item.steps ?? []) this.raiseMark(`${item.id} ${id}`, percent);
    return this.raiseMark(item.id, percent);
  }

  private raiseMark(key: string, percent: number): boolean {
    if (percent <= (this.marks.get(key) ?? 0)) return false;
    this.marks.set(key, percent);
    return true;
  }

  private movesOn(id: string, row: PlanRow | undefined): ItemMoves {
    const known = this.items.get(id);
    if (known) return known;
    const moves = new ItemMoves(row?.item);
    this.items.set(id, moves);
    return moves;
  }
}

const nothingElse: Move = { isRise: false, isProduction: false };
