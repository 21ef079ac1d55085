import type { WorkItem } from '../../domain/project/events.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { nameWords } from '../../domain/values/words.js';
import { type Fact, ofType, upTo } from '../facts/facts.js';
import type { PlannedWork } from '../plan/planned-work.js';
import { type Baseline, baselinesOf } from '../schedule/baselines.js';
import { slipDaysBetween } from '../schedule/forecast-slip.js';
import type { Forecasts } from '../schedule/forecasts.js';
import type { ScheduleFact } from '../schedule/schedule.js';
import type { ExplainedCompletion } from './completion.js';
import { daysTerm, dayTerm, todayTerm } from './terms/day-terms.js';
import { halfUp } from './terms/exact.js';
import { movedTerm, slipping } from './terms/slip-terms.js';
import type { Term } from './terms/term.js';

type Given = Fact<'ForecastGiven'>;

/** What else is late, in days: items after their planned finish, forecasts after earlier ones, baselines. */
export class ExplainedSlips {
  private readonly moved = new Map<string, { before: Given; after: Given }>();
  private readonly baselines: readonly Baseline[];

  constructor(
    facts: readonly ScheduleFact[],
    private readonly plan: Fact<'PlanAdopted'> | undefined,
    private readonly asOf: Day,
    private readonly of: {
      work: PlannedWork;
      forecasts: Forecasts;
      figures: { readonly completion: ExplainedCompletion };
    },
  ) {
    const last = new Map<string, Given>();
    for (const after of ofType(upTo(facts, asOf), 'ForecastGiven')) {
      const what = slipping(after.data);
      const before = last.get(what);
      last.set(what, after);
      if (before && slipDaysBetween(before.data, after.data)) this.moved.set(after.id, { before, after });
    }
    this.baselines = baselinesOf(facts, asOf, plan, of.forecasts);
  }

  get figures(): string[] {
    return [
      ...[...this.moved.keys()].map((entry) => `moved:${entry}`),
      ...this.baselines.flatMap(({ version, slips }) =>
        slips.flatMap(({ target, plannedSlipDays, forecastSlipDays }) => [
          ...(plannedSlipDays === null ? [] : [`baseline:${version}:${target}`]),
          ...(forecastSlipDays === null ? [] : [`baseline-forecast:${version}:${target}`]),
        ]),
      ),
      ...this.late.map(({ item }) => `overdue:${item.id}`),
    ];
  }

  figure(kind: string, about: string): Term | undefined {
    switch (kind) {
      case 'moved':
        return this.movedBy(about);
      case 'baseline':
      case 'baseline-forecast':
        return this.baseline(kind, about);
      case 'overdue':
        return this.overdue(about);
      default:
        return undefined;
    }
  }

  /** The days by which a forecast is later than the one before for the same target. */
  private movedBy(entry: string): Term | undefined {
    const found = this.moved.get(entry);
    if (!found) return undefined;
    const what = slipping(found.after.data);
    return movedTerm(found.before, found.after, {
      name: { en: `Forecast of ${what}: moved by`, zh: `${what} 预计推移天数` },
      unit: 'days',
      figure: `moved:${entry}`,
    });
  }

  /** The days by which the plan in force, or the latest forecast, is later than a baseline. */
  private baseline(kind: 'baseline' | 'baseline-forecast', about: string): Term | undefined {
    const [version, ...target] = about.split(':');
    const found = this.baselines.find((one) => String(one.version) === version);
    const slip = found?.slips.find((one) => one.target === target.join(':'));
    const now = kind === 'baseline' ? slip?.plannedOn : slip?.forecastOn;
    if (!found || !slip || now == null) return undefined;
    const forecast = this.of.forecasts.latestOf(slip.target)?.id;
    const [name, entry] =
      kind === 'baseline'
        ? [{ en: 'Plan in force', zh: '现行计划' }, this.plan?.id]
        : [{ en: 'Latest forecast', zh: '最新预计' }, forecast];
    return daysTerm(
      dayTerm(now, name, [entry]),
      dayTerm(slip.baselineOn, { en: `Baseline ${found.name}`, zh: `基准计划 ${found.name}` }, [found.entry]),
      {
        name: { en: `${slip.target} against ${found.name}`, zh: `${slip.target} 对照 ${found.name}` },
        figure: `${kind}:${about}`,
      },
    );
  }

  /** The days since the planned finish of an item that is not done. */
  private overdue(id: string): Term | undefined {
    const found = this.late.find(({ item }) => item.id === id);
    if (!found) return undefined;
    const name = nameWords(found.item.name, id);
    return daysTerm(
      todayTerm(this.asOf),
      dayTerm(found.finish, { en: 'Planned finish', zh: '计划完成' }, [this.plan?.id]),
      {
        name: { en: `${name.en}: overdue`, zh: `${name.zh}：逾期` },
        figure: `overdue:${id}`,
        about: { item: id },
      },
    );
  }

  private get late(): { item: WorkItem; finish: Day }[] {
    return this.of.work
      .deadlines()
      .filter(({ item, finish }) => finish < this.asOf && this.percentOf(item.id) !== wholeBasisPoints);
  }

  private percentOf(item: string): number {
    const term = this.of.figures.completion.term('percent', item);
    return term ? halfUp(term.value) : 0;
  }
}
