import { NEVER } from 'rxjs';
import { type AlertEventData, alertsStreamOf } from '../../domain/alerts/events.js';
import {
  type GovernanceEventData,
  governanceStream,
  type Subscription,
} from '../../domain/governance/events.js';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { Day, Instant } from '../../domain/values/days/calendar.js';
import { Deliveries, type DeliveriesOptions } from '../../src/app/deliveries/deliveries.js';
import type { Owners } from '../../src/app/deliveries/owners.js';
import { Governed } from '../../src/app/governance/governed.js';
import type { World } from '../../src/app/ports.js';
import { Views } from '../../src/app/views/views.js';
import type { Address, ChannelPort, Outcome } from '../../src/channels/channel.js';
import type { Notice } from '../../src/channels/notice.js';
import { openViews } from '../../src/composition/view-list.js';
import { world as realWorld } from '../../src/composition/world.js';
import type { EventStore, NewEvent } from '../../src/event-store/event-store.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { uuidOf } from './dice.js';
import { eventsOf, storePorts, temporaryFolder } from './event-store-ports.js';

/** A clock that moves on command, and fires its timers on the way. */
export class SimulatedClock {
  private timers: { atMs: number; call: () => void }[] = [];

  constructor(private ms: number) {}

  now(): Instant {
    return new Date(this.ms).toISOString();
  }

  /** Sets the clock, also back; timers fire after their duration, whatever it shows. */
  set(instant: Instant): void {
    const by = Date.parse(instant) - this.ms;
    this.ms += by;
    for (const timer of this.timers) timer.atMs += by;
  }

  after(ms: number, call: () => void): () => void {
    const timer = { atMs: this.ms + ms, call };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Advances to an instant; after each timer all resulting work is done. */
  async advance(to: Instant, settled: () => Promise<void>): Promise<void> {
    const end = Date.parse(to);
    for (;;) {
      await settled();
      const next = this.timers.reduce<(typeof this.timers)[number] | undefined>(
        (first, timer) => (first && first.atMs <= timer.atMs ? first : timer),
        undefined,
      );
      if (!next || next.atMs > end) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.ms = Math.max(this.ms, next.atMs);
      next.call();
    }
    this.ms = Math.max(this.ms, end);
    await settled();
  }
}

/** One attempt as a receiver saw it. */
export interface Received {
  at: Instant;
  notice: Notice;
  address: Address;
}

/** Where a process may die: before or after each effect on the world. */
export type Step = 'before-sending' | 'after-sending' | 'before-recording' | 'after-recording';

type Answer = (received: Received) => Outcome | Promise<Outcome>;

/** One installation that can be killed and restarted over the same log, with programmed receivers. */
export class SimulatedInstallation {
  readonly received: Received[] = [];
  readonly failures: Error[] = [];
  answer: Answer = () => ({ kind: 'accepted', status: 204 });
  /** Called at each step; the process dies there if it returns true. */
  diesAt: (step: Step) => boolean = () => false;
  today: Day = '2018-07-10';
  isMine = true;
  /** The jitter of the retries; none at 0.5. */
  random: () => number = () => 0.5;
  options: Partial<Omit<DeliveriesOptions, 'world'>> = {};
  /** Nobody who adds a subscription is known, as before access. */
  owners: Owners = {
    subscriber: () => ({ kind: 'unknown' }),
    placeOf: (project) => ({ project }),
    changes$: NEVER,
  };
  /** Subscriptions that the vault can no longer open. */
  readonly lost = new Set<string>();
  readonly store: EventStore;
  private readonly folder = temporaryFolder();
  private running: Running | undefined;
  private written = 0;

  constructor(readonly clock: SimulatedClock) {
    const ports = storePorts();
    this.store = openSqliteStore(':memory:', { ...ports, now: () => clock.now() });
  }

  /** Starts the process, at first or after its death. */
  async start(): Promise<void> {
    this.running = await Running.start(this, this.folder.file('views.db'));
  }

