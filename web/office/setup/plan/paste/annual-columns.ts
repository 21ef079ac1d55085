import { isBlank } from '../../../../../domain/table/cell.js';
import { decimalText } from '../../../../../domain/values/amounts/decimal.js';
import type { Money } from '../../../../../domain/values/amounts/money.js';
import { type MoneyForm, moneyFormOf } from '../../money-form.js';
import type { AnnualForm } from '../draft/plan-draft.js';
import type { Column } from './columns.js';
import type { BadCell, SheetPlan } from './sheet-plan.js';
import { moneyOfCell } from './values.js';

/** What a table plans for each year; a year of which a cell is not understood is not taken. */
export interface AnnualRead {
  years: AnnualForm[];
  /** The years that are not taken. */
  left: string[];
  bad: BadCell[];
}

/** A whole of all rows, not of some: 小计 is a part. */
const isWhole = /^(total|sum|合计|总计|共计)[:：]?$/i;
/** 万元 in minor units: six decimals of a fen. */
const tenThousandYuan = { unit: '万元', scale: 6 };

/** Reads the columns of planned investment by year: the sum of the items, which a row with a total has to agree with. */
export function annualIn(
  cells: readonly (readonly string[])[],
  columns: readonly Column[],
  plan: Pick<SheetPlan, 'rows' | 'skipped'>,
): AnnualRead {
  const read: AnnualRead = { years: [], left: [], bad: [] };
  for (const [at, column] of columns.entries()) {
    if (column.kind !== 'annual') continue;
    if (column.year === undefined) read.bad.push({ row: 1, column: at, seen: column.head, expected: 'year' });
    else {
      const { sum, bad } = new YearColumn(cells, at, column, plan).read();
      read.bad.push(...bad);
      if (bad.length > 0) read.left.push(column.year);
      else if (sum) read.years.push({ year: column.year, investment: formOf(sum) });
    }
  }
  return read;
}

/** The years of a draft with those of a table; the targets of months stay. */
export function withYears(
  annual: readonly AnnualForm[],
  years: readonly AnnualForm[],
): readonly AnnualForm[] {
  const byYear = new Map(annual.map((one) => [one.year, one]));
  for (const { year, investment } of years) byYear.set(year, { ...byYear.get(year), year, investment });
  return [...byYear.values()].sort((a, b) => Number(a.year) - Number(b.year));
}

class YearColumn {
  private readonly bad: BadCell[] = [];
  private currency: string | undefined;

  constructor(
    private readonly cells: readonly (readonly string[])[],
    private readonly at: number,
    private readonly column: Column,
    private readonly plan: Pick<SheetPlan, 'rows' | 'skipped'>,
  ) {}

  read(): { sum: Money | undefined; bad: readonly BadCell[] } {
    const own = new Map(this.plan.rows.map(({ row, item }) => [item.id, this.amountIn(row)]));
    const sum = this.sumOf(undefined, own);
    let whole: number | undefined;
    for (const { row, why } of this.plan.skipped) {
      const isOfAll =
        why === 'total' && this.cells[row - 1]?.some((cell) => isWhole.test(cell.replace(/\s/g, '')));
      const total = isOfAll ? this.amountIn(row) : undefined;
      if (total === undefined) continue;
      whole = total;
      if (sum !== undefined && sum !== total) this.complain(row, 'sum');
    }
    const amountMinor = sum ?? whole;
    const { currency, bad } = this;
    return {
      sum: amountMinor === undefined || currency === undefined ? undefined : { amountMinor, currency },
      bad,
    };
  }

  /** Of the items right below a group, or of the roots: their own amounts, else those of what lies under them. */
  private sumOf(
    parent: string | undefined,
    own: ReadonlyMap<string, number | undefined>,
  ): number | undefined {
    let sum: number | undefined;
    for (const { row, item } of this.plan.rows) {
      if (item.parent !== parent) continue;
      const [stated, below] = [own.get(item.id), this.sumOf(item.id, own)];
      if (stated !== undefined && below !== undefined && stated !== below) this.complain(row, 'sum');
      const amount = stated ?? below;
      if (amount !== undefined) sum = (sum ?? 0) + amount;
    }
    return sum;
  }

  private amountIn(row: number): number | undefined {
    const cell = this.cells[row - 1]?.[this.at] ?? '';
    if (isBlank(cell)) return undefined;
    const money = moneyOfCell(cell, this.column.unit);
    if (!money) return this.complain(row, 'cost');
    this.currency ??= money.currency;
    return money.currency === this.currency ? money.amountMinor : this.complain(row, 'currency');
  }

  private complain(row: number, expected: BadCell['expected']): undefined {
    this.bad.push({ row, column: this.at, seen: this.cells[row - 1]?.[this.at]?.trim() ?? '', expected });
  }
}

/** Yuan in 万元, as plans have them. */
function formOf(money: Money): MoneyForm {
  if (money.currency !== 'CNY') return moneyFormOf(money);
  const { unit, scale } = tenThousandYuan;
  const [whole, fraction = ''] = decimalText({ digits: money.amountMinor, scale })
    .replaceAll(',', '')
    .split('.');
  const decimals = fraction.replace(/0+$/, '');
  return { amount: decimals === '' ? (whole ?? '') : `${whole}.${decimals}`, unit };
}
