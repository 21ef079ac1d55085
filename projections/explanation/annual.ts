import type { Basis } from '../../domain/project/facts/investment-reported.js';
import type { Money as Amount } from '../../domain/values/amounts/money.js';
import { type Day, lastDayOfMonth, yearOf } from '../../domain/values/days/calendar.js';
import type { Words } from '../../domain/values/words.js';
import { annualFigureOf } from '../money/annual-figure.js';
import { comparedLineOf } from '../money/annual-plan.js';
import { basisOrder, type ShareOfPlan } from '../money/money.js';
import { annualPlanOf } from '../money/stated-shares.js';
import type { ExplainedMoney } from './money.js';
import { exactly, quotient } from './terms/exact.js';
import { between, leaf, rounded, type Term, total } from './terms/term.js';

const planName: Words = { en: 'Annual plan, by the plan in force', zh: '现行年度计划投资' };

/** The annual plan of the year of a day, what was invested in it, and the targets of its months, as terms. */
export class ExplainedAnnual {
  constructor(private readonly of: ExplainedMoney) {}

  /** Every figure that is about a month. */
  get figures(): string[] {
    return this.months.flatMap(({ month }) => [
      `month-target:${month}`,
      `target-so-far:${month}`,
      `month-invested:${month}`,
    ]);
  }

  figure(kind: string, month: string | undefined): Term | undefined {
    if (month !== undefined) return this.ofMonth(kind, month);
    switch (kind) {
      case 'annual-plan':
        return this.planned();
      case 'annual-invested':
        return this.invested();
      case 'annual-share':
        return this.share();
      case 'elapsed':
        return this.elapsed();
      case 'annual-ahead':
        return this.ahead();
      default:
        return undefined;
    }
  }

  /** The share of the annual plan of the year of the day, by the first basis that has one. */
  private share(): Term | undefined {
    const found = this.annual();
    if (!found) return undefined;
    const name = { en: `Share of the annual plan of ${found.year}`, zh: `占 ${found.year} 年度计划` };
    const amount = this.of.money.yearOf(found.basis, found.year, found.planned.currency);
    return this.of.share(found.share, found.planned, name, 'annual-share', amount?.amount);
  }

  /** The elapsed part of the year on the day of that share: whole months, and the part of the present one. */
  private elapsed(): Term | undefined {
    const found = this.annual();
    return found && elapsedOn(found.year, found.share.report.asOf);
  }

  /** The share of the annual plan minus the elapsed part of the year. */
  private ahead(): Term | undefined {
    const [share, elapsed] = [this.share(), this.elapsed()];
    if (!share || !elapsed) return undefined;
    return between('difference', rounded(share), rounded(elapsed), {
      name: { en: 'Ahead of the elapsed part of the year', zh: '超前时间进度' },
      unit: 'basis-points',
      figure: 'annual-ahead',
    });
  }

  /** What the plan in force wants to be invested in the year. */
  private planned(): Term | undefined {
    const planned = this.ofYear?.investment;
    return planned && { ...this.of.ofPlan(planned, planName), figure: 'annual-plan' };
  }

  /** What was invested in the year: as reported or, where only the share was said, that share of the annual plan. */
  private invested(): Term | undefined {
    const found = this.annual();
    if (!found) return undefined;
    const { basis, year, planned, share } = found;
    const level = this.of.money.yearOf(basis, year, planned.currency);
    if (level && level.report.asOf >= share.report.asOf)
      return this.of.amount(level.report, level.amount, 'annual-invested');
    const stated = leaf('stated', exactly(share.point), {
      name: { en: `Share of the annual plan of ${year}`, zh: `占 ${year} 年度计划` },
      unit: 'basis-points',
      entries: [share.report.id],
    });
    return between('part-of', this.of.ofPlan(planned, planName), stated, {
      name: { en: `Invested in ${year}, by its share`, zh: `${year} 年完成投资（按占比折算）` },
      unit: 'minor',
      currency: planned.currency,
      figure: 'annual-invested',
    });
  }

