import { type AnyRecordedEvent, ofProjects } from '../domain/any-event.js';
import type { Day } from '../domain/calendar.js';
import type { Command } from '../domain/commands.js';
import { type ProjectEvent, streamOf } from '../domain/events.js';
import { decide, emptyProject, type Project, replay, type Said } from '../domain/project.js';
import { CommandRejected } from '../domain/rejections.js';
import { EventIdReused, RevisionConflict } from '../event-store/errors.js';
import type { EventStore, NewEvent } from '../event-store/event-store.js';
import { alreadySaid, asEvent } from './already-said.js';
import type { WriteRequest } from './asked.js';
import { KeptProjects } from './kept-projects.js';
import type { World } from './ports.js';
import { Refused } from './refusals.js';
import type { Receipt } from './topout.js';

/** Entries of projects kept in memory between two commands, in all. */
const entriesKept = 200_000;
/** How often a command is decided anew because another writer was faster. */
const attempts = 5;

/** A project between two commands, with the ids of its entries. */
interface Kept {
  project: Project;
  /** Of the last entry; -1 before the first. */
  revision: number;
  ids: Set<string>;
}

/** The write side: loads a project, decides, appends at the revision it decided on. */
export class Execute {
  private readonly kept = new KeptProjects<Kept>(entriesKept);
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
        const receipt = await this.attempt(projectId, kept, command, request);
        if (
          receipt.outcome === 'already-said' &&
          attempt < attempts &&
          (await this.isBehind(projectId, kept))
        )
          continue;
        return receipt;
      } catch (error) {
        // A refusal leaves what is kept as true as it was; after anything else the store is asked again.
        if (error instanceof CommandRejected || error instanceof Refused) {
          if (attempt < attempts && (await this.isBehind(projectId, kept))) continue;
          throw error;
        }
        this.kept.forget(projectId);
        if (!(error instanceof RevisionConflict) || attempt === attempts) throw error;
      }
    }
  }

  /** True when other replicas have written to a project since it was kept; then it is loaded anew. */
  private async isBehind(projectId: string, { revision }: Kept): Promise<boolean> {
    if (!this.store.isShared) return false;
    for await (const [next] of this.store.readStream(streamOf(projectId), revision + 1)) {
      if (next) this.kept.forget(projectId);
      return next !== undefined;
    }
    return false;
  }

  private async attempt(
    projectId: string,
    kept: Kept,
    command: Command,
    request: WriteRequest,
  ): Promise<Receipt> {
    const { project, revision, ids } = kept;
    const known = request.id !== undefined && ids.has(request.id) && entryOf(project, request.id);
    if (known) return this.replay(projectId, kept, known, command, request);
    const isExpectable = revision >= 0 || command.type === 'RegisterProject';
    if (isExpectable && request.expectedRevision !== undefined && request.expectedRevision !== revision) {
      throw new Refused(
        'revision-stale',
        {
          member: 'If-Match',
          seen: `"${request.expectedRevision}"`,
          expected:
            revision >= 0
              ? `"${revision}", the current revision`
              : 'none, because nobody has registered the project',
        },
        { currentRevision: revision },
      );
    }
    const events = decide(command, project, this.latestDay());
    if (events.length === 0) return this.receiptOf(projectId, alreadySaid(command, project));
    const id = request.id ?? this.world.newId();
    const expected = revision >= 0 ? revision : 'no-stream';
    const appended = await this.store.append(
      streamOf(projectId),
      this.named(events, id, request.by),
      expected,
      request.id === undefined ? 'fresh' : 'proposed',
    );
    if (appended.isReplay) {
      // Another writer recorded it, so what is kept is behind the store.
      this.kept.forget(projectId);
    } else {
      for (const event of appended.events) ids.add(event.id);
      this.keep(projectId, replay(project, ofProjects(appended.events)), ids);
    }
    return receipt(projectId, appended.events, appended.isReplay ? 'replayed' : 'recorded');
  }

  /** The command came before under the same id: what it said then is said again, and the store compares. */
  private async replay(
    projectId: string,
    { project, ids }: Kept,
    known: Said,
    command: Command,
    request: WriteRequest,
  ): Promise<Receipt> {
    // A fact says the same whatever was said before it; what other commands say depends on it.
    const fact = asEvent(command);
    const events = fact ? [fact] : decidedThen(command, projectBefore(project, known.revision));
    const isShorter = ids.has(this.world.derivedId(known.id, String(events.length)));
    if (events.length === 0 || isShorter) throw new EventIdReused(known.id);
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
    if (kept) {
      this.kept.keep(projectId, kept);
      return kept;
    }
    let project: Project = emptyProject;
    for await (const page of this.store.readStream(streamOf(projectId)))
      project = replay(project, ofProjects(page));
    const ids = new Set(project.status === 'registered' ? project.said.map((said) => said.id) : []);
    return this.keep(projectId, project, ids);
  }

  private keep(projectId: string, project: Project, ids: Set<string>): Kept {
    if (project.status === 'unregistered') return { project, revision: -1, ids };
    const kept = { project, revision: project.revision, ids };
    this.kept.keep(projectId, kept);
    return kept;
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

/** What a command that was accepted then said then; nothing when it cannot be that command. */
function decidedThen(command: Command, project: Project): ProjectEvent[] {
  try {
    return decide(command, project, '9999-12-31');
  } catch (error) {
    if (error instanceof CommandRejected) return [];
    throw error;
  }
}

function receipt(project: string, events: readonly AnyRecordedEvent[], outcome: Receipt['outcome']): Receipt {
  const [first, ...rest] = events;
  if (!first) throw new Error('A write answers at least one entry.');
  const { id, revision, position, recordedAt } = first;
  const also = rest.map((event) => ({ id: event.id, revision: event.revision, position: event.position }));
  return { project, id, revision, position, recordedAt, outcome, also };
}
