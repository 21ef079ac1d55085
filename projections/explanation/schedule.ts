import type { Names, WorkItem } from '../../domain/project/events.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { type Day, dayNumber, dayOf } from '../../domain/values/days/calendar.js';
import { nameWords, type Words } from '../../domain/values/words.js';
import { type Fact, upTo } from '../facts/facts.js';
import { countingPlace, planTableOf } from '../plan/plan-table.js';
import { partOn } from '../plan/planned-work.js';
import type { Line } from '../project/journal.js';
import { Forecasts, type Slip } from '../schedule/forecasts.js';
import type { ScheduleFact } from '../schedule/schedule.js';
import { type ExplainedCompletion, supersededBy } from './completion.js';
import { ExplainedEarned } from './earned.js';
import type { ExplainedMoney } from './money.js';
import type { Why } from './not-used.js';
import { ExplainedSlips } from './slips.js';
import { exactly, one, product, quotient, type Ratio } from './terms/exact.js';
import { slipping, slipTerm } from './terms/slip-terms.js';
import { between, leaf, mean, nothing, rounded, same, type Term } from './terms/term.js';

/** Planned completion and slips on a day as terms. */
export class ExplainedSchedule {
  private readonly table;
  private readonly forecasts = new Forecasts();
  private knownSlips?: ExplainedSlips;
  private knownEarned?: ExplainedEarned;

  constructor(
    private readonly facts: readonly ScheduleFact[],
    private readonly plan: Fact<'PlanAdopted'> | undefined,
    private readonly asOf: Day,
    private readonly others: { readonly completion: ExplainedCompletion; readonly money: ExplainedMoney },
  ) {
    this.table = planTableOf(plan);
    for (const fact of upTo(facts, asOf)) if (fact.type === 'ForecastGiven') this.forecasts.say(fact);
  }

  /** Earned value, and what it follows from. */
  earned(figure: string): Term | undefined {
    this.knownEarned ??= new ExplainedEarned({
      work: this.table.work,
      plan: this.plan,
      percent: (item) => this.percent(item),
      planned: ({ item, days }) => this.part(item, days),
      cost: (currency) => this.others.money.costIn(currency),
    });
    return this.knownEarned.figure(figure);
  }

  /** Its figures that are about something: a target, an item, a forecast or a baseline. */
  get figures(): string[] {
    const slips = [...this.forecasts.slips(this.table.work)];
    return [...slips.map(({ forecast: { data } }) => `slip:${slipping(data)}`), ...this.slips.figures];
  }

  /** One of them. */
  named(kind: string, about: string): Term | undefined {
    return kind === 'slip' ? this.slip(about) : this.slips.figure(kind, about);
  }

  /** The name of an item of the plan. */
  nameOf(item: string): Names | undefined {
    return this.table.row(item)?.item.name;
  }

  /** The planned completion of the work that has dates. */
  planned(): Term | undefined {
    const { dated } = this.table.work;
    if (dated.length === 0) return undefined;
    const parts = dated.map(({ item, days }) => ({ term: this.part(item, days), weight: this.share(item) }));
    return mean(parts, {
      name: { en: 'Planned percent', zh: '序时进度' },
      unit: 'basis-points',
      figure: 'planned',
      ...this.entries(),
    });
  }

  /** The completion of the work that has dates. */
  dated(): Term | undefined {
    const { dated, leaves } = this.table.work;
    const whole = this.others.completion.term('percent');
    if (dated.length === 0 || !whole) return undefined;
    const of = {
      name: { en: 'Percent of the work that has dates', zh: '有计划日期工作的形象进度' },
      unit: 'basis-points',
      figure: 'dated-percent',
    } as const;
    if (dated.length === leaves.length)
      return same(rounded(whole), {
        ...of,
        words: { en: 'All work has dates.', zh: '全部工作均有计划日期。' },
      });
    const parts = dated.map(({ item }) => ({ term: rounded(this.percent(item)), weight: this.share(item) }));
    return mean(parts, of);
  }

  /** Dated percent minus planned percent. */
  ahead(): Term | undefined {
    const [planned, dated] = [this.planned(), this.dated()];
    if (!planned || !dated) return undefined;
    return between('difference', rounded(dated), rounded(planned), {
      name: { en: 'Ahead of the plan', zh: '超前序时进度' },
      unit: 'basis-points',
      figure: 'ahead',
    });
  }

