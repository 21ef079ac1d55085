import { type AlertEventData, alertsStreamOf } from '../../../domain/alerts/events.js';
import { type GovernanceEventData, governanceStream } from '../../../domain/governance/events.js';
import type { Day, Instant } from '../../../domain/values/days/calendar.js';
import type { Outcome } from '../../channels/channel.js';
import { EventIdReused } from '../../event-store/errors.js';
import type { EventStore, NewEvent } from '../../event-store/event-store.js';
import { type Answer, transact } from '../commands/transact.js';
import { inGeneration } from '../in-generation.js';
import type { World } from '../ports.js';
import type { Views } from '../views/views.js';
import type { Pending } from './pending.js';

/** The result of a notice, as recorded. */
export type Became =
  | { kind: 'sent'; status?: number }
  | { kind: 'retry'; why: string; status?: number; nextAt?: Instant }
  | { kind: 'given-up'; why: string; status?: number }
  | { kind: 'left-out' | 'not-permitted'; why: string; status?: undefined };

/** Records the results of notices, each at the exact revision of the stream. */
export class Outcomes {
  constructor(
    readonly store: EventStore,
    private readonly views: Pick<Views, 'rows' | 'waitFor' | 'position'>,
    readonly world: Pick<World, 'derivedId' | 'after' | 'random'>,
    private readonly today: () => Day,
  ) {}

  /**
   * Resolves once the views hold everything that was in the log at the call.
   *
   * @throws Refused `view-behind` if they do not within 2 s, and the errors of the store
   */
  async catchUp(): Promise<void> {
    await this.views.waitFor(await this.store.head());
  }

  /**
   * Records the result of a notice in the stream of each of its projects, once; returns the position that the views
   * must reach before the next check.
   *
   * @throws Refused `view-behind`, and the errors of the store: record it again
   */
  async record(
    pending: Pending,
    attempt: number,
    to: { subscription: string; channel: 'webhook' | 'email' },
    became: Became,
  ): Promise<number> {
    const projects = Map.groupBy(pending.rows, ({ project }) => project);
    const positions = await Promise.all(
      [...projects].map(([project, rows]) => {
        const told = {
          notice: pending.notice,
          ...to,
          alerts: [...new Set(rows.map(({ alert }) => alert))],
          events: rows.map(({ event }) => event),
          attempt,
        };
        const name = inGeneration(this.store, `${project} ${attempt} ${became.kind}`);
        const id = this.world.derivedId(pending.notice, name);
        const [first] = rows;
        return this.append(alertsStreamOf(project), () => ({
          ...saidOf(told, became),
          id,
          by: 'topout',
          entry: {
            ...this.entry(),
            ...(first ? { correlationId: first.correlation, causationId: first.event } : {}),
          },
        }));
      }),
    );
    return Math.max(0, ...positions);
  }

  /**
   * Records that a subscription is paused; returns the position that the views must reach before the next check.
   *
   * @param isActive checked before each recording: the subscription may have ended meanwhile
   */
  pause(data: GovernanceEventData['SubscriptionPaused'], isActive: () => boolean): Promise<number> {
    return this.append(governanceStream, (revision) => {
      const name = inGeneration(this.store, `paused ${revision + 1}`);
      const id = this.world.derivedId(data.subscription, name);
      const event = { type: 'SubscriptionPaused', data, id, by: 'topout', entry: this.entry() } as const;
      return isActive() ? event : undefined;
    });
  }

  /**
   * Records that a subscription ended; returns the position that the views must reach before the next check.
   *
   * @param isOpen checked before each recording: somebody may have ended it meanwhile
   */
  end(data: GovernanceEventData['SubscriptionEnded'], isOpen: () => boolean): Promise<number> {
    return this.append(governanceStream, () => {
      const id = this.world.derivedId(data.subscription, inGeneration(this.store, 'ended'));
      const event = { type: 'SubscriptionEnded', data, id, by: 'topout', entry: this.entry() } as const;
      return isOpen() ? event : undefined;
    });
  }

  private async append(stream: string, eventAt: (revision: number) => NewEvent | undefined): Promise<number> {
    const written = await transact(this, {
      stream,
      load: async (conflict) => {
        if (conflict) await this.catchUp();
        return { revision: this.revisionOf(stream) };
      },
      decide: ({ revision }): Answer<undefined> => {
        const event = eventAt(revision);
        return event ? { append: [event] } : { alreadySaid: undefined };
      },
    }).catch((error: unknown) => {
      // The same attempt, recorded by the replica that was the leader before.
      if (error instanceof EventIdReused) return undefined;
      throw error;
    });
    if (!written) return await this.store.head();
    const [recorded] = 'appended' in written ? written.appended.events : [];
    return recorded?.position ?? this.views.position;
  }

  private revisionOf(stream: string): number {
    const [row] = this.views.rows('SELECT max(revision) AS revision FROM journal WHERE stream = ?', stream);
    return Number(row?.revision ?? -1);
  }

  private entry() {
    return { asOf: this.today(), precision: 'day', source: { kind: 'system' } } as const;
  }
}

type Said =
  | { type: 'NoticeSent'; data: AlertEventData['NoticeSent'] }
  | { type: 'NoticeFailed'; data: AlertEventData['NoticeFailed'] };
type Told = Omit<AlertEventData['NoticeSent'], 'status'>;

function saidOf(told: Told, became: Became): Said {
  const status = became.status === undefined ? {} : { status: became.status };
  if (became.kind === 'sent') return { type: 'NoticeSent', data: { ...told, ...status } };
  const nextAt = 'nextAt' in became && became.nextAt !== undefined ? { nextAt: became.nextAt } : {};
  return {
    type: 'NoticeFailed',
    data: { ...told, outcome: became.kind, why: became.why, ...status, ...nextAt },
  };
}

/** The result of a notice from its receiver's answer. */
export function becameOf(outcome: Outcome, nextAt: () => Instant | undefined): Became {
  const status = outcome.status === undefined ? {} : { status: outcome.status };
  if (outcome.kind === 'accepted') return { kind: 'sent', ...status };
  if (outcome.kind === 'refused') return { kind: 'given-up', why: outcome.why, ...status };
  const at = outcome.kind === 'failed' ? nextAt() : undefined;
  return { kind: 'retry', why: outcome.why, ...status, ...(at === undefined ? {} : { nextAt: at }) };
}
