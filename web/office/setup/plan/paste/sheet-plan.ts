import type { Names, WorkItem } from '../../../../../domain/project/events.js';
import { dayIn, numberIn } from '../../../../../domain/table/cell-values.js';
import { addDays } from '../../../../../domain/values/days/calendar.js';
import { plainText } from '../../../../../domain/values/plain-text.js';
import { freeId, idFrom } from '../draft/readable-ids.js';
import { chapterIn, namesIn, numberedIn, scaleOf, slugIn, totalIn, weightIn, wholeIn } from './cells.js';
import type { Column, ColumnKind } from './columns.js';
import { isStoreys, measureIn, moneyOfCell, stageIn } from './values.js';

/** The expected content of a cell. */
type Expected =
  | 'name'
  | 'weight'
  | 'number'
  | 'level'
  | 'parent'
  | 'quantity'
  | 'measure'
  | 'day'
  | 'days'
  | 'order'
  | 'cost'
  | 'currency'
  | 'sum'
  | 'year'
  | 'stage'
  | 'after'
  | 'id';

/** A cell that could not be read and is left empty; rows count from 1, including the header. */
export interface BadCell {
  row: number;
  column: number;
  seen: string;
  expected: Expected;
}

/** A parsed row. */
export interface ReadRow {
  row: number;
  item: WorkItem;
  depth: number;
  /** True if the table gives its id. */
  hasOwnId: boolean;
}

/** The parsed table. */
export interface SheetPlan {
  rows: ReadRow[];
  bad: BadCell[];
  /** Skipped rows: totals and empty rows. */
  skipped: { row: number; why: 'total' | 'empty' }[];
  /** The factor that makes all weights integers. */
  weightsTimes: number;
  /** Items without a weight; they count as 1 if no item has one, else as 0. */
  withoutWeight: number;
}

const isTotal = /^(total|sum|subtotal|合计|总计|小计|共计)[:：]?$/i;
/** The level of plain numbers 1, 2, 3 below chapters. */
const inChapter = 3;

/** Parses the rows of a table as a plan, and reports each cell that cannot be read. */
export function sheetPlan(
  cells: readonly (readonly string[])[],
  columns: readonly Column[],
  hasHeader: boolean,
): SheetPlan {
  const reading = new Reading(columns);
  for (const [index, row] of cells.entries()) if (index > 0 || !hasHeader) reading.take(row, index + 1);
  return reading.end();
}

/** A row before its level is known. */
interface Draft {
  row: number;
  hasOwnId: boolean;
  item: Omit<WorkItem, 'parent'>;
  weight: number | undefined;
  number: string;
  level: number | undefined;
  parent: string;
  after: string[];
}

class Reading {
  private readonly drafts: Draft[] = [];
  private readonly bad: BadCell[] = [];
  private readonly skipped: SheetPlan['skipped'] = [];
  private readonly ids = new Set<string>();

  constructor(private readonly columns: readonly Column[]) {}

  take(cells: readonly string[], row: number): void {
    const raw = (kind: ColumnKind) => cells[this.at(kind)] ?? '';
    const text = (kind: ColumnKind) => raw(kind).trim();
    if (cells.every((cell) => cell.trim() === '')) {
      this.skipped.push({ row, why: 'empty' });
      return;
    }
    const name = (kind: ColumnKind) => text(kind) && plainText(text(kind));
    const names = namesIn(name('name'), name('nameEn'), name('nameZh'));
    if ([...Object.values(names), text('number')].some((name) => isTotal.test(name.replace(/\s/g, '')))) {
      this.skipped.push({ row, why: 'total' });
      return;
    }
    const complain = (kind: ColumnKind, expected: Expected) => {
      this.bad.push({ row, column: this.at(kind), seen: text(kind), expected });
      return undefined;
    };
    const mean = <Value>(kind: ColumnKind, expected: Expected, read: (cell: string) => Value | undefined) =>
      text(kind) === '' ? undefined : (read(text(kind)) ?? complain(kind, expected));
    if (Object.keys(names).length === 0) {
      const nameKind = (['name', 'nameZh', 'nameEn'] as const).find((kind) => this.at(kind) >= 0) ?? 'name';
      this.bad.push({ row, column: this.at(nameKind), seen: '', expected: 'name' });
    }
    const plannedStart = mean('start', 'day', (cell) => dayIn(cell, 'first'));
    const days = mean('days', 'days', (cell) => wholeIn(cell, 1, 36_500));
    const said = mean('finish', 'day', (cell) => dayIn(cell, 'last'));
    let plannedFinish = said ?? (plannedStart && days ? addDays(plannedStart, days - 1) : undefined);
    if (plannedStart && plannedFinish && plannedFinish < plannedStart)
      plannedFinish = complain(said ? 'finish' : 'days', 'order');
    const plannedCost = mean('cost', 'cost', (cell) =>
      moneyOfCell(cell, this.columns[this.at('cost')]?.unit),
    );
    const stage = mean('stage', 'stage', stageIn);
    const ownId = mean('id', 'id', slugIn);
    const id = this.idOf(ownId, names);
    this.drafts.push({
      row,
      hasOwnId: id === ownId,
      item: {
        id,
        name: names,
        weight: 0,
        ...this.measured(cells, mean),
        ...(plannedStart ? { plannedStart } : {}),
        ...(plannedFinish ? { plannedFinish } : {}),
        ...(plannedCost ? { plannedCost } : {}),
        ...(stage ? { stage } : {}),
      },
      weight: mean('weight', 'weight', weightIn),
      number: chapterIn(text('number')) ? '' : (mean('number', 'number', numberedIn) ?? ''),
      level: chapterIn(text('number')) ?? this.levelOf(raw('name'), mean),
      parent: name('parent'),
      after: text('after')
        .split(/[;,；，、\s]+/)
        .filter((one) => one !== ''),
    });
  }

