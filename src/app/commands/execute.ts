import type { Command } from '../../../domain/project/commands.js';
import { streamOf } from '../../../domain/project/events.js';
import { explainsContradiction, type RegisteredContradiction } from '../../../domain/project/explained.js';
import type { FactTable } from '../../../domain/project/facts/fact.js';
import { decide, type Project, replay, type Said, timeZoneAt } from '../../../domain/project/project.js';
import { repeated } from '../../../domain/project/repeated.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { EventIdReused, StoreUnavailable } from '../../event-store/errors.js';
import type { EventStore } from '../../event-store/event-store.js';
import { usualCacheLimits } from '../cache-limits.js';
import type { World } from '../ports.js';
import type { Step, WriteRequest } from '../queries/asked.js';
import { requireRevision } from '../refusals.js';
import type { Receipt } from '../topout.js';
import { requireOwn, verified } from './authors.js';
import { CommandQueue } from './command-queue.js';
import { DirectFacts } from './direct-facts.js';
import { KnownProjects } from './known-projects.js';
import { type Kept, type Loaded, LoadedProjects } from './loaded-projects.js';
import { receipt } from './receipts.js';
import { type Registered, registeredBy } from './registered.js';
import { confirmRepeated, type DecidedTogether, decidedTogether, receiptsOf } from './together.js';
import { type Answer, named, transact } from './transact.js';

/** Commands that may be under way; more are refused, as the store does with appends. */
const mostCommands = 32_768;

/** A project with more entries is decided on them as long as they are at hand: to load them again takes longer. */
const longProject = 64;

/** The write side of projects. */
export class Execute {
  private readonly projects: LoadedProjects;
  private readonly direct: DirectFacts;
  private readonly queues = new Map<string, CommandQueue>();
  private commands = 0;

  constructor(
    readonly store: EventStore,
    readonly world: World,
    private readonly latestDay: () => Day,
    private readonly facts?: FactTable,
    private readonly todayIn: (timeZone: string) => Day = latestDay,
    known = new KnownProjects(),
    private readonly registered: Registered = registeredBy(),
    entriesKept = usualCacheLimits.commands,
  ) {
    this.direct = new DirectFacts(known, { store, world, latestDay, facts, todayIn });
    this.projects = new LoadedProjects(store, known, this.direct, facts, entriesKept);
  }

  /**
   * Executes a command; commands of one project run in order. The next one is decided once the one before was sent to
   * the store, so that many of one project become durable together.
   */
  run(project: string, stated: Command, request: WriteRequest): Promise<Receipt> {
    const command = verified(stated, request);
    const isFree = !this.queues.has(project) && (this.projects.kept(project)?.revision ?? 0) <= longProject;
    const sent =
      isFree && this.commands < mostCommands ? this.direct.send(project, command, request) : undefined;
    if (!sent) return this.decideInTurn(project, command, request);
    this.projects.outdated(project);
    this.commands += 1;
    const end = () => {
      this.commands -= 1;
    };
    return sent.then(
      (recorded) => {
        end();
        return recorded === 'refuted' ? this.decideInTurn(project, command, request) : recorded;
      },
      (error: unknown) => {
        end();
        throw error;
      },
    );
  }

  private decideInTurn(project: string, command: Command, request: WriteRequest): Promise<Receipt> {
    return this.queued(project, async (queue) => {
      const written = await transact(this, {
        ...this.writing(project, queue),
        ids: request.id === undefined ? 'fresh' : 'proposed',
        decide: (loaded: Loaded) =>
          explainsContradiction(command)
            ? this.registered(loaded.project, command).then((found) =>
                this.decide(loaded, command, request, found),
              )
            : this.decide(loaded, command, request),
        sent: ({ project: before, revision }, events, appending) => {
          const said = events.map((event, index) => ({ ...event, revision: revision + 1 + index }));
          const ahead = replay(before, said as Said[], this.facts);
          return this.projects.sent(project, queue, { before, ahead }, appending);
        },
      });
      if ('appended' in written) {
        const { events, isReplay } = written.appended;
        return receipt(project, events, isReplay ? 'replayed' : 'recorded', written.loaded.project);
      }
      const { loaded, alreadySaid: entry } = written;
      const outcome = entry.id === request.id ? 'replayed' : 'already-said';
      return receipt(project, await this.projects.recorded(project, entry), outcome, loaded.project);
    });
  }

