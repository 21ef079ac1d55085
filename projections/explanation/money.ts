import { basisWords } from '../../domain/project/facts/investment-reported.js';
import { moneyKindWords } from '../../domain/project/facts/money-reported.js';
import { periodOf } from '../../domain/project/facts/stated-money.js';
import { type Money as Amount, boundsOf } from '../../domain/values/amounts/money.js';
import { type Day, yearOf } from '../../domain/values/days/calendar.js';
import type { Words } from '../../domain/values/words.js';
import { upTo } from '../facts/facts.js';
import { figuresSideBySide, whyHeadline } from '../money/figures-side-by-side.js';
import type { InvestmentFact } from '../money/investment.js';
import { Money, type ShareOfPlan } from '../money/money.js';
import { lineOf, type MoneyReport } from '../money/money-line.js';
import { impliedWhole, shareBounds } from '../money/share.js';
import type { Line } from '../project/journal.js';
import { supersededBy } from './completion.js';
import type { Why } from './not-used.js';
import { exactly } from './terms/exact.js';
import { between, leaf, type Term } from './terms/term.js';

/** The figures of money on a day as terms. */
export class ExplainedMoney {
  readonly money = new Money();
  readonly reports = new Map<string, MoneyReport>();

  constructor(
    facts: readonly InvestmentFact[],
    readonly asOf: Day,
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
    const name = { en: 'Share of the planned investment', zh: '占总投资' };
    return this.share(share, this.money.plan?.data.plannedInvestment, name, 'share-of-plan');
  }

  /** The least or the most that a share of the planned investment may be, of an amount that is not exact. */
  bound(share: ShareOfPlan, bound: 'low' | 'high'): Term {
    const { amount } = share.report.data;
    const planned = this.money.plan?.data.plannedInvestment;
    const name =
      bound === 'low'
        ? { en: 'Share of the plan, at least', zh: '占总投资，至少' }
        : { en: 'Share of the plan, at most', zh: '占总投资，至多' };
    const isComputed = amount && shareBounds(amount, planned)?.[bound] === share[bound];
    const exact = isComputed ? { ...amount, amountMinor: boundsOf(amount)[bound] } : amount;
    return this.share({ ...share, point: share[bound] }, planned, name, undefined, exact);
  }

  /** What the plan in force wants to be invested. */
  planned(): Term | undefined {
    const planned = this.money.plan?.data.plannedInvestment;
    return planned && { ...this.ofPlan(planned), figure: 'planned-investment' };
  }

  /** The whole of which the headline is the share that was stated with it. */
  implied(): Term | undefined {
    const { headline } = this.money;
    const share = headline?.report.data.shareOfPlanBasisPoints;
    if (!headline || !share || impliedWhole(headline.amount, share) === undefined) return undefined;
    const stated = leaf('stated', exactly(share), {
      name: { en: 'Share of the plan, stated with it', zh: '同时写明的占总投资比例' },
      unit: 'basis-points',
      entries: [headline.report.id],
    });
    return between('share', this.amount(headline.report, headline.amount), stated, {
      name: { en: 'Planned investment, as the share implies', zh: '按占比推算的计划总投资' },
      unit: 'minor',
      currency: headline.amount.currency,
      figure: 'implied-investment',
    });
  }

  /** The latest accounting figure since the start. */
  costIn(currency: string): Term | undefined {
    const cost = this.money.sinceStartOf('accounting', currency);
    return cost && this.amount(cost.report, cost.amount, 'actual-cost');
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
  whyNotIn(term: Term): (entry: Line) => Why | undefined {
    const [first] = [...entriesOf(term)].flatMap((id) => this.reports.get(id) ?? []);
    return (entry) => first && this.why(entry, first);
  }

  /** A share of something planned, as stated or of an amount. */
  share(
    { is, point, report }: ShareOfPlan,
    planned: Amount | undefined,
    name: Words,
    figure: string | undefined,
    amount = report.data.amount,
  ): Term {
    const of = { name, unit: 'basis-points', ...(figure === undefined ? {} : { figure }) } as const;
    if (is === 'stated' || !amount || !planned)
      return leaf('stated', exactly(point), { ...of, entries: [report.id] });
    return between('share', this.amount(report, amount), this.ofPlan(planned), of);
  }

  /** An amount that the plan in force states. */
  ofPlan(
    { amountMinor, currency }: Amount,
    name: Words = { en: 'Planned, by the plan in force', zh: '现行计划投资' },
  ): Term {
    const plan = this.money.plan?.id;
    return leaf('stated', exactly(amountMinor), {
      name,
      unit: 'minor',
      currency,
      words: { en: 'The plan states it.', zh: '计划写明。' },
      ...(plan === undefined ? {} : { entries: [plan] }),
    });
  }

  /** The amount that a report states. */
  amount(report: MoneyReport, { amountMinor, currency }: Amount, figure?: string): Term {
    return leaf('stated', exactly(amountMinor), {
      name: nameOf(report),
      unit: 'minor',
      currency,
      entries: [report.id],
      ...(figure === undefined ? {} : { figure }),
    });
  }

  private why(entry: Line, first: MoneyReport): Why | undefined {
    if (entry.type !== 'InvestmentReported' && entry.type !== 'MoneyReported') return undefined;
    // Of an entry that does not count at all the type, the day and the data are enough.
    const fact = this.reports.get(entry.id) ?? ({ ...entry, asOf: entry.entry.asOf } as MoneyReport);
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
}

function nameOf(report: MoneyReport): Words {
  const { kind, basis, item } = lineOf(report);
  const name = kind === 'invested' ? { en: 'Invested', zh: '完成投资' } : moneyKindWords[kind];
  const by = basis === null ? undefined : basisWords[basis];
  const span = periodIn(report);
  const marks = [
    ...(by ? [by] : []),
    ...(span === '' ? [{ en: 'since the start', zh: '开工以来累计' }] : [{ en: span, zh: span }]),
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
