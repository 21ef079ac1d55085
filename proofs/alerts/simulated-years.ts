import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { governanceStream } from '../../domain/governance/events.js';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import {
  addDays,
  type Day,
  dayIn,
  defaultTimeZone,
  type Instant,
} from '../../domain/values/days/calendar.js';
import { alwaysLeader } from '../../src/app/alerts/leadership.js';
import { AlertProcess } from '../../src/app/alerts/process.js';
import { Governed } from '../../src/app/governance/governed.js';
import { States } from '../../src/app/queries/states.js';
import { Views } from '../../src/app/views/views.js';
import { openViews } from '../../src/composition/view-list.js';
import type { EventStore, NewEvent } from '../../src/event-store/event-store.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { type Dice, diceOf, uuidOf } from '../../test/support/dice.js';
import { eventsOf } from '../../test/support/event-store-ports.js';
import { InjectedClock } from '../../test/support/injected-clock.js';
import { type AlertEvent, fewRules, Site } from './sites.js';

const firstDay = '2018-01-01';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const tickMs = 30_000;

/** The parameters of the simulation. */
export interface Simulation {
  seed: number;
  projects: number;
  days: number;
  /** Percent of days with a restart, and with a clock jump. */
  restarts: number;
  jumps: number;
  /** Permille of days with an entry about a project. */
  liveliness: number;
  /** Percent of deadlines within 800 days; the others are within five years. */
  soonPercent: number;
  /**
   * `forgets`: every 50th project is not evaluated; `remembers`: the process uses the latest day it ever saw as today.
   */
  broken?: 'forgets' | 'remembers';
}

/** The result; the last four must be 0. */
export interface Simulated {
  projects: number;
  days: number;
  entries: number;
  restarts: number;
  jumps: number;
  /** Alerts raised, escalated or ended, according to the model. */
  alerts: number;
  missed: number;
  doubled: number;
  false: number;
  recordedAtRegressions: number;
  firstFault?: string;
}

