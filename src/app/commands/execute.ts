import { ofProjects } from '../../../domain/log/any-event.js';
import type { Command } from '../../../domain/project/commands.js';
import { type ProjectEvent, streamOf } from '../../../domain/project/events.js';
import type { FactTable } from '../../../domain/project/facts/fact.js';
import {
  decide,
  emptyProject,
  type Project,
  projectBefore,
  replay,
  type Said,
  timeZoneAt,
} from '../../../domain/project/project.js';
import type { Day } from '../../../domain/values/calendar.js';
import { isSame } from '../../../domain/values/equal.js';
import { CommandRejected } from '../../../domain/values/rejections.js';
import { EventIdReused, RevisionConflict, StoreUnavailable } from '../../event-store/errors.js';
import type { EventStore, NewEvent } from '../../event-store/event-store.js';
import type { World } from '../ports.js';
import type { WriteRequest } from '../queries/asked.js';
import { Refused } from '../refusals.js';
import type { Receipt } from '../topout.js';
import { alreadySaid, asEvent } from './already-said.js';
import { CommandQueue } from './command-queue.js';
import { KeptProjects } from './kept-projects.js';
import { receipt } from './receipts.js';
import { transact } from './transact.js';

/** Entries of projects kept in memory between two commands, in all: some 1.2 KB each. */
const entriesKept = 100_000;
/** Commands that may be on their way; more are refused at once, as the store does with appends. */
const mostCommands = 32_768;

/** A project between two commands. */
interface Kept {
  project: Project;
  /** Of the last entry; -1 before the first. */
  revision: number;
}

/** What a project answers to a command: new events, an entry that says so already, or a refusal. */
type Decision =
  | { append: readonly ProjectEvent[] }
  | { sentBefore: Said }
  | { alreadySaid: Said }
  | { refusal: CommandRejected | Refused };

/** The write side: loads a project, decides, appends at the revision it decided on. */
export class Execute {
  private readonly kept = new KeptProjects<Kept>(entriesKept);
  private readonly queues = new Map<string, CommandQueue>();
  private commands = 0;

  constructor(
    private readonly store: EventStore,
    private readonly world: World,
    private readonly latestDay: () => Day,
    private readonly facts?: FactTable,
  ) {}

  /**
   * Carries out a command; those for one project one after the other, in the order in which they came. The next one is
   * decided when the one before has been sent to the store, so that many of one project become durable together.
   */
  async run(projectId: string, command: Command, request: WriteRequest): Promise<Receipt> {
    if (this.commands >= mostCommands)
      throw new StoreUnavailable(`${this.commands} commands wait for it, as many as may`);
    const queue = this.queues.get(projectId) ?? new CommandQueue();
    this.queues.set(projectId, queue);
    queue.commands += 1;
    this.commands += 1;
    try {
      return await transact(this.world, async () => {
        const turn = () => this.decideInTurn(projectId, queue, command, request);
        const { answer } = await queue.inTurn(turn);
        return await answer;
      });
    } finally {
      this.commands -= 1;
      queue.commands -= 1;
      if (queue.commands === 0) this.queues.delete(projectId);
    }
  }

  /**
   * Decides, and answers what will come of it. Only an append goes ahead of those before it: any other answer waits until
   * they are durable, and is sought anew if one of them failed.
   */
  private async decideInTurn(
    projectId: string,
    queue: CommandQueue,
    command: Command,
    request: WriteRequest,
  ): Promise<{ answer: Promise<Receipt> }> {
    for (;;) {
      const kept = this.kept.get(projectId) ?? (await this.load(projectId, queue));
      const decision = this.decide(kept, command, request);
      if ('append' in decision) {
        const answer = this.append(projectId, queue, kept, decision.append, request);
        // Another process may write to the project, too: then nothing is decided on what is not yet durable.
        if (this.store.isShared) await answer.catch(() => undefined);
        return { answer };
      }
      const { failures } = queue;
      await queue.answered();
      if (queue.failures !== failures) continue;
      this.keep(projectId, kept.project);
      if ('sentBefore' in decision)
        return { answer: this.replay(projectId, kept, decision.sentBefore, command, request) };
      await this.requireCurrent(projectId, kept);
      if ('refusal' in decision) throw decision.refusal;
      return { answer: this.receiptOf(projectId, kept.project, decision.alreadySaid, 'already-said') };
    }
  }

  private decide({ project, revision }: Kept, command: Command, request: WriteRequest): Decision {
    const sentBefore = request.id === undefined ? undefined : entryOf(project, request.id);
    if (sentBefore) return { sentBefore };
    const isExpectable = revision >= 0 || command.type === 'RegisterProject';
    if (isExpectable && request.expectedRevision !== undefined && request.expectedRevision !== revision)
      return { refusal: stale(request.expectedRevision, revision) };
    try {
      const events = decide(command, project, this.latestDay());
      return events.length > 0 ? { append: events } : { alreadySaid: alreadySaid(command, project) };
    } catch (refusal) {
      if (refusal instanceof CommandRejected) return { refusal };
      throw refusal;
    }
  }