  get views(): Views {
    if (!this.running) throw new Error('The installation is not running.');
    return this.running.views;
  }

  get isRunning(): boolean {
    return this.running?.isDead === false;
  }

  /** Stops the process in order. */
  async stop(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.store.close();
    this.folder.remove();
  }

  /** Resolves when nothing more happens without the clock. */
  async settled(): Promise<void> {
    const before = this.running?.done;
    // Everything that will happen starts in the first turn.
    for (let calm = 0; calm < (this.running?.done === before ? 2 : 8); calm++) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      const head = await this.store.head();
      if (this.running && !this.running.isCalm(head)) calm = -1;
    }
  }

  advance(to: Instant): Promise<void> {
    return this.clock.advance(to, () => this.settled());
  }

  async log(): Promise<AnyRecordedEvent[]> {
    return await eventsOf(this.store.readAll());
  }

  /** Appends events to the end of a stream, as other parts of the system do. */
  async say(
    stream: string,
    said: Pick<NewEvent, 'type' | 'data'>[],
    correlation?: string,
  ): Promise<string[]> {
    const events = said.map((one) => {
      this.written += 1;
      return {
        ...one,
        id: uuidOf(`said ${this.written}`),
        by: 'topout',
        entry: {
          asOf: this.today,
          precision: 'day',
          source: { kind: 'system' },
          correlationId: correlation ?? uuidOf(`judgement ${this.written}`),
        },
      } as NewEvent;
    });
    await this.store.append(stream, events, 'any');
    return events.map(({ id }) => id);
  }

  /** Records alert events of a project. */
  ofAlerts(project: string, ...said: Pick<NewEvent, 'type' | 'data'>[]): Promise<string[]> {
    return this.say(alertsStreamOf(project), said);
  }

  ofGovernance<T extends keyof GovernanceEventData>(
    type: T,
    data: GovernanceEventData[T],
  ): Promise<string[]> {
    return this.say(governanceStream, [{ type, data } as unknown as NewEvent]);
  }

  subscribe(subscription: string, terms: Partial<Subscription> = {}): Promise<string[]> {
    return this.ofGovernance('SubscriptionAdded', { ...subscribed(subscription), ...terms });
  }
}

/** The process itself: everything that is lost when it dies. */
class Running {
  isDead = false;
  /** The number of steps started. */
  done = 0;
  private busy = 0;
  private readonly stops = new Set<() => void>();
  private deliveries: Deliveries | undefined;

  private constructor(
    private readonly of: SimulatedInstallation,
    readonly views: Views,
  ) {}

  static async start(of: SimulatedInstallation, path: string): Promise<Running> {
    const { store } = of;
    const views = await openViews({ store, world: realWorld, storeName: 'simulated', path });
    const running = new Running(of, views);
    running.deliveries = Deliveries.start(running.deliveryOptions());
    return running;
  }

  isCalm(head: number): boolean {
    return this.isDead || (this.busy === 0 && this.views.position >= head);
  }

  async stop(): Promise<void> {
    if (this.isDead) return;
    const closed = this.deliveries?.close();
    await closed;
    this.isDead = true;
    await this.views.close();
  }

  private deliveryOptions(): DeliveriesOptions {
    const { of, views } = this;
    const channel: ChannelPort = {
      deliver: (notice, address) => this.deliver(notice, address),
      check: async () => undefined,
      close: async () => undefined,
    };
    return {
      store: this.mortalStore(),
      views,
      governed: new Governed(views, { calendar: () => undefined, names: () => [] }),
      vault: {
        look: async () => undefined,
        open: (subscription, { sealed }) => (of.lost.has(subscription) ? undefined : sealed),
        token: (subscription, purpose) => `${purpose}-${subscription}`,
        forget: (subscription) => of.lost.add(subscription),
      },
      owners: of.owners,
      world: this.mortalWorld(),
      channels: { webhook: channel, email: channel },
      leadership: { isLeader: () => of.isMine && !this.isDead, elected$: NEVER },
      todayIn: () => of.today,
      onFailure: (error) => of.failures.push(error),
      ...of.options,
    };
  }