  /**
   * Executes commands in one append: all of them are recorded, or none. Each is decided on what those before it recorded.
   *
   * @throws StepRefused with the place of the command that was refused
   */
  runTogether(
    project: string,
    stated: readonly Step[],
    request: Pick<WriteRequest, 'by' | 'verification'>,
  ): Promise<Receipt[]> {
    const steps = stated.map((step) => ({ ...step, command: verified(step.command, request) }));
    const { by } = request;
    return this.queued(project, async (queue) => {
      const writing = this.writing(project, queue);
      let decided: DecidedTogether | undefined;
      const written = await transact(this, {
        ...writing,
        decide: async (loaded: Loaded) => {
          const found = await this.registeredBefore(loaded, steps);
          const next = decidedTogether(loaded, steps, {
            decide: (kept, { command, ...step }) =>
              this.decide(kept, command, { ...step, by }, found.get(command)),
            facts: this.facts,
          });
          if (next.repeated.size > 0) await writing.confirm(loaded);
          await confirmRepeated(this.store, writing.stream, next);
          decided = next;
          return next.append.length > 0 ? { append: next.append } : { alreadySaid: next };
        },
        sent: ({ project: before }, _, appending) =>
          this.projects.sent(
            project,
            queue,
            { before, ahead: (decided as DecidedTogether).ahead },
            appending,
          ),
      });
      const { loaded } = written;
      return receiptsOf(project, decided as DecidedTogether, {
        appended: 'appended' in written ? written.appended : undefined,
        known: loaded.project,
        recorded: (entry) => this.projects.recorded(project, entry),
      });
    });
  }

  /** Empties the cache of projects; the next command of each reads its entries again. */
  forgetAll(): void {
    this.projects.forgetAll();
  }

  /** Runs work of a project that counts as one command. */
  private async queued<Result>(
    project: string,
    work: (queue: CommandQueue) => Promise<Result>,
  ): Promise<Result> {
    if (this.commands >= mostCommands)
      throw new StoreUnavailable(`${this.commands} commands wait for it, as many as may`);
    const queue = this.queues.get(project) ?? new CommandQueue();
    this.queues.set(project, queue);
    queue.commands += 1;
    this.commands += 1;
    try {
      return await work(queue);
    } finally {
      this.commands -= 1;
      queue.commands -= 1;
      if (queue.commands === 0) this.queues.delete(project);
    }
  }

  /** What every write to a project has in common. */
  private writing(project: string, queue: CommandQueue) {
    return {
      stream: streamOf(project),
      load: () => this.projects.load(project, queue),
      confirm: (loaded: Loaded) => this.projects.confirm(project, queue, loaded),
      inOrder: <Result>(work: () => Promise<Result>) => queue.inTurn(work),
    };
  }

  /** The contradictions that commands explain, as they are registered before all of them. */
  private async registeredBefore(
    { project }: Kept,
    steps: readonly Step[],
  ): Promise<ReadonlyMap<Command, RegisteredContradiction | undefined>> {
    const found = new Map<Command, RegisteredContradiction | undefined>();
    for (const { command } of steps)
      if (explainsContradiction(command)) found.set(command, await this.registered(project, command));
    return found;
  }

  private decide(
    { project, revision }: Kept,
    command: Command,
    request: WriteRequest,
    contradiction?: RegisteredContradiction,
  ): Answer<Said> {
    const { id, by } = request;
    const sent = id !== undefined && project.status === 'registered' ? project.said.byId(id) : undefined;
    if (sent) return this.repeat(project, sent, command, by);
    if (request.withdrawsOnlyOwn) requireOwn(project, command, by);
    if (revision >= 0 || command.type === 'RegisterProject')
      requireRevision(request.expectedRevision, revision);
    const latestDay = this.latestDay();
    const today = () => this.todayIn(timeZoneAt(project, revision));
    const decision = decide(command, project, latestDay, false, today, contradiction);
    if ('alreadySaid' in decision) return decision;
    return { append: named(decision.append, id ?? this.world.newId(), by, this.world) };
  }

  /** The command came before under its id. */
  private repeat(project: Project, sent: Said, command: Command, by: string): Answer<Said> {
    const answer = repeated(command, project, sent);
    if (answer && 'alreadySaid' in answer) return answer;
    const events = answer?.repeat ?? [];
    const next = this.world.derivedId(sent.id, String(events.length));
    const isShorter = project.status === 'registered' && project.said.byId(next) !== undefined;
    if (events.length === 0 || isShorter) throw new EventIdReused(sent.id);
    return { repeat: named(events, sent.id, by, this.world) };
  }
}