  private ofMonth(kind: string, month: string): Term | undefined {
    const at = this.months.findIndex((one) => one.month === month);
    if (at < 0) return undefined;
    const figure = `${kind}:${month}`;
    switch (kind) {
      case 'month-target':
        return { ...this.target(at), figure };
      case 'target-so-far': {
        const parts = this.months.slice(0, at + 1).map((_, place) => ({ term: this.target(place) }));
        const [{ term: first } = { term: undefined }] = parts;
        return total(parts, {
          name: { en: `Targets of the year until ${month}`, zh: `年初至 ${month} 的计划投资` },
          unit: 'minor',
          ...(first?.currency === undefined ? {} : { currency: first.currency }),
          figure,
        });
      }
      case 'month-invested':
        return this.investedIn(month, figure);
      default:
        return undefined;
    }
  }

  private target(at: number): Term {
    const { month, investment } = this.months[at] as (typeof this.months)[number];
    return this.of.ofPlan(investment, { en: `Target of ${month}`, zh: `${month} 计划投资` });
  }

  /** As reported for the month, else the difference of the figures of the year at its end and before it. */
  private investedIn(month: string, figure: string): Term | undefined {
    const own = annualFigureOf(this.of.money, yearOf(this.of.asOf));
    const found = own && comparedLineOf(this.of.money, own)?.investedIn(month);
    if (!found) return undefined;
    const amounts = found.entries.flatMap((id) => {
      const report = this.of.reports.get(id);
      return report?.data.amount ? [this.of.amount(report, report.data.amount)] : [];
    });
    const [first, last] = amounts;
    if (!first) return undefined;
    if (!last) return { ...first, figure };
    return between('difference', last, first, {
      name: { en: `Invested in ${month}`, zh: `${month} 完成投资` },
      unit: 'minor',
      ...(last.currency === undefined ? {} : { currency: last.currency }),
      figure,
    });
  }

  /** The months of the year that have targets, in their order. */
  private get months(): { month: string; investment: Amount }[] {
    const year = yearOf(this.of.asOf);
    return [...(this.ofYear?.months ?? [])]
      .sort((a, b) => a.month - b.month)
      .map(({ month, investment }) => ({ month: `${year}-${String(month).padStart(2, '0')}`, investment }));
  }

  private get ofYear() {
    const { plan } = this.of.money;
    return plan && annualPlanOf(plan.data, yearOf(this.of.asOf));
  }

  private annual(): { basis: Basis; year: number; planned: Amount; share: ShareOfPlan } | undefined {
    const [year, planned] = [yearOf(this.of.asOf), this.ofYear?.investment];
    if (!planned) return undefined;
    for (const basis of basisOrder) {
      const share = this.of.money.shareOfYear(basis, year, planned);
      if (share) return { basis, year, planned, share };
    }
    return undefined;
  }
}

/** The part of a year that is over at the end of a day. */
function elapsedOn(year: number, day: Day): Term {
  const of = {
    name: { en: `Elapsed part of ${year} by ${day}`, zh: `${year} 年时间进度（至 ${day}）` },
    unit: 'basis-points',
    figure: 'elapsed',
  } as const;
  const count = (value: number, name: Words) => leaf('given', exactly(value), { name, unit: 'count' });
  if (yearOf(day) !== year) return leaf('given', exactly(yearOf(day) > year ? 10_000 : 0), of);
  const [month, days] = [Number(day.slice(5, 7)), Number(day.slice(8))];
  const inMonth = Number(lastDayOfMonth(day.slice(0, 7)).slice(8));
  const months = total(
    [
      { term: count(month - 1, { en: 'Whole months', zh: '整月数' }) },
      {
        term: count(days, { en: `Days of the month, of ${inMonth}`, zh: `当月天数（共 ${inMonth} 天）` }),
        weight: quotient(exactly(1), exactly(inMonth)),
      },
    ],
    { name: { en: 'Months', zh: '月数' }, unit: 'count' },
  );
  return between('share', months, count(12, { en: 'Months of a year', zh: '全年月数' }), of);
}