  private mortalWorld(): World {
    return {
      ...realWorld,
      now: () => this.of.clock.now(),
      random: () => this.of.random(),
      after: (ms, call) => {
        const stop = this.of.clock.after(ms, () => {
          this.stops.delete(stop);
          call();
        });
        this.stops.add(stop);
        return () => {
          this.stops.delete(stop);
          stop();
        };
      },
    };
  }

  private mortalStore(): EventStore {
    const { store } = this.of;
    return {
      ...store,
      head: () => this.during(() => store.head()),
      append: (stream, events, expected) =>
        this.during(async () => {
          await this.live('before-recording');
          const appended = await store.append(stream, events, expected);
          await this.live('after-recording');
          return appended;
        }),
    };
  }

  private async deliver(notice: Notice, address: Address): Promise<Outcome> {
    this.done += 1;
    await this.live('before-sending');
    const received = { at: this.of.clock.now(), notice, address };
    this.of.received.push(received);
    const outcome = await this.of.answer(received);
    await this.live('after-sending');
    return outcome;
  }

  private async during<T>(work: () => Promise<T>): Promise<T> {
    this.done += 1;
    this.busy += 1;
    try {
      return await work();
    } finally {
      this.busy -= 1;
    }
  }

  /** Continues, or dies here: nothing that follows is done, and no timer fires. */
  private async live(step: Step): Promise<void> {
    if (!this.isDead && !this.of.diesAt(step)) return;
    if (!this.isDead) {
      this.isDead = true;
      for (const stop of this.stops) stop();
      await this.views.close();
    }
    await new Promise<never>(() => undefined);
  }
}

/** A webhook subscription with immediate notices. */
export function subscribed(subscription: string): Subscription {
  return {
    subscription,
    name: 'duty office',
    channel: {
      kind: 'webhook',
      url: { sealed: `https://${subscription}.example.org/` },
      secret: { sealed: 'whsec_MTIz' },
    },
    choice: {},
    timing: { kind: 'at-once' },
    language: 'en',
    timeZone: 'Asia/Shanghai',
  };
}

const words = (en: string) => ({ en, zh: en });

/** The raising of a declared stall, red, cause financing. */
export function raised(
  alert: string,
  differing: Partial<AlertEventData['AlertRaised']> = {},
): { type: 'AlertRaised'; data: AlertEventData['AlertRaised'] } {
  const data: AlertEventData['AlertRaised'] = {
    alert,
    rule: 'declared-stall',
    rulesVersion: 1,
    subject: { kind: 'stall', id: 'june' },
    severity: 'red',
    cause: 'financing',
    since: '2018-06-01',
    anchor: 'stall june',
    evidence: [uuidOf('evidence')],
    reason: words('Works are stalled since 2018-06-01'),
    clears: words('an entry that works resumed'),
    opening: 1,
    of: { name: words('Huaao II'), district: { en: 'port' }, sector: { en: 'steel' } },
    ...differing,
  };
  return { type: 'AlertRaised', data };
}

/** The clearing of an alert. */
export function cleared(alert: string): { type: 'AlertCleared'; data: AlertEventData['AlertCleared'] } {
  const data = {
    alert,
    because: 'fact' as const,
    evidence: [uuidOf('resumed')],
    reason: words('Works resumed'),
  };
  return { type: 'AlertCleared', data };
}

/** The escalation of an alert. */
export function escalated(
  alert: string,
  from: 'blue' | 'yellow',
  to: 'yellow' | 'red',
): { type: 'AlertEscalated'; data: AlertEventData['AlertEscalated'] } {
  return {
    type: 'AlertEscalated',
    data: {
      alert,
      from,
      to,
      because: 'threshold',
      rulesVersion: 1,
      since: '2018-06-01',
      anchor: 'stall june',
      evidence: [uuidOf('evidence')],
      reason: words('It blocks the works as well'),
      clears: words('an entry that works resumed'),
    },
  };
}
