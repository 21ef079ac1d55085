import type { Day } from '../domain/calendar.js';
import type { Command } from '../domain/commands.js';
import { type ProjectEvent, type RecordedEvent, streamOf } from '../domain/events.js';
import { decide, emptyProject, type Project, replay, type Said } from '../domain/project.js';
import { EventIdReused, RevisionConflict } from '../event-store/errors.js';
import type { EventStore, NewEvent } from '../event-store/event-store.js';
import { alreadySaid, asEvent } from './already-said.js';
import type { World } from './ports.js';
import { Refused } from './refusals.js';
import type { Receipt, WriteRequest } from './topout.js';

/** Projects kept in memory between two commands; the oldest used leaves first. */
const projectsKept = 1_000;
/** How often a command is decided anew because another writer was faster. */
const attempts = 5;

/** A project between two commands, with the ids of its entries. */
interface Kept {
  project: Project;
  ids: Set<string>;
}

/** The write side: loads a project, decides, appends at the revision it decided on. */
export class Execute {
  private readonly kept = new Map<string, Kept>();
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(
    private readonly store: EventStore,
    private readonly world: World,
    private readonly latestDay: () => Day,
  ) {}

  /** Carries out a command; those for one project one after the other, in the order in which they came. */
  run(project: string, command: Command, request: WriteRequest): Promise<Receipt> {
    const before = this.queues.get(project) ?? Promise.resolve();
    const mine = before.then(() => this.execute(project, command, request));
    const settled = mine.catch(() => undefined);
    this.queues.set(project, settled);
    void settled.then(() => {
      if (this.queues.get(project) === settled) this.queues.delete(project);
    });
    return mine;
  }

  private async execute(projectId: string, command: Command, request: WriteRequest): Promise<Receipt> {
    for (let attempt = 1; ; attempt++) {
      const kept = await this.load(projectId);
      try {
        return await this.attempt(projectId, kept, command, request);
      } catch (error) {
        this.kept.delete(projectId);
        if (!(error instanceof RevisionConflict) || attempt === attempts) throw error;
      }
    }
  }

  private async attempt(
    projectId: string,
    { project, ids }: Kept,
    command: Command,
    request: WriteRequest,
  ): Promise<Receipt> {
    const known = request.id !== undefined && ids.has(request.id) && entryOf(project, request.id);
    if (known) return this.replay(projectId, project, known, command, request);
    const revision = project.status === 'registered' ? project.revision : -1;
    if (request.expectedRevision !== undefined && request.expectedRevision !== revision) {
      throw new Refused(
        'revision-stale',
        {
          member: 'If-Match',
          seen: `"${request.expectedRevision}"`,
          expected: `"${revision}", the current revision`,
        },
        { currentRevision: revision },
      );
    }
    const events = decide(command, project, this.latestDay());
    if (events.length === 0) return this.receiptOf(projectId, alreadySaid(command, project));
    const id = request.id ?? this.world.newId();
    const expected = project.status === 'registered' ? project.revision : 'no-stream';
    const appended = await this.store.append(
      streamOf(projectId),
      this.named(events, id, request.by),
      expected,
    );
    if (!appended.isReplay) {
      for (const event of appended.events) ids.add(event.id);
      this.keep(projectId, { project: replay(project, appended.events), ids });
    }
    return receipt(projectId, appended.events, appended.isReplay ? 'replayed' : 'recorded');
  }

  /** The command came before under the same id: what it said then is said again, and the store compares. */
  private async replay(
    projectId: string,
    project: Project,
    known: Said,
    command: Command,
    request: WriteRequest,
  ): Promise<Receipt> {
    // A fact says the same whatever was said before it; what other commands say depends on it.
    const fact = asEvent(command);
    const events = fact ? [fact] : decide(command, projectBefore(project, known.revision), '9999-12-31');
    if (events.length === 0) throw new EventIdReused(known.id);
    const appended = await this.store.append(
      streamOf(projectId),
      this.named(events, known.id, request.by),
      'any',
    );
    return receipt(projectId, appended.events, 'replayed');
  }

  private named(events: readonly ProjectEvent[], id: string, by: string): NewEvent[] {
    return events.map((event, index) => ({
      ...event,
      id: index === 0 ? id : this.world.derivedId(id, String(index)),
      by,
    }));
  }

  private async receiptOf(projectId: string, said: Said): Promise<Receipt> {
    for await (const page of this.store.readStream(streamOf(projectId), said.revision)) {
      return receipt(projectId, page.slice(0, 1), 'already-said');
    }
    throw new Error(`Revision ${said.revision} of ${projectId} was read before and is gone.`);
  }

  private async load(projectId: string): Promise<Kept> {
    const kept = this.kept.get(projectId);
    if (kept) return kept;
    let project: Project = emptyProject;
    for await (const page of this.store.readStream(streamOf(projectId))) project = replay(project, page);
    const ids = new Set(project.status === 'registered' ? project.said.map((said) => said.id) : []);
    if (project.status === 'registered') this.keep(projectId, { project, ids });
    return { project, ids };
  }

  private keep(projectId: string, kept: Kept): void {
    this.kept.delete(projectId);
    this.kept.set(projectId, kept);
    const [oldest] = this.kept.keys();
    if (this.kept.size > projectsKept && oldest !== undefined) this.kept.delete(oldest);
  }
}

function entryOf(project: Project, id: string): Said | undefined {
  return project.status === 'registered' ? project.said.find((said) => said.id === id) : undefined;
}

/** The project as it was before the entry of a revision was recorded. */
function projectBefore(project: Project, revision: number): Project {
  const said = project.status === 'registered' ? project.said : [];
  const earlier = said.filter((entry) => entry.revision < revision);
  return replay(
    emptyProject,
    earlier.map(({ withdrawnBy: _, ...entry }) => entry as Said),
  );
}

function receipt(project: string, events: readonly RecordedEvent[], outcome: Receipt['outcome']): Receipt {
  const [first, ...rest] = events;
  if (!first) throw new Error('A write answers at least one entry.');
  const { id, revision, position, recordedAt } = first;
  const also = rest.map((event) => ({ id: event.id, revision: event.revision, position: event.position }));
  return { project, id, revision, position, recordedAt, outcome, also };
}
