import { type AnyRecordedEvent, ofProjects } from '../../../domain/log/any-event.js';
import { streamOf } from '../../../domain/project/events.js';
import type { FactTable } from '../../../domain/project/facts/fact.js';
import { emptyProject, type Project, replay, type Said } from '../../../domain/project/project.js';
import { RevisionConflict, StoreUnavailable } from '../../event-store/errors.js';
import type { Appended, EventStore } from '../../event-store/event-store.js';
import type { CommandQueue } from './command-queue.js';
import type { DirectFacts } from './direct-facts.js';
import { KeptProjects } from './kept-projects.js';
import type { KnownProjects } from './known-projects.js';

/** A project as it is kept between two commands; its revision is -1 before the first entry. */
export interface Kept {
  project: Project;
  revision: number;
}

/** What a command is decided on; `failures` counts the failed appends of the project by then. */
export type Loaded = Kept & { failures: number };

/** The projects that commands are decided on: kept from the command before, or read from the store. */
export class LoadedProjects {
  private readonly cache: KeptProjects<Kept>;

  constructor(
    private readonly store: EventStore,
    private readonly known: KnownProjects,
    private readonly direct: DirectFacts,
    private readonly facts: FactTable | undefined,
    entriesKept: number,
  ) {
    this.cache = new KeptProjects(entriesKept);
  }

  /** A project as the command before left it; undefined if it has to be read. */
  kept(project: string): Kept | undefined {
    return this.cache.get(project);
  }

  /** A project has an entry that was decided on without it. */
  outdated(project: string): void {
    this.cache.forget(project);
  }

  forgetAll(): void {
    this.cache.forgetAll();
  }

  load(project: string, queue: CommandQueue): Loaded | Promise<Loaded> {
    const kept = this.cache.get(project);
    // Other processes may write to the project, too: then nothing is decided on what is not yet durable.
    if (!kept || (this.store.decidesAtRevision && queue.isUnderWay))
      return this.loadWhenAnswered(project, queue);
    return { project: kept.project, revision: kept.revision, failures: queue.failures };
  }

  private async loadWhenAnswered(project: string, queue: CommandQueue): Promise<Loaded> {
    await queue.answered();
    await this.direct.answered(project);
    const kept = this.cache.get(project) ?? (await this.read(project));
    return { ...kept, failures: queue.failures };
  }

  /** @throws RevisionConflict what was decided on was not stored, or other replicas have written to the project since */
  async confirm(project: string, queue: CommandQueue, { revision, failures }: Loaded): Promise<void> {
    await queue.answered();
    const stream = streamOf(project);
    if (queue.failures !== failures) throw new RevisionConflict(stream, revision, revision);
    if (!this.store.decidesAtRevision) return;
    for await (const page of this.store.readStream(stream, revision + 1)) {
      const last = page.at(-1);
      if (!last) continue;
      this.forget(project);
      throw new RevisionConflict(stream, revision, last.revision);
    }
  }

  /** Keeps the project as it is with what was just sent, for the commands that come after. */
  async sent(
    id: string,
    queue: CommandQueue,
    { before, ahead: grown }: { before: Project; ahead: Project },
    appending: Promise<Appended>,
  ): Promise<Appended> {
    const ahead = this.keep(id, grown);
    try {
      const appended = await queue.sent(appending);
      // Another writer recorded it, so what is kept is behind the store.
      if (appended.isReplay) this.forget(id);
      return appended;
    } catch (error) {
      // What was not taken leaves the project as it was; after anything else the store is asked again.
      const isAsBefore = error instanceof StoreUnavailable && this.cache.get(id) === ahead;
      this.forget(id);
      if (isAsBefore) this.keep(id, before);
      throw error;
    }
  }

  async recorded(project: string, { revision }: Said): Promise<AnyRecordedEvent[]> {
    for await (const page of this.store.readStream(streamOf(project), revision)) return page.slice(0, 1);
    throw new Error(`Revision ${revision} of ${project} was read before and is gone.`);
  }

  private async read(id: string): Promise<Kept> {
    let project: Project = emptyProject;
    for await (const page of this.store.readStream(streamOf(id)))
      project = replay(project, ofProjects(page), this.facts);
    return this.keep(id, project);
  }

  private forget(project: string): void {
    this.cache.forget(project);
    this.known.forget(project);
  }

  private keep(id: string, project: Project): Kept {
    if (project.status === 'unregistered') return { project, revision: -1 };
    if (!this.store.decidesAtRevision) this.known.know(id, project);
    const kept = { project, revision: project.revision };
    this.cache.keep(id, kept);
    return kept;
  }
}
