import type { AnyEvent, GovernanceEventType } from '../../domain/any-event.js';
import type { Day } from '../../domain/calendar.js';
import type { EntryMetadata } from '../../domain/events.js';
import {
  applyToGovernance,
  emptyGovernance,
  type GovernanceEvent,
  type GovernanceState,
} from '../../domain/governance.js';
import { governanceStream } from '../../domain/governance-events.js';
import { EventIdReused, RevisionConflict } from '../../event-store/errors.js';
import type { EventStore, NewEvent } from '../../event-store/event-store.js';
import type { WriteRequest } from '../asked.js';
import type { World } from '../ports.js';
import { Refused } from '../refusals.js';
import type { Views } from '../views.js';

/** How often something is decided anew because another writer was faster. */
const attempts = 5;

/** What is said of the governance, before it has an id. */
type Saying = {
  [K in GovernanceEventType]: Pick<AnyEvent<K>, 'type' | 'data'>;
}[GovernanceEventType];

/** What a write left behind: the governance with it, and the event that says it when there is one. */
interface Written {
  state: GovernanceState;
  event?: GovernanceEvent;
  outcome: 'recorded' | 'replayed' | 'already-said';
}

/** The write side of the stream `governance`: reads it from the store, decides, appends at the revision it decided on. */
export class GovernanceLog {
  constructor(
    private readonly store: EventStore,
    private readonly views: Views,
    private readonly world: World,
    private readonly today: () => Day,
  ) {}

  /**
   * Records what is decided, and answers once it can be read.
   *
   * @param saysTheSame whether what was recorded under the id of the request is what the request says
   * @param decide what is to be said of the governance as it is; nothing when it says so already
   * @throws EventIdReused the id of the request is taken by something else
   * @throws RevisionConflict others were faster five times over
   */
  async write(
    request: WriteRequest,
    saysTheSame: (said: GovernanceEvent, state: GovernanceState) => boolean,
    decide: (state: GovernanceState) => Saying | undefined,
  ): Promise<Written> {
    const id = request.id ?? this.world.newId();
    for (let attempt = 1; ; attempt++) {
      const { state, said } = await this.read(request.id);
      if (said) {
        if (!saysTheSame(said, state)) throw new EventIdReused(said.id);
        return this.seen({ state, event: said, outcome: 'replayed' });
      }
      const saying = decide(state);
      if (!saying) return this.seen({ state, outcome: 'already-said' });
      try {
        const event = await this.append(saying, id, request.by, state.revision);
        return await this.seen({ state: applyToGovernance(state, event), event, outcome: 'recorded' });
      } catch (error) {
        if (!(error instanceof RevisionConflict) || attempt === attempts) throw error;
      }
    }
  }

  /** The governance as the store has it, and what was recorded under an id. */
  async read(id?: string): Promise<{ state: GovernanceState; said?: GovernanceEvent }> {
    let state = emptyGovernance();
    let said: GovernanceEvent | undefined;
    for await (const page of this.store.readStream(governanceStream)) {
      for (const event of page as readonly GovernanceEvent[]) {
        state = applyToGovernance(state, event);
        if (event.id === id) said = event;
      }
    }
    return { state, said };
  }

  private async append(saying: Saying, id: string, by: string, revision: number): Promise<GovernanceEvent> {
    const entry: EntryMetadata = { asOf: this.today(), precision: 'day', source: { kind: 'inspection' } };
    const event: NewEvent = { ...withoutGaps(saying), entry, id, by };
    const { events } = await this.store.append(
      governanceStream,
      [event],
      revision < 0 ? 'no-stream' : revision,
    );
    return events[0] as GovernanceEvent;
  }

  private async seen(written: Written): Promise<Written> {
    try {
      await this.views.waitFor(written.state.position);
    } catch (error) {
      // It is recorded whether or not the views have come so far.
      if (!(error instanceof Refused)) throw error;
    }
    return written;
  }
}

/** The same without members that hold nothing: what is stored has no place for them. */
export function withoutGaps<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
