import { type Basis, basisWords } from '../../domain/project/facts/investment-reported.js';
import { moneyKindWords } from '../../domain/project/facts/money-reported.js';
import { periodOf } from '../../domain/project/facts/stated-money.js';
import { type Money as Amount, boundsOf } from '../../domain/values/amounts/money.js';
import { type Day, lastDayOfMonth, yearOf } from '../../domain/values/days/calendar.js';
import type { Words } from '../../domain/values/words.js';
import { upTo } from '../facts/facts.js';
import { figuresSideBySide, whyHeadline } from '../money/figures-side-by-side.js';
import type { InvestmentFact } from '../money/investment.js';
import { basisOrder, Money, type ShareOfPlan } from '../money/money.js';
import { lineOf, type MoneyReport } from '../money/money-line.js';
import { shareBounds } from '../money/share.js';
import { annualPlanOf } from '../money/stated-shares.js';
import type { JournalEntry } from '../project/journal.js';
import { supersededBy } from './completion.js';
import type { Why } from './not-used.js';
import { exactly, quotient } from './terms/exact.js';
import { between, leaf, rounded, type Term, total } from './terms/term.js';

/** The figures of money on a day as terms. */
export class ExplainedMoney {
  private readonly money = new Money();
  private readonly reports = new Map<string, MoneyReport>();

  constructor(
    facts: readonly InvestmentFact[],
    private readonly asOf: Day,
  ) {
    for (const fact of upTo(facts, asOf)) {
      this.money.take(fact);
      if (fact.type !== 'PlanAdopted') this.reports.set(fact.id, fact);
    }
  }

  /** Money invested since the start: the headline. */
  invested(): Term | undefined {
    const { headline } = this.money;
    if (!headline) return undefined;
    const { report, amount } = headline;
    const why = whyHeadline(this.money);
    return { ...this.amount(report, amount, 'invested'), ...(why ? { words: why } : {}) };
  }

  /** The headline's share of the planned investment. */
  shareOfPlan(): Term | undefined {
    const share = this.money.shareOfPlan();
    if (!share) return undefined;
    const name = { en: 'Share of the planned investment', zh: '占计划总投资' };
    return this.share(share, this.money.plan?.data.plannedInvestment, name, 'share-of-plan');
  }

  /** The least or the most that a share of the planned investment may be, of an amount that is not exact. */
  bound(share: ShareOfPlan, bound: 'low' | 'high'): Term {
    const { amount } = share.report.data;
    const planned = this.money.plan?.data.plannedInvestment;
    const name =
      bound === 'low'
        ? { en: 'Share of the plan, at least', zh: '占计划，至少' }
        : { en: 'Share of the plan, at most', zh: '占计划，至多' };
    const isComputed = amount && shareBounds(amount, planned)?.[bound] === share[bound];
    const exact = isComputed ? { ...amount, amountMinor: boundsOf(amount)[bound] } : amount;
    return this.share({ ...share, point: share[bound] }, planned, name, undefined, exact);
  }

  /** The share of the annual plan of the year of the day, by the first basis that has one. */
  annualShare(): Term | undefined {
    const found = this.annual();
    if (!found) return undefined;
    const name = { en: `Share of the annual plan of ${found.year}`, zh: `占 ${found.year} 年度计划` };
    const amount = this.money.yearOf(found.basis, found.year, found.planned.currency);
    return this.share(found.share, found.planned, name, 'annual-share', amount?.amount);
  }

  /** The elapsed part of the year on the day of that share: whole months, and the part of the present one. */
  elapsed(): Term | undefined {
    const found = this.annual();
    return found && elapsedOn(found.year, found.share.report.asOf);
  }

  /** The share of the annual plan minus the elapsed part of the year. */
  annualAhead(): Term | undefined {
    const [share, elapsed] = [this.annualShare(), this.elapsed()];
    if (!share || !elapsed) return undefined;
    return between('difference', rounded(share), rounded(elapsed), {
      name: { en: 'Ahead of the elapsed part of the year', zh: '超前时间进度' },
      unit: 'basis-points',
      figure: 'annual-ahead',
    });
  }

  /** The entries of the latest figures side by side. */
  get latest(): string[] {
    return figuresSideBySide(this.money, yearOf(this.asOf)).map(({ entry }) => entry);
  }

