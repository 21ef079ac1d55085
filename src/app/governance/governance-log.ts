import type { NewGovernanceEvent } from '../../../domain/governance/decide.js';
import type { GovernanceEvent } from '../../../domain/governance/events.js';
import { governanceStream } from '../../../domain/governance/events.js';
import {
  emptyGovernance,
  type GovernanceState,
  replayGovernance,
} from '../../../domain/governance/governance.js';
import type { EntryMetadata } from '../../../domain/project/events.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { Decision } from '../../../domain/values/decision.js';
import { EventIdReused, OutcomeUnknown, StoreUnavailable } from '../../event-store/errors.js';
import type { EventStore, NewEvent } from '../../event-store/event-store.js';
import { CommandQueue } from '../commands/command-queue.js';
import { untilSeen } from '../commands/receipts.js';
import { named, transact } from '../commands/transact.js';
import type { World } from '../ports.js';
import type { WriteRequest } from '../queries/asked.js';
import type { Views } from '../views/views.js';

/** What a write left behind: the governance with it, and the event that says it when there is one. */
interface Written {
  state: GovernanceState;
  event?: GovernanceEvent;
  outcome: 'recorded' | 'replayed' | 'already-said';
}

/**
 * The write side of the stream `governance`: decides on the content of the store, and appends at that revision.
 *
 * The state is cached, so that each write reads only what others have appended since. Writers of this process are
 * serialized; only those of other replicas conflict.
 */
export class GovernanceLog {
  private state: GovernanceState = emptyGovernance();
  /** The revision of each recorded id. */
  private readonly revisions = new Map<string, number>();
  private readonly queue = new CommandQueue();

  constructor(
    readonly store: EventStore,
    private readonly views: Views,
    readonly world: World,
    private readonly today: () => Day,
  ) {}

  /**
   * Records a decision, and resolves once it is readable.
   *
   * @param saysTheSame whether what was recorded under the id of the request is what the request says
   * @param decide the events to append to the governance as it is, or what already says the same
   * @param settle called before another write begins: true once the log says so, false when nothing was stored; not
   *   called while that is open
   * @throws EventIdReused the id of the request is taken by something else
   * @throws Refused `write-contended` other replicas were faster for 2 s
   */
  async write(
    request: WriteRequest,
    saysTheSame: (said: GovernanceEvent, state: GovernanceState) => boolean,
    decide: (state: GovernanceState) => Decision<NewGovernanceEvent, unknown>,
    settle: (isRecorded: boolean) => void = () => undefined,
  ): Promise<Written> {
    const id = request.id ?? this.world.newId();
    const written = await this.queue.inTurn(async () => {
      const written = await this.decided(request, id, saysTheSame, decide).catch((error: unknown) => {
        const isOpen = error instanceof OutcomeUnknown || error instanceof StoreUnavailable;
        if (!isOpen) settle(this.revisions.has(id));
        throw error;
      });
      settle(true);
      return written;
    });
    await untilSeen(this.views, written.state.position);
    return written;
  }

  private async decided(
    request: WriteRequest,
    id: string,
    saysTheSame: (said: GovernanceEvent, state: GovernanceState) => boolean,
    decide: (state: GovernanceState) => Decision<NewGovernanceEvent, unknown>,
  ): Promise<Written> {
    const written = await transact(this, {
      stream: governanceStream,
      load: async () => {
        const { state, said } = await this.read(request.id);
        return { state, said, revision: state.revision };
      },
      decide: ({ state, said }): Decision<NewEvent, GovernanceEvent | undefined> => {
        if (said && !saysTheSame(said, state)) throw new EventIdReused(said.id);
        const decision = said ? { alreadySaid: said } : decide(state);
        if ('alreadySaid' in decision) return { alreadySaid: said };
        const entry: EntryMetadata = { asOf: this.today(), precision: 'day', source: { kind: 'unstated' } };
        const events = decision.append.map((event) => ({ ...withoutGaps(event), entry }));
        return { append: named(events, id, request.by, this.world) };
      },
    });
    const { state } = written.loaded;
    if ('alreadySaid' in written) {
      const event = written.alreadySaid;
      return event ? { state, event, outcome: 'replayed' } : { state, outcome: 'already-said' };
    }
    const event = written.appended.events[0] as GovernanceEvent;
    this.take([event]);
    // Another replica has recorded the same request, and maybe more before it.
    if (event.revision > this.state.revision) await this.read();
    return { state: this.state, event, outcome: 'recorded' };
  }

  /** The governance in the store, and the event recorded under an id. */
  async read(id?: string): Promise<{ state: GovernanceState; said?: GovernanceEvent }> {
    for await (const page of this.store.readStream(governanceStream, this.state.revision + 1))
      this.take(page as readonly GovernanceEvent[]);
    const { state } = this;
    const revision = id === undefined ? undefined : this.revisions.get(id);
    if (revision === undefined) return { state };
    for await (const [said] of this.store.readStream(governanceStream, revision))
      return { state, said: said as GovernanceEvent };
    throw new Error(`Revision ${revision} of ${governanceStream} was read before and is gone.`);
  }

  /** Takes what follows on what was taken; concurrent reads may deliver the same. */
  private take(events: readonly GovernanceEvent[]): void {
    const next = this.state.revision + 1;
    const fresh = events.filter(({ revision }) => revision >= next);
    if (fresh[0]?.revision !== next) return;
    this.state = replayGovernance(this.state, fresh);
    for (const { id, revision } of fresh) this.revisions.set(id, revision);
  }
}

/** The same without undefined members, which are not stored. */
export function withoutGaps<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
