import type { Command } from '../../../domain/project/commands.js';
import { eventAlone } from '../../../domain/project/decide-alone.js';
import { type ProjectEvent, streamOf } from '../../../domain/project/events.js';
import type { FactTable } from '../../../domain/project/facts/fact.js';
import { facts as knownFacts } from '../../../domain/project/facts/facts.js';
import { decide, emptyProject, replay, type Said } from '../../../domain/project/project.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { EventIdReused, RevisionConflict } from '../../event-store/errors.js';
import type { Appended, EventStore } from '../../event-store/event-store.js';
import type { World } from '../ports.js';
import type { WriteRequest } from '../queries/asked.js';
import type { Receipt } from '../topout.js';
import type { KnownProject, KnownProjects } from './known-projects.js';
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

/**
 * Facts that go to the store without their project being loaded, because they certainly say something new; and registrations of projects
 * that are certainly new.
 */
export class DirectFacts {
  private readonly underWay = new UnderWay();

  constructor(
    private readonly known: KnownProjects,
    private readonly ports: DirectFactsPorts,
  ) {}

  /**
   * Sends a fact or a registration; undefined where the entries of the project have to be looked at. `refuted` when they have to be all the same: another
   * writer, or an earlier command that was not stored, has left the project otherwise than it was known.
   */
  send(
    project: string,
    command: Command,
    { id, by, expectedRevision }: WriteRequest,
  ): Promise<Receipt | 'refuted'> | undefined {
    if (expectedRevision !== undefined) return undefined;
    const { store, world } = this.ports;
    const isOfKnown = this.known.of(project) !== undefined;
    const event = isOfKnown ? this.newFact(project, command) : this.firstRegistration(project, command);
    if (!event) return undefined;
    const events = [{ ...event, id: id ?? world.newId(), by }];
    if (!isOfKnown) this.known.know(project, replay(emptyProject, [{ ...events[0], revision: 0 }] as Said[]));
    const known = this.known.of(project) as KnownProject;
    const appending = store.append(streamOf(project), events, isOfKnown ? known.revision : 'no-stream');
    if (isOfKnown) known.revision += 1;
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

  private newFact(project: string, command: Command): ProjectEvent | undefined {
    const { facts = knownFacts, latestDay, todayIn } = this.ports;
    const known = this.known.of(project) as KnownProject;
    const today = () => todayIn(known.timeZone);
    const event = eventAlone(command, { facts, latestDay: latestDay(), today });
    return event && this.known.add(event, known) ? event : undefined;
  }

  /** The registration of a project of which the store has no entry. */
  private firstRegistration(project: string, command: Command): ProjectEvent | undefined {
    const { journal } = this.ports.store;
    if (command.type !== 'RegisterProject' || !journal || this.underWay.has(project)) return undefined;
    if (journal.page(streamOf(project), Number.MAX_SAFE_INTEGER, 0).length > 0) return undefined;
    try {
      const decision = decide(command, emptyProject, this.ports.latestDay());
      return 'append' in decision ? decision.append[0] : undefined;
    } catch {
      return undefined;
    }
  }

  /** Resolves when every fact of a project that was sent is stored or refused. */
  answered(project: string): Promise<void> {
    return this.underWay.ended(project);
  }
}