  private async append(
    projectId: string,
    queue: CommandQueue,
    { project, revision }: Kept,
    events: readonly ProjectEvent[],
    request: WriteRequest,
  ): Promise<Receipt> {
    const named = this.named(events, request.id ?? this.world.newId(), request.by);
    const appending = this.store.append(
      streamOf(projectId),
      named,
      revision >= 0 ? revision : 'no-stream',
      request.id === undefined ? 'fresh' : 'proposed',
    );
    const said = named.map((event, index) => ({ ...event, revision: revision + 1 + index }));
    const ahead = this.keep(projectId, replay(project, said, this.facts));
    try {
      const appended = await queue.sent(appending);
      // Another writer recorded it, so what is kept is behind the store.
      if (appended.isReplay) this.kept.forget(projectId);
      return receipt(projectId, appended.events, appended.isReplay ? 'replayed' : 'recorded', () =>
        timeZoneAt(ahead.project, appended.events.at(-1)?.revision ?? 0),
      );
    } catch (error) {
      // What was not taken leaves the project as it was; after anything else the store is asked again.
      const isAsBefore = error instanceof StoreUnavailable && this.kept.get(projectId) === ahead;
      this.kept.forget(projectId);
      if (isAsBefore) this.keep(projectId, project);
      throw error;
    }
  }

  /** @throws RevisionConflict other replicas have written to the project since it was kept; it is loaded again */
  private async requireCurrent(projectId: string, { revision }: Kept): Promise<void> {
    if (!this.store.isShared) return;
    for await (const page of this.store.readStream(streamOf(projectId), revision + 1)) {
      const last = page.at(-1);
      if (!last) continue;
      this.kept.forget(projectId);
      throw new RevisionConflict(streamOf(projectId), revision, last.revision);
    }
  }

  /** The command came before under the same id: what it said then is said again, and the store compares. */
  private async replay(
    projectId: string,
    { project }: Kept,
    known: Said,
    command: Command,
    request: WriteRequest,
  ): Promise<Receipt> {
    // A fact says the same whatever was said before it; what other commands say depends on it.
    const fact = asEvent(command, project);
    const events = fact ? [fact] : decidedThen(command, projectBefore(project, known));
    const isShorter = entryOf(project, this.world.derivedId(known.id, String(events.length))) !== undefined;
    // It changed how something is spelt, which is no change since texts have one form (docs/decisions/0034).
    if (events.length === 0 && saysWhat(command, known))
      return this.receiptOf(projectId, project, known, 'replayed');
    if (events.length === 0 || isShorter) throw new EventIdReused(known.id);
    const named = this.named(events, known.id, request.by);
    const appended = await this.store.append(streamOf(projectId), named, 'any');
    return receipt(projectId, appended.events, 'replayed', () =>
      timeZoneAt(project, appended.events.at(-1)?.revision ?? 0),
    );
  }

  private named(events: readonly ProjectEvent[], id: string, by: string): (ProjectEvent & NewEvent)[] {
    return events.map((event, index) => ({
      ...event,
      id: index === 0 ? id : this.world.derivedId(id, String(index)),
      by,
    }));
  }

  private async receiptOf(
    projectId: string,
    project: Project,
    said: Said,
    outcome: Receipt['outcome'],
  ): Promise<Receipt> {
    for await (const page of this.store.readStream(streamOf(projectId), said.revision)) {
      return receipt(projectId, page.slice(0, 1), outcome, () => timeZoneAt(project, said.revision));
    }
    throw new Error(`Revision ${said.revision} of ${projectId} was read before and is gone.`);
  }

  private async load(projectId: string, queue: CommandQueue): Promise<Kept> {
    await queue.answered();
    let project: Project = emptyProject;
    for await (const page of this.store.readStream(streamOf(projectId)))
      project = replay(project, ofProjects(page), this.facts);
    return this.keep(projectId, project);
  }

  private keep(projectId: string, project: Project): Kept {
    if (project.status === 'unregistered') return { project, revision: -1 };
    const kept = { project, revision: project.revision };
    this.kept.keep(projectId, kept);
    return kept;
  }
}

function entryOf(project: Project, id: string): Said | undefined {
  return project.status === 'registered' ? project.said.byId(id) : undefined;
}

function stale(expected: number, current: number): Refused {
  return new Refused(
    'revision-stale',
    {
      member: 'If-Match',
      seen: `"${expected}"`,
      expected:
        current >= 0
          ? `"${current}", the current revision`
          : 'none, because nobody has registered the project',
    },
    { currentRevision: current },
  );
}

/** True when an entry is a description or a plan that says, as a whole, what a command says. */
function saysWhat({ type, data }: Command, { type: known, data: said }: Said): boolean {
  if (type === 'DescribeProject') return known === 'ProjectDescribed' && isSame(said, data);
  return (
    type === 'AdoptPlan' &&
    known === 'PlanAdopted' &&
    isSame({ ...said, version: 0 }, { ...data, version: 0 })
  );
}

/** What a command that was accepted then said then; nothing when it cannot be that command. */
function decidedThen(command: Command, project: Project): ProjectEvent[] {
  try {
    return decide(command, project, '9999-12-31', true);
  } catch (error) {
    if (error instanceof CommandRejected) return [];
    throw error;
  }
}