  /** The latest figure of one kind, basis, item, currency and span, by its entry. */
  stated(entry: string): Term | undefined {
    const report = this.reports.get(entry);
    if (!report || !this.latest.includes(entry)) return undefined;
    const { amount, shareOfPlanBasisPoints: share, shareOfAnnualPlanBasisPoints: annual } = report.data;
    const figure = `money:${entry}`;
    if (amount) return this.amount(report, amount, figure);
    const stated = share ?? annual;
    if (stated === undefined) return undefined;
    return leaf('stated', exactly(stated), {
      name: nameOf(report),
      unit: 'basis-points',
      entries: [entry],
      figure,
    });
  }

  /** Why an entry does not count for a figure of a report; undefined for one that is not about money. */
  why(entry: JournalEntry, term: Term): Why | undefined {
    if (entry.type !== 'InvestmentReported' && entry.type !== 'MoneyReported') return undefined;
    const [first] = [...entriesOf(term)].flatMap((id) => this.reports.get(id) ?? []);
    if (!first) return undefined;
    // Of an entry that does not count at all the type and the data are enough.
    const fact = this.reports.get(entry.id) ?? (entry as unknown as MoneyReport);
    const [one, other] = [lineOf(fact), lineOf(first)];
    if (one.kind !== other.kind || one.source !== other.source || one.reference !== other.reference)
      return { reason: 'other-kind' };
    if (one.item !== other.item) return { reason: 'other-item' };
    if (one.basis !== other.basis) return { reason: 'other-basis' };
    if (one.currency !== null && other.currency !== null && one.currency !== other.currency)
      return { reason: 'other-unit' };
    const isSameSpan = fact.data.span === first.data.span && periodIn(fact) === periodIn(first);
    return isSameSpan ? supersededBy(first.id) : { reason: 'other-span' };
  }

  private annual(): { basis: Basis; year: number; planned: Amount; share: ShareOfPlan } | undefined {
    const year = yearOf(this.asOf);
    const planned = this.money.plan && annualPlanOf(this.money.plan.data, year)?.investment;
    if (!planned) return undefined;
    for (const basis of basisOrder) {
      const share = this.money.shareOfYear(basis, year, planned);
      if (share) return { basis, year, planned, share };
    }
    return undefined;
  }

  private share(
    { is, point, report }: ShareOfPlan,
    planned: Amount | undefined,
    name: Words,
    figure: string | undefined,
    amount = report.data.amount,
  ): Term {
    const of = { name, unit: 'basis-points', ...(figure === undefined ? {} : { figure }) } as const;
    if (is === 'stated' || !amount || !planned)
      return leaf('stated', exactly(point), { ...of, entries: [report.id] });
    const plan = this.money.plan?.id;
    return between(
      'share',
      this.amount(report, amount),
      leaf('stated', exactly(planned.amountMinor), {
        name: { en: 'Planned, by the plan in force', zh: '现行计划投资' },
        unit: 'minor',
        currency: planned.currency,
        words: { en: 'The plan states it.', zh: '计划写明。' },
        ...(plan === undefined ? {} : { entries: [plan] }),
      }),
      of,
    );
  }

  private amount(report: MoneyReport, { amountMinor, currency }: Amount, figure?: string): Term {
    return leaf('stated', exactly(amountMinor), {
      name: nameOf(report),
      unit: 'minor',
      currency,
      entries: [report.id],
      ...(figure === undefined ? {} : { figure }),
    });
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

function nameOf(report: MoneyReport): Words {
  const { kind, basis, item } = lineOf(report);
  const name = kind === 'invested' ? { en: 'Invested', zh: '完成投资' } : moneyKindWords[kind];
  const by = basis === null ? undefined : basisWords[basis];
  const span = periodIn(report);
  const marks = [
    ...(by ? [by] : []),
    ...(span === '' ? [{ en: 'since the start', zh: '自开工累计' }] : [{ en: span, zh: span }]),
    ...(item === null ? [] : [{ en: item, zh: item }]),
  ];
  return {
    en: `${name.en} (${marks.map(({ en }) => en).join(', ')})`,
    zh: `${name.zh}（${marks.map(({ zh }) => zh).join('，')}）`,
  };
}

function periodIn({ data, asOf }: MoneyReport): string {
  return data.span === 'since-start' ? '' : periodOf(data, asOf);
}

function* entriesOf({ entries = [], parts }: Term): Generator<string> {
  yield* entries;
  for (const { term } of parts) yield* entriesOf(term);
}
