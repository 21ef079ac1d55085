import type { Command } from '../../../domain/project/commands.js';
import { eventAlone } from '../../../domain/project/decide-alone.js';
import { streamOf } from '../../../domain/project/events.js';
import type { FactTable } from '../../../domain/project/facts/fact.js';
import { facts as knownFacts } from '../../../domain/project/facts/facts.js';
import type { Day } from '../../../domain/values/calendar.js';
import { EventIdReused, RevisionConflict } from '../../event-store/errors.js';
import type { Appended, EventStore } from '../../event-store/event-store.js';
import type { World } from '../ports.js';
import type { WriteRequest } from '../queries/asked.js';
import type { Receipt } from '../topout.js';
import type { KnownProjects } from './known-projects.js';
import { receipt } from './receipts.js';
import { UnderWay } from './under-way.js';

/** The ports of facts that are sent directly. */
export interface DirectFactsPorts {
  store: EventStore;
  world: Pick<World, 'newId'>;
  facts: FactTable | undefined;
  latestDay(): Day;
  todayIn(timeZone: string): Day;
}

/** Facts that go to the store without their project being loaded, because they certainly say something new. */
export class DirectFacts {
  private readonly underWay = new UnderWay();

  constructor(
    private readonly known: KnownProjects,
    private readonly ports: DirectFactsPorts,
  ) {}

  /**
   * Sends a fact; undefined where the entries of the project have to be looked at. `refuted` when they have to be all the same: another
   * writer, or an earlier command that was not stored, has left the project otherwise than it was known.
   */
  send(
    project: string,
    command: Command,
    { id, by, expectedRevision }: WriteRequest,
  ): Promise<Receipt | 'refuted'> | undefined {
    const { store, world, facts = knownFacts, latestDay, todayIn } = this.ports;
    const known = this.known.of(project);
    if (!known || expectedRevision !== undefined) return undefined;
    const today = () => todayIn(known.timeZone);
    const event = eventAlone(command, { facts, latestDay: latestDay(), today });
    if (!event || !this.known.add(event, known)) return undefined;
    const events = [{ ...event, id: id ?? world.newId(), by }];
    const appending = store.append(streamOf(project), events, known.revision);
    known.revision += 1;
    this.underWay.begin(project);
    const recorded = ({ events, isReplay }: Appended): Receipt | 'refuted' => {
      this.underWay.end(project);
      if (!isReplay) return receipt(project, events, 'recorded', known);
      this.known.forget(project);
      return 'refuted';
    };
    const refused = (error: unknown): 'refuted' => {
      this.underWay.end(project);
      this.known.forget(project);
      if (error instanceof RevisionConflict || error instanceof EventIdReused) return 'refuted';
      throw error;
    };
    return appending.then(recorded, refused);
  }

  /** Resolves when every fact of a project that was sent is stored or refused. */
  answered(project: string): Promise<void> {
    return this.underWay.ended(project);
  }
}
