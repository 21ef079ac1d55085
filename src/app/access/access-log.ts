import { type AccessState, emptyAccess, replayAccess } from '../../../domain/access/access.js';
import type { AccessCommand } from '../../../domain/access/commands.js';
import { decideAccess } from '../../../domain/access/decide.js';
import { type AccessEvent, accessStream } from '../../../domain/access/events.js';
import type { EntryMetadata } from '../../../domain/project/events.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { EventIdReused } from '../../event-store/errors.js';
import type { EventStore } from '../../event-store/event-store.js';
import { type Answer, named, transact } from '../commands/transact.js';
import type { World } from '../ports.js';
import type { WriteRequest } from '../queries/asked.js';

/** The state that a command was decided on or led to, and the position from which it can be read. */
export interface AccessWritten {
  state: AccessState;
  position: number;
  isNew: boolean;
}

/** The write side of the stream `access`: decides on the content of the store, and appends at that revision. */
export class AccessLog {
  private state: AccessState = emptyAccess();

  constructor(
    readonly store: EventStore,
    readonly world: World,
    private readonly today: () => Day,
  ) {}

  /**
   * Records what a command leads to.
   *
   * @param check called with the state before the decision; throws what refuses it
   * @throws CommandRejected what the domain refuses
   * @throws EventIdReused the id of the request was used before
   * @throws Refused `write-contended` other replicas were faster for 2 s
   */
  async write(
    command: AccessCommand,
    request: WriteRequest,
    check: (state: AccessState) => void = () => undefined,
  ): Promise<AccessWritten> {
    const id = request.id ?? this.world.newId();
    const written = await transact(this, {
      stream: accessStream,
      load: async () => this.read(),
      decide: (state): Answer<undefined> => {
        check(state);
        const decision = decideAccess(command, state);
        if ('alreadySaid' in decision) return { alreadySaid: undefined };
        const entry: EntryMetadata = omitUndefined({
          asOf: this.today(),
          precision: 'day' as const,
          source: { kind: 'unstated' as const },
          verification: request.verification,
        });
        const events = decision.append.map(({ type, data }) => ({ type, data: omitUndefined(data), entry }));
        return { append: named(events as Parameters<typeof named>[0], id, request.by, this.world) };
      },
    });
    if ('alreadySaid' in written) {
      const { loaded: state } = written;
      return { state, position: state.position, isNew: false };
    }
    if (written.appended.isReplay) throw new EventIdReused(id);
    const events = written.appended.events as readonly AccessEvent[];
    const state = replayAccess(written.loaded, events);
    return { state, position: state.position, isNew: true };
  }

  /** Everything in the store; what was read before is not read again. */
  private async read(): Promise<AccessState> {
    let { state } = this;
    for await (const page of this.store.readStream(accessStream, state.revision + 1))
      state = replayAccess(state, page as readonly AccessEvent[]);
    this.state = state;
    return state;
  }
}