/** Runs random projects for days, with the real process on a real store and an injected clock, and compares every alert with a model. */
export async function simulate(simulation: Simulation): Promise<Simulated> {
  const { seed, projects, days } = simulation;
  const dice = diceOf(seed);
  const folder = mkdtempSync(join(tmpdir(), 'topout-years-'));
  const clock = new InjectedClock(`${firstDay}T01:00:00.000Z`);
  const store = openSqliteStore(':memory:', {
    now: () => clock.now(),
    newId: () => uuidOf('years'),
    nextTurn: (call) => void setImmediate(call),
  });
  const sites = Array.from(
    { length: projects },
    (_, index) => new Site(seed, index, firstDay, simulation.liveliness, simulation.soonPercent),
  );
  const counts = { restarts: 0, jumps: 0 };
  try {
    await store.append(governanceStream, [adopted()], 'no-stream');
    const run = new Run(simulation, store, clock, sites, folder);
    await run.open();
    await run.say((site) => site.begin(firstDay));
    for (let day = 1; day <= days; day++) {
      clock.jump(dayMs - tickMs);
      if (dice.chance(simulation.restarts)) {
        counts.restarts += 1;
        await run.restart(dice);
      }
      if (dice.chance(simulation.jumps)) {
        counts.jumps += 1;
        await run.jump(dice.pick([-hourMs, -dayMs, dayMs, 400 * dayMs]));
      }
      await run.tick();
      await run.say(ofToday(run.today()));
    }
    await run.close();
    const log = await eventsOf(store.readAll());
    const entries = log.filter(({ stream }) => stream.startsWith('project-')).length;
    return { projects, days, entries, ...counts, ...compared(log, sites) };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One simulation: the process and the model, both evaluated at the same moments. */
class Run {
  private views: Views | undefined;
  private process: AlertProcess | undefined;
  private latest = firstDay;
  private day: { at: Instant; day: Day } | undefined;

  constructor(
    private readonly simulation: Simulation,
    private readonly store: EventStore,
    private readonly clock: InjectedClock,
    private readonly sites: readonly Site[],
    private readonly folder: string,
  ) {}

  today(): Day {
    const at = this.clock.now();
    if (this.day?.at !== at) this.day = { at, day: dayIn(defaultTimeZone, at) };
    return this.day.day;
  }

  async open(): Promise<void> {
    const { store, folder, clock, simulation } = this;
    const world = clock.world();
    const views = await openViews({ store, world, storeName: 'years', path: join(folder, 'views.db') });
    const states = new States(views);
    const forgotten = (project: string) => simulation.broken === 'forgets' && /[05]0$/.test(project);
    this.views = views;
    this.process = AlertProcess.start({
      store,
      views,
      states: {
        inTurns: async (project, position) =>
          forgotten(project) ? undefined : states.inTurns(project, position),
        entriesOf: (project, position) => states.entriesOf(project, position),
        onDays: (folded, day, compute) => states.onDays(folded, day, compute),
      },
      world,
      governed: new Governed(views, { calendar: () => undefined, names: () => [] }),
      todayIn: () => (simulation.broken === 'remembers' ? this.latestDay() : this.today()),
      path: join(folder, 'due.db'),
      storeName: 'years',
      leadership: alwaysLeader,
      onFailure: (error) => {
        throw error;
      },
    });
    await this.evaluate(this.sites);
  }

  /** Half an hour of ticks is one: nothing happens in between. */
  async tick(): Promise<void> {
    await this.clock.pass(tickMs);
    await this.evaluate(this.sites);
  }

  async say(words: (site: Site) => NewEvent[]): Promise<void> {
    const speaking = await this.append(words);
    if (speaking.length === 0) return;
    await this.views?.waitFor(await this.store.head());
    await this.evaluate(speaking);
  }

  /** Closed during its work, and reopened on the same day or some days later; sometimes its index is lost. */
  async restart(dice: Dice): Promise<void> {
    await this.append(ofToday(this.today()));
    await this.close();
    if (dice.chance(50)) {
      this.clock.jump(dice.int(1, 20) * dayMs);
      await this.append(ofToday(this.today()));
    }
    if (dice.chance(30)) rmSync(join(this.folder, 'due.db'), { force: true });
    await this.open();
  }

  /** The clock is wrong for a tick or two, and entries come meanwhile. */
  async jump(ms: number): Promise<void> {
    this.clock.jump(ms);
    await this.tick();
    if (ms < dayMs) await this.say(ofToday(this.today()));
    this.clock.jump(-ms);
    await this.tick();
  }

  async close(): Promise<void> {
    await this.process?.close();
    await this.views?.close();
  }

  private latestDay(): Day {
    if (this.today() > this.latest) this.latest = this.today();
    return this.latest;
  }

  private async append(words: (site: Site) => NewEvent[]): Promise<Site[]> {
    const speaking: { site: Site; revision: number; events: NewEvent[] }[] = [];
    for (const site of this.sites) {
      const { revision } = site;
      const events = words(site);
      if (events.length > 0) speaking.push({ site, revision, events });
    }
    await Promise.all(
      speaking.map(({ site, revision, events }) =>
        this.store.append(site.stream, events, revision < 0 ? 'no-stream' : revision),
      ),
    );
    return speaking.map(({ site }) => site);
  }

  private async evaluate(sites: readonly Site[]): Promise<void> {
    await this.process?.whenIdle();
    const today = this.today();
    for (const site of sites) site.evaluate(today);
  }
}

const ofToday = (today: Day) => (site: Site) => site.next(today);

/** Compares every alert in the log with every alert of the model. */
function compared(
  log: readonly AnyRecordedEvent[],
  sites: readonly Site[],
): Pick<Simulated, 'alerts' | 'missed' | 'doubled' | 'false' | 'recordedAtRegressions' | 'firstFault'> {
  const expected = sites.flatMap(({ alertEvents }) => alertEvents);
  const left = new Map<AlertEvent, number>();
  for (const alertEvent of expected) left.set(alertEvent, (left.get(alertEvent) ?? 0) + 1);
  const faults: string[] = [];
  const [known, seen] = [new Set(expected), new Set<AlertEvent>()];
  let [doubled, falseOnes] = [0, 0];
  for (const alertEvent of alertEventsIn(log)) {
    const rest = left.get(alertEvent) ?? 0;
    if (rest > 0) left.set(alertEvent, rest - 1);
    else if (known.has(alertEvent) || seen.has(alertEvent)) doubled += 1;
    else falseOnes += 1;
    if (rest === 0) faults.push(`${alertEvent} (too much)`);
    seen.add(alertEvent);
  }
  for (const [alertEvent, rest] of left) if (rest > 0) faults.push(`${alertEvent} (missed)`);
  const [firstFault] = faults;
  return {
    alerts: expected.length,
    missed: [...left.values()].reduce((sum, rest) => sum + rest, 0),
    doubled,
    false: falseOnes,
    recordedAtRegressions: log.filter((event, i) => event.recordedAt < (log[i - 1]?.recordedAt ?? '')).length,
    ...(firstFault === undefined ? {} : { firstFault }),
  };
}

function alertEventsIn(log: readonly AnyRecordedEvent[]): AlertEvent[] {
  const keys = new Map<string, string>();
  return log.flatMap((event): AlertEvent[] => {
    const on = event.entry.asOf;
    switch (event.type) {
      case 'AlertRaised': {
        const { alert, rule, subject, severity } = event.data;
        const key = `${event.stream.slice('alerts-'.length)} ${rule}/${'id' in subject ? subject.id : ''}`;
        keys.set(alert, key);
        return [`${key} raised ${severity} on ${on}` as AlertEvent];
      }
      case 'AlertEscalated':
        return [`${keys.get(event.data.alert)} escalated ${event.data.to} on ${on}` as AlertEvent];
      case 'AlertCleared':
        return [`${keys.get(event.data.alert)} cleared  on ${on}` as AlertEvent];
      default:
        return [];
    }
  });
}

function adopted(): NewEvent {
  const entry = { asOf: addDays(firstDay, -1), precision: 'day', source: { kind: 'system' } } as const;
  return { type: 'RulesAdopted', data: fewRules, entry, id: uuidOf('few rules'), by: 'administrator' };
}
