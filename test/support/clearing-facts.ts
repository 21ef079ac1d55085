import type { Subject } from '../../domain/alerts/events.js';
import type { RuleKind } from '../../domain/governance/rules.js';
import type { EventData, RecordedEvent, Stage } from '../../domain/project/events.js';
import { addDays, type Day } from '../../domain/values/days/calendar.js';
import type { Watched } from '../../projections/alerts/due.js';
import {
  done,
  type Entry,
  entered,
  entry,
  history,
  measured,
  percent,
  unchanged,
  withdrawn,
} from './entries.js';

/** One of the ways out that `clears` of an alert names, as entries about a day. */
export interface WayOut {
  name: string;
  entries: Entry[];
}

const stageOf: Readonly<Record<string, Stage>> = {
  start: 'started',
  completion: 'built',
  production: 'in-production',
  opening: 'opened-to-traffic',
};
/** Later than any threshold. */
const laterDays = 4_000;

/** Every way out that an alert names, after the entries of a project up to a day. */
export class ClearingFacts {
  private readonly plan: EventData['PlanAdopted'] | undefined;

  constructor(
    private readonly live: readonly RecordedEvent[],
    private readonly on: Day,
  ) {
    const plans = live.filter((event): event is RecordedEvent<'PlanAdopted'> => event.type === 'PlanAdopted');
    this.plan = plans.at(-1)?.data;
  }

  /** In the words of the alert: each of its alternatives. */
  of({ rule, subject, reason, clears, evidence, cause }: Watched): WayOut[] {
    const { on } = this;
    const ways: Readonly<Record<RuleKind, () => WayOut[]>> = {
      'declared-stall': () => [
        cause === 'suspended'
          ? { name: 'resumed', entries: [entered('resumed', on)] }
          : {
              name: 'cleared',
              entries: [entry('StallCleared', { stall: idOf(subject) } as EventData['StallCleared'], on)],
            },
      ],
      'silent-stall': () => [{ name: 'rise', entries: [this.rise(clears.en)] }],
      unreported: () => [{ name: 'no change', entries: [unchanged(on, on)] }],
      'behind-plan': () => [{ name: 'reports', entries: this.allDone() }, this.later()],
      'not-started': () => [this.started(), this.progress(), this.later()],
      'item-overdue': () => [{ name: 'done', entries: [done(idOf(subject), on)] }, this.later()],
      'stage-late': () => [this.reached(subject), ...(this.isPlanned(subject) ? [this.later()] : [])],
      'forecast-missed': () => [
        this.reached(subject),
        this.forecast(subject, laterDays),
        this.forecast(subject),
      ],
      'forecast-slip': () => [this.reached(subject), this.kept(subject, reason.en)],
      'money-gap': () => [this.money(clears.en, evidence[0] ?? '')],
      'not-registered': () => [{ name: 'registered', entries: [entered('registered-in-statistics', on)] }],
      'due-soon': () => this.soon(subject),
    };
    return ways[rule]();
  }

  private soon(subject: Subject): WayOut[] {
    if (subject.kind === 'project') return [this.started(), this.progress(), this.later()];
    if (subject.kind === 'item')
      return [{ name: 'done', entries: [done(subject.id, this.on)] }, this.later()];
    if (this.isPlanned(subject)) return [this.reached(subject), this.later()];
    return [this.reached(subject), this.forecast(subject, laterDays), this.forecast(subject)];
  }

  /** True for a stage that the plan dates: an item of it, and no forecast. */
  private isPlanned(subject: Subject): boolean {
    return this.plan?.items.some(({ id, stage }) => id === idOf(subject) && stage !== undefined) ?? false;
  }

  private started(): WayOut {
    return { name: 'started', entries: [entered('started', this.on)] };
  }

  private progress(): WayOut {
    return { name: 'progress', entries: [measured(this.leaves()[0] ?? '', percent(5), this.on)] };
  }

  private reached(subject: Subject): WayOut {
    const [id = '', isStart] = idOf(subject).split(':');
    const isItem = this.plan?.items.some((item) => item.id === id);
    const stage = isItem ? undefined : stageOf[id];
    const fact = stage
      ? entered(stage, this.on)
      : isStart
        ? measured(id, percent(5), this.on)
        : done(id, this.on);
    return { name: 'reached', entries: [fact] };
  }