  /**
   * The days by which the latest forecast for a target lies after the plan or, without a planned day, after the first
   * forecast.
   *
   * @param what `target`, or `target:start` for the start of an item
   */
  slip(what: string): Term | undefined {
    for (const slip of this.forecasts.slips(this.table.work))
      if (what === slipping(slip.forecast.data)) return slip.days ? this.slipOf(slip) : undefined;
    return undefined;
  }

  /** A slip that has days, as a term. */
  slipOf(slip: Slip): Term {
    return slipTerm(slip, this.plan?.id, `slip:${slipping(slip.forecast.data)}`);
  }

  /** Why an entry does not count for a figure of plans and forecasts alone; undefined for others. */
  why({ type, data }: Line, figure: string): Why | undefined {
    if (type === 'PlanAdopted') return supersededBy(this.plan?.id);
    if (type !== 'ForecastGiven' || figure !== `slip:${slipping(data)}`) return undefined;
    const latest = [...this.forecasts.latest()].find((one) => slipping(one.data) === slipping(data));
    return supersededBy(latest?.id);
  }

  private get slips(): ExplainedSlips {
    const { facts, plan, asOf, forecasts, others } = this;
    const { work } = this.table;
    this.knownSlips ??= new ExplainedSlips(facts, plan, asOf, { work, forecasts, figures: others });
    return this.knownSlips;
  }

  private percent({ id }: WorkItem): Term {
    const row = this.table.row(id);
    const isStated = (place: number) =>
      this.others.completion.isStated(this.table.rows[place]?.item.id ?? '');
    const place = row && countingPlace(row, isStated);
    const counting = this.table.rows[place ?? -1]?.item.id ?? id;
    return (
      this.others.completion.term('percent', counting) ??
      nothing(0, { name: { en: counting, zh: counting }, unit: 'basis-points' })
    );
  }

  private part(item: WorkItem, days: { start: number | undefined; finish: number }): Term {
    const on = dayNumber(this.asOf);
    const name = nameWords(item.name, item.id);
    const of = {
      name: { en: `${name.en}: planned`, zh: `${name.zh}：计划` },
      unit: 'basis-points',
      about: { item: item.id },
      ...this.entries(),
    } as const;
    const part = partOn(days, on);
    const { start, finish } = days;
    if (part === 0 || part === 1 || start === undefined)
      return leaf('given', exactly(part * wholeBasisPoints), { ...of, words: byDates(days) });
    const count = (value: number, called: Words) =>
      leaf('given', exactly(value), { name: called, unit: 'days' });
    return between(
      'share',
      count(on - start + 1, { en: `Days from ${dayOf(start)}`, zh: `自 ${dayOf(start)} 起的天数` }),
      count(finish - start + 1, {
        en: `Days planned, to ${dayOf(finish)}`,
        zh: `计划天数（至 ${dayOf(finish)}）`,
      }),
      of,
    );
  }

  /** The share of an item in the whole project. */
  private share({ id }: WorkItem): Ratio {
    const { rows, shape } = this.table;
    let share = one;
    for (const place of this.table.row(id)?.line ?? []) {
      const item = rows[place]?.item;
      const siblings =
        item?.parent === undefined ? shape.roots : (shape.children[this.placeOf(item.parent)] ?? []);
      const weights = siblings.reduce((sum, at) => sum + (rows[at]?.item.weight ?? 0), 0);
      share = product(share, quotient(exactly(item?.weight ?? 0), exactly(weights)));
    }
    return share;
  }

  private placeOf(item: string): number {
    return this.table.places.get(item) ?? -1;
  }

  private entries(): { entries?: readonly string[] } {
    return this.plan ? { entries: [this.plan.id] } : {};
  }
}

function byDates({ start, finish }: { start: number | undefined; finish: number }): Words {
  const from = start === undefined ? undefined : dayOf(start);
  return from === undefined
    ? { en: `Planned for ${dayOf(finish)}.`, zh: `计划于 ${dayOf(finish)} 完成。` }
    : { en: `Planned from ${from} to ${dayOf(finish)}.`, zh: `计划自 ${from} 至 ${dayOf(finish)}。` };
}
