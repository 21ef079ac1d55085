import { basisWords } from '../../domain/project/facts/investment-reported.js';
import { moneyKindWords } from '../../domain/project/facts/money-reported.js';
import type { MoneySpan } from '../../domain/project/facts/stated-money.js';
import type { Said } from '../../domain/values/amounts/money.js';
import { type GivenDay, givenDay } from '../../domain/values/day-marks.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';
import { joined } from '../../domain/values/words.js';
import { basisOrder, type Money } from './money.js';
import type { MoneyLine } from './money-line.js';
import type { MoneyOfKind } from './money-of-kind.js';

/** The latest figure of one kind, basis or source, item, currency and span; figures of two rows are never added. */
export interface MoneyFigure extends MoneyLine, GivenDay {
  span: MoneySpan;
  /** The year (`2018`), quarter (`2018-Q2`) or month (`2018-06`); null since the start. */
  period: string | null;
  /** The stated figure in minor units, of a range its lower end; null where only a share was said. */
  amountMinor: number | null;
  lowMinor: number | null;
  highMinor: number | null;
  /** As reported, such as 6900 万元. */
  said: Said | null;
  /** As stated with it. */
  shareOfPlanBasisPoints: number | null;
  /** As stated with it. */
  shareOfAnnualPlanBasisPoints: number | null;
  entry: Uuid;
  isHeadline: boolean;
}

/** Every latest figure: money invested by preference, then the other kinds in their order; months of this year and the last. */
export function figuresSideBySide(money: Money, year: number): MoneyFigure[] {
  const headline = money.headline?.report.id;
  const since = String(year - 1);
  return [...money.kinds].sort(byKind).flatMap((kind) =>
    kind.figures
      .filter(({ period }) => period.length <= 4 || period >= since)
      .map(({ period, report }): MoneyFigure => {
        const { data, entry, id } = report;
        const { amount } = data;
        return {
          ...kind.line,
          span: data.span,
          period: period === '' ? null : period,
          amountMinor: amount?.amountMinor ?? null,
          lowMinor: amount?.lowMinor ?? amount?.amountMinor ?? null,
          highMinor: amount?.highMinor ?? amount?.amountMinor ?? null,
          said: amount?.said ?? null,
          shareOfPlanBasisPoints: data.shareOfPlanBasisPoints ?? null,
          shareOfAnnualPlanBasisPoints: data.shareOfAnnualPlanBasisPoints ?? null,
          ...givenDay(entry),
          entry: id,
          isHeadline: id === headline,
        };
      }),
  );
}

/** Which figure is the headline, and why; null without one. */
export function whyHeadline(money: Money): Words | null {
  const { headline, candidates } = money;
  if (!headline) return null;
  const count = candidates.length;
  if (count === 1) return { en: 'The only figure since the start.', zh: '唯一的累计数。' };
  const basis = basisWords[headline.report.data.basis];
  const order = joined(
    basisOrder.map((one) => basisWords[one]),
    { en: ', ', zh: '、' },
  );
  return {
    en: `Of ${count} figures since the start the one ${basis.en} in ${headline.amount.currency}: first the currency of the plan, then the basis in this order: ${order.en}. Which was entered last does not count.`,
    zh: `共有 ${count} 个累计数，取${basis.zh}（${headline.amount.currency}）：先取计划币种，再按口径顺序：${order.zh}；与录入先后无关。`,
  };
}

const kinds: readonly string[] = ['invested', ...Object.keys(moneyKindWords)];

function byKind({ line: a }: MoneyOfKind, { line: b }: MoneyOfKind): number {
  return kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compared(partsOf(a), partsOf(b));
}

/** The project before its items, then by basis in the order of preference, source, currency and reference. */
function partsOf({ item, basis, source, currency, reference, effect }: MoneyLine): string {
  const rank = basis === null ? '' : String(basisOrder.indexOf(basis));
  return [item ?? '', rank, source ?? '', currency ?? '', reference ?? '', effect ?? ''].join('\n');
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