  end(): SheetPlan {
    const weights = this.drafts.flatMap(({ weight }) => weight ?? []);
    const weightsTimes = scaleOf(weights);
    const none = weights.length === 0 ? 1 : 0;
    const rows: ReadRow[] = [];
    const above: { draft: Draft; depth: number }[] = [];
    for (const draft of this.drafts) {
      const parent = this.parentOf(draft, above);
      const depth = parent ? 1 + (rows.find(({ item }) => item.id === parent.item.id)?.depth ?? 0) : 1;
      above.push({ draft, depth });
      const after = this.afterOf(draft);
      const weight = draft.weight === undefined ? none : Math.round(draft.weight * weightsTimes);
      const { id, name, ...rest } = draft.item;
      rows.push({
        row: draft.row,
        depth,
        hasOwnId: draft.hasOwnId,
        item: {
          id,
          name,
          ...(parent ? { parent: parent.item.id } : {}),
          ...rest,
          weight,
          ...(after.length > 0 ? { after } : {}),
        },
      });
    }
    const withoutWeight = this.drafts.filter(({ weight }) => weight === undefined).length;
    const bad = this.bad.sort((a, b) => a.row - b.row || a.column - b.column);
    return { rows, bad, skipped: this.skipped, weightsTimes, withoutWeight };
  }

  private at(kind: ColumnKind): number {
    return this.columns.findIndex((column) => column.kind === kind);
  }

  private idOf(said: string | undefined, names: Names): string {
    const id = freeId(said ?? (idFrom(names) || 'item'), this.ids);
    this.ids.add(id);
    return id;
  }

  /** The item's measure: as given, else by its quantity and unit, else percent. */
  private measured(
    cells: readonly string[],
    mean: <V>(kind: ColumnKind, expected: Expected, read: (cell: string) => V | undefined) => V | undefined,
  ): Pick<WorkItem, 'measure' | 'of' | 'total' | 'unit'> {
    const said = mean('measure', 'measure', measureIn);
    const beside = numberIn(cells[this.at('quantity')] ?? '')?.rest ?? '';
    const unit =
      (cells[this.at('unit')] ?? '').trim() || beside || this.columns[this.at('quantity')]?.unit || '';
    const hasDecimals = unit !== '' && !isStoreys(unit);
    const total = mean('quantity', 'quantity', (cell) => totalIn(cell, hasDecimals));
    const isPercent = unit === '%';
    const measure =
      said ?? (isStoreys(unit) ? 'storeys' : total !== undefined && !isPercent ? 'count' : 'percent');
    // A table has no steps; the user adds them.
    if (measure === 'steps') return { measure: 'percent' };
    if (measure === 'done' || measure === 'percent') return { measure };
    const named = unit && measure !== 'storeys' ? { unit: unit.slice(0, 40) } : {};
    if (total && (measure === 'quantity' || total.scale > 0)) return { measure: 'quantity', total, ...named };
    return { measure, ...(total ? { of: total.digits } : {}), ...named };
  }

  /** By the level column, else by the indentation of the name; undefined without either. */
  private levelOf(
    name: string,
    mean: <V>(kind: ColumnKind, expected: Expected, read: (cell: string) => V | undefined) => V | undefined,
  ): number | undefined {
    if (this.at('level') >= 0) return mean('level', 'level', (cell) => wholeIn(cell, 0, 32));
    const blanks = /^[\s\u3000]+/.exec(name)?.[0];
    return blanks === undefined
      ? undefined
      : [...blanks].reduce((sum, one) => sum + (one === ' ' ? 1 : 2), 0);
  }

  private parentOf(draft: Draft, above: readonly { draft: Draft; depth: number }[]): Draft | undefined {
    if (draft.parent !== '') {
      const named = this.named(draft.parent, draft);
      if (named && above.some((one) => one.draft === named)) return named;
      this.bad.push({ row: draft.row, column: this.at('parent'), seen: draft.parent, expected: 'parent' });
      return undefined;
    }
    if (draft.number.includes('.')) {
      const up = draft.number.slice(0, draft.number.lastIndexOf('.'));
      const found = above.findLast((one) => one.draft.number === up)?.draft;
      if (!found)
        this.bad.push({ row: draft.row, column: this.at('number'), seen: draft.number, expected: 'parent' });
      return found;
    }
    if (draft.number !== '' && !this.hasChapters()) return undefined;
    return above.findLast((one) => levelIn(one.draft) < levelIn(draft))?.draft;
  }

  /** Below 一 and （一） plain numbers start over; without such chapters they are roots. */
  private hasChapters(): boolean {
    return this.drafts.some(({ number, level }) => number === '' && level !== undefined && level < inChapter);
  }

  private afterOf(draft: Draft): string[] {
    const found = new Set<string>();
    for (const one of draft.after) {
      // Project plans append the kind of link and its lag: 3FS+2d.
      const other = this.named(one, draft) ?? this.named(one.replace(/(FS|SS|FF|SF).*$/i, ''), draft);
      if (other && other !== draft) found.add(other.item.id);
      else this.bad.push({ row: draft.row, column: this.at('after'), seen: one, expected: 'after' });
    }
    return [...found];
  }

  private named(said: string, by: Draft): Draft | undefined {
    const plain = said.trim();
    const fits = ({ item, number }: Draft) =>
      (number !== '' && number === numberedIn(plain)) ||
      item.id === plain ||
      item.name.zh === plain ||
      item.name.en === plain;
    return this.drafts.findLast((one) => one !== by && fits(one)) ?? this.drafts.find(fits);
  }
}

function levelIn({ number, level = 0 }: Draft): number {
  return number === '' ? level : inChapter;
}