  /** A new forecast so many days later, or without a day. */
  private forecast(subject: Subject, days?: number): WayOut {
    const [target = '', isStart] = idOf(subject).split(':');
    const when = days === undefined ? {} : { latest: addDays(this.on, days) };
    const what = isStart ? { what: 'start' as const } : {};
    return {
      name: days === undefined ? 'forecast without a day' : 'later forecast',
      entries: [entry('ForecastGiven', { target, ...what, ...when }, this.on)],
    };
  }

  /** The forecast that the words compare with, given again. */
  private kept(subject: Subject, words: string): WayOut {
    const [target = '', isStart] = idOf(subject).split(':');
    const what = isStart ? { what: 'start' as const } : {};
    const [, planned] = /planned for (\d{4}-\d\d-\d\d)/.exec(words) ?? [];
    const first = this.live.find(
      (event): event is RecordedEvent<'ForecastGiven'> =>
        event.type === 'ForecastGiven' &&
        event.data.target === target &&
        event.data.what === what.what &&
        (event.data.earliest ?? event.data.latest) !== undefined,
    );
    const { earliest, latest } = planned ? { earliest: planned, latest: planned } : (first?.data ?? {});
    const when = {
      ...(earliest ? { earliest } : {}),
      // A delay of which no day was ever named: any day will do.
      ...(latest ? { latest } : earliest ? {} : { latest: this.on }),
    };
    return {
      name: 'forecast on time',
      entries: [entry('ForecastGiven', { target, ...what, ...when }, this.on)],
    };
  }

  /** The plan in force with all of its days later. */
  private later(): WayOut {
    const later = (day: Day | undefined) => (day === undefined ? undefined : addDays(day, laterDays));
    const items = (this.plan?.items ?? []).map((item) => {
      const [plannedStart, plannedFinish] = [later(item.plannedStart), later(item.plannedFinish)];
      return {
        ...item,
        ...(plannedStart ? { plannedStart } : {}),
        ...(plannedFinish ? { plannedFinish } : {}),
      };
    });
    const plan = { ...this.plan, items, version: (this.plan?.version ?? 0) + 1 } as EventData['PlanAdopted'];
    return { name: 'later plan', entries: [entry('PlanAdopted', plan, this.on)] };
  }

  private allDone(): Entry[] {
    return this.leaves().map((id) => done(id, this.on));
  }

  /** The item that the words name, one point further than they say. */
  private rise(words: string): Entry {
    const [, name = '', level = ''] = /such as (.+) \(([\d.]+) %/.exec(words) ?? [];
    const item = this.plan?.items.find((one) => [one.id, one.name?.en, one.name?.zh].includes(name));
    return measured(item?.id ?? '', percent(Math.min(100, Math.floor(Number(level)) + 1)), this.on);
  }

  /** The report that the words ask for, with the amount that they name, in place of the one that the alert rests on. */
  private money(words: string, report: string): WayOut {
    const before = this.live.find(({ id }) => id === report);
    const [, which, share = ''] = /(at most|at least) ([\d.]+) % of the plan/.exec(words) ?? [];
    const planned = this.plan?.plannedInvestment;
    if (before?.type !== 'InvestmentReported' || !planned) return { name: 'works', entries: this.allDone() };
    const exact = (planned.amountMinor * Number(share)) / 100;
    const amountMinor = which === 'at most' ? Math.floor(exact) : Math.ceil(exact);
    const amount = { amountMinor, currency: planned.currency };
    const { basis } = before.data;
    return {
      name: `money ${which} ${share} %`,
      entries: [
        withdrawn(report, this.on),
        entry('InvestmentReported', { amount, basis, span: 'since-start' }, this.on),
      ],
    };
  }

  private leaves(): string[] {
    const items = this.plan?.items ?? [];
    return items.filter(({ id }) => !items.some(({ parent }) => parent === id)).map(({ id }) => id);
  }
}

/** A history with further entries, recorded after all others. */
export function withFacts(events: readonly RecordedEvent[], facts: readonly Entry[]): RecordedEvent[] {
  const last = events.at(-1);
  if (!last) return [];
  const more = history(...facts).map((event, index) => ({
    ...event,
    id: `fact-${index}`,
    stream: last.stream,
    revision: last.revision + 1 + index,
    position: last.position + 1 + index,
    recordedAt: last.recordedAt,
  }));
  return [...events, ...more];
}

function idOf(subject: Subject): string {
  return 'id' in subject ? subject.id : '';
}
