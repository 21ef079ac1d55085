import { type AlertEventData, alertsStreamOf } from '../../domain/alerts/events.js';
import { governanceStream } from '../../domain/governance/events.js';
import type { RuleSet } from '../../domain/governance/rules.js';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { streamOf } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { alwaysLeader } from '../../src/app/alerts/leadership.js';
import { AlertProcess, type AlertProcessOptions } from '../../src/app/alerts/process.js';
import { Governed } from '../../src/app/governance/governed.js';
import { States } from '../../src/app/queries/states.js';
import { Views } from '../../src/app/views/views.js';
import { openViews } from '../../src/composition/view-list.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { uuidOf } from './dice.js';
import type { Entry } from './entries.js';
import { eventsOf, temporaryFolder } from './event-store-ports.js';
import { InjectedClock, turns } from './injected-clock.js';

/** A district with the real alert process, on a configured business day. */
export class District {
  private readonly clock = new InjectedClock('2018-07-10T01:00:00.000Z');
  private readonly folder = temporaryFolder();
  private readonly store = openSqliteStore(':memory:', {
    ...this.clock.world(),
    nextTurn: (call) => setImmediate(call),
  });
  private readonly names = new Map<string, string>();
  private replica: { views: Views; process: AlertProcess } | undefined;
  private said = 0;

  constructor(private today: Day) {}

  /** Starts the process; `todayIn` and other ports may be replaced. */
  async watch(options: Partial<AlertProcessOptions> = {}): Promise<void> {
    const { store, clock, folder } = this;
    const world = clock.world();
    const views = await openViews({ store, world, storeName: 'district', path: folder.file('views.db') });
    const process = AlertProcess.start({
      store,
      views,
      states: new States(views),
      world,
      governed: new Governed(views, { calendar: () => undefined, names: () => [] }),
      todayIn: () => this.today,
      path: folder.file('due.db'),
      storeName: 'district',
      leadership: alwaysLeader,
      onFailure: (error) => {
        throw error;
      },
      ...options,
    });
    this.replica = { views, process };
    await this.idle();
  }

  /** Records entries of a project in one commit and awaits their evaluation; returns their ids. */
  async say(project: string, ...entries: Entry[]): Promise<string[]> {
    const events = entries.map(({ id, ...entry }) => {
      this.said += 1;
      return { ...entry, id: id ?? uuidOf(`said ${this.said}`), by: 'inspector-7' } as NewEvent;
    });
    await this.clock.pass(1_000);
    await this.store.append(streamOf(project), events, 'any');
    await this.idle();
    return events.map(({ id }) => id);
  }

  /** Records an answer to an alert and awaits its evaluation. */
  async answer<T extends 'AlertAcknowledged' | 'AlertSilenced'>(
    project: string,
    type: T,
    data: AlertEventData[T],
  ): Promise<void> {
    this.said += 1;
    const entry = { asOf: this.today, precision: 'day', source: { kind: 'inspection' } } as const;
    const event = { type, data, entry, id: uuidOf(`said ${this.said}`), by: 'li' } as unknown as NewEvent;
    await this.store.append(alertsStreamOf(project), [event], 'any');
    await this.idle();
  }

  /** Adopts rules and awaits the evaluation of every project. */
  async adopt(version: number, rules: RuleSet): Promise<string> {
    const entry = { asOf: this.today, precision: 'day', source: { kind: 'system' } } as const;
    const id = uuidOf(`rules ${version}`);
    const event = { type: 'RulesAdopted', data: { ...rules, version }, entry, id, by: 'admin' } as const;
    await this.store.append(governanceStream, [event], 'any');
    await this.idle();
    return id;
  }

  /** Sets the business day, forward or back, and runs a tick. */
  async on(day: Day): Promise<void> {
    this.today = day;
    await this.clock.pass(30_000);
    await this.idle();
  }

  /** Every alert event of a project. */
  events(project: string): Promise<AnyRecordedEvent[]> {
    return eventsOf(this.store.readStream(alertsStreamOf(project)));
  }

  /** The alert events of a project, one line each; only those of one rule if it is given. */
  async told(project: string, rule = ''): Promise<string[]> {
    const lines = (await this.events(project)).map((event) => this.line(event));
    return lines.filter((line) => line.includes(rule));
  }

  async close(): Promise<void> {
    await this.replica?.process.close();
    await this.replica?.views.close();
    await this.store.close();
    this.folder.remove();
  }

  private async idle(): Promise<void> {
    if (!this.replica) return;
    const { views, process } = this.replica;
    await views.waitFor(await this.store.head());
    await turns();
    await process.whenIdle();
    await views.waitFor(await this.store.head());
  }

  private line(event: AnyRecordedEvent): string {
    const on = event.entry.asOf;
    if (event.type === 'AlertRaised') {
      const { alert, rule, subject, severity, opening, mutedBy } = event.data;
      const name = 'id' in subject ? `${rule} ${subject.id}` : rule;
      this.names.set(alert, name);
      return `${on} ${name} raised ${severity}${opening > 1 ? ` again` : ''}${mutedBy ? ' muted' : ''}`;
    }
    const name = 'alert' in event.data ? this.names.get(event.data.alert) : event.type;
    switch (event.type) {
      case 'AlertEscalated':
        return `${on} ${name} ${event.data.to} by ${event.data.because}`;
      case 'AlertRevised':
        return `${on} ${name} revised ${event.data.severity}`;
      case 'AlertMuted':
        return `${on} ${name} ${event.data.mutedBy === null ? 'heard' : 'muted'}`;
      case 'AlertReminded':
        return `${on} ${name} reminded ${event.data.number}`;
      case 'AlertCleared':
        return `${on} ${name} cleared by ${event.data.because}`;
      default:
        return `${on} ${name} ${event.type}`;
    }
  }
}
