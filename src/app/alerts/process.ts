import { filter, interval, merge, Subscription } from 'rxjs';
import { projectOfAlerts } from '../../../domain/alerts/events.js';
import { type AnyRecordedEvent, isOfAlerts, isOfProject } from '../../../domain/log/any-event.js';
import { projectOf } from '../../../domain/project/events.js';
import { StoreError } from '../../event-store/errors.js';
import type { Governed } from '../governance/governed.js';
import { Refused } from '../refusals.js';
import { schedulerOf } from '../scheduler.js';
import { AlertLives } from './alert-lives.js';
import { DueIndex } from './due-index.js';
import { everyDay, type RulesInForce } from './evaluation.js';
import { EvaluationQueue, type QueuedProject } from './evaluation-queue.js';
import { Evaluator, type EvaluatorPorts, idOf } from './evaluator.js';
import { projectsChanged } from './projects-changed.js';

/** How often projects that are due are looked up, in milliseconds: one timer for all, because long timers overflow. */
const tickMs = 30_000;
/** Evaluations between two rests, in which requests are served: fewer when they take longer than so many milliseconds. */
const slice = { evaluations: 16, checks: 2, ms: 8 };
/**
 * While more projects than these wait and entries go on coming in, a rest follows each slice, for a minute at most: requests
 * are answered first, a project with many new entries is evaluated once for all of them, and no alert is late, because rules
 * count in days.
 */
const burst = { projects: 64, sliceMs: 4, restMs: 36, mostMs: 60_000 };

/** The ports of the process. */
export interface AlertProcessOptions extends Omit<EvaluatorPorts, 'lives'> {
  governed: Pick<Governed, 'rules' | 'rulesEntry' | 'lexicon' | 'calendar' | 'present' | 'changes$'>;
  /** The file of the due index, or `:memory:`. */
  path: string;
  /** Identifies the log of the due index. */
  storeName: string;
  /** How many events of alerts are cached. */
  eventsKept?: number;
  /** Requests are served before many evaluations while entries go on coming in. */
  restsInBursts?: boolean;
  /** Called once for failures of one kind; the next tick tries again. */
  onFailure?(error: Error): void;
}

/**
 * Evaluates a project after each new entry, on its next due day and after new rules, and records what follows for its alerts.
 *
 * Nothing is recorded twice, however often a project is evaluated and by however many replicas.
 */
export class AlertProcess {
  private readonly queue = new EvaluationQueue();
  private readonly lives: AlertLives;
  private readonly evaluator: Evaluator;
  private readonly told = new Set<string>();
  private readonly idle = new Set<() => void>();
  /** Projects that changed while this replica did not follow; undefined once all of them are queued. */
  private missed: Generator<string[], undefined> | undefined;
  private index: DueIndex;
  private rules: RulesInForce & { name: string };
  private readonly inputs = new Subscription();
  /** The position of the last entry of a project. The events that evaluations record hold up no evaluation. */
  private lastEntry = 0;
  private isAtWork = false;
  private isClosed = false;

  private constructor(private readonly options: AlertProcessOptions) {
    this.lives = new AlertLives(options.views, options.eventsKept);
    this.evaluator = new Evaluator({ ...options, lives: this.lives });
    this.index = DueIndex.open(options.path, options.storeName);
    this.rules = this.rulesInForce();
  }

  /** Starts on views that have caught up, and evaluates the projects that changed or fell due since it was closed. */
  static start(options: AlertProcessOptions): AlertProcess {
    const process = new AlertProcess(options);
    const { views, governed, leadership } = options;
    const { inputs } = process;
    inputs.add(views.events$.subscribe((events) => process.hear(events)));
    inputs.add(merge(views.swaps$, leadership.elected$).subscribe(() => process.lookAtAll()));
    const changes$ = governed.changes$.pipe(filter((what) => what !== 'subscriptions'));
    inputs.add(changes$.subscribe(() => process.look()));
    process.lookAtAll();
    inputs.add(interval(tickMs, schedulerOf(options.world)).subscribe(() => process.tick()));
    return process;
  }

  /** Re-evaluates the projects that are due today or were last evaluated under other rules. */
  look(): void {
    if (this.isClosed || !this.options.leadership.isLeader()) return;
    this.rules = this.rulesInForce();
    this.queue.retryFailed();
    this.onIndex((index) => {
      this.queue.addDue(index.dueNow((timeZone) => this.options.todayIn(timeZone)));
      this.queue.addDue(index.notBy(this.rules.name));
    });
    this.wake();
  }

  /** How many projects wait to be evaluated. */
  get queued(): EvaluationQueue['sizes'] {
    return this.queue.sizes;
  }

  /** Resolves when every queued project was evaluated, or failed. */
  async whenIdle(): Promise<void> {
    if (this.isAtWork || !this.isDone) await new Promise<void>((resolve) => this.idle.add(resolve));
  }

  /** Finishes the evaluations under way; the next start does the rest. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.inputs.unsubscribe();
    this.clear();
    await this.whenIdle();
    this.index.close();
  }

  private tick(): void {
    // After a crash the evaluations since the last tick are repeated, and record nothing new.
    this.onIndex((index) => index.flush());
    this.look();
  }

  /** Looks for the projects that changed while this replica did not follow. */
  private lookAtAll(): void {
    const { views, leadership } = this.options;
    this.lives.forgetAll();
    if (this.isClosed || !leadership.isLeader()) return;
    this.onIndex((index) => {
      this.missed = projectsChanged(views, index);
    });
    this.look();
  }

  /** Queues one page more of the projects that changed; false once all are queued. */
  private queueMissed(): boolean {
    const { missed } = this;
    this.onIndex(() => {
      const page = missed?.next();
      if (page?.done === false) this.queue.addDue(page.value);
      else this.missed = undefined;
    });
    return this.missed !== undefined;
  }

  /** True when no project waits but those that failed. */
  private get isDone(): boolean {
    return !this.missed && this.queue.isDone;
  }

  /** Drops everything but the evaluations under way. */
  private clear(): void {
    this.missed = undefined;
    this.queue.clear();
  }

  private hear(events: readonly AnyRecordedEvent[]): void {
    for (const event of events) {
      if (isOfProject(event)) {
        this.lastEntry = event.position;
        this.queue.addUrgent(projectOf(event.stream), event.id);
      } else if (isOfAlerts(event) && this.lives.follow(event) && !isNotice(event))
        this.queue.addUrgent(projectOfAlerts(event), event.id);
    }
    this.wake();
  }

  private wake(): void {
    if (this.isAtWork) return;
    this.isAtWork = true;
    void this.work();
  }

  private async work(): Promise<void> {
    const { world, restsInBursts = false } = this.options;
    const nowMs = () => Date.parse(world.now());
    const began = nowMs();
    let last = { began, lastEntry: this.lastEntry, isPutOff: false };
    // The other subscribers of the views get the page first.
    await Promise.resolve();
    for (let count = 1; ; count++) {
      if (this.isClosed || !this.options.leadership.isLeader()) this.clear();
      const queued = this.queue.next();
      if (queued) void this.evaluate(queued);
      else if (this.queue.isFull || !this.queueMissed()) break;
      const mostMs = last.isPutOff ? burst.sliceMs : slice.ms;
      const isLong = count % slice.checks === 0 && nowMs() - last.began >= mostMs;
      if (count % slice.evaluations !== 0 && !isLong) continue;
      const isBurst = restsInBursts && this.lastEntry > last.lastEntry && this.queue.waiting > burst.projects;
      const isPutOff = isBurst && nowMs() - began < burst.mostMs;
      const { lastEntry } = this;
      await this.rest(isPutOff ? burst.restMs : 0);
      last = { began: nowMs(), lastEntry, isPutOff };
    }
    this.isAtWork = false;
    if (this.isDone) this.finish();
  }

  private finish(): void {
    const { views, leadership } = this.options;
    this.onIndex((index) => {
      if (leadership.isLeader() && !this.queue.hasFailed && !this.isClosed) index.followTo(views.position);
    });
    // Nothing fails any more: the next failure is reported again.
    if (!this.queue.hasFailed) this.told.clear();
    for (const resolve of this.idle) resolve();
    this.idle.clear();
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => void this.options.world.after(ms, resolve));
  }

  private async evaluate(queued: QueuedProject): Promise<void> {
    try {
      const evaluated = await this.evaluator.evaluate(queued, this.rules);
      if (evaluated) this.onIndex((index) => index.note(evaluated));
    } catch (error) {
      this.queue.fail(queued);
      this.tell(error, `The alerts of project ${queued.project}`);
    }
    this.queue.done(queued.project);
    this.wake();
  }

  /** Its name changes with the rules, with the days of their calendar, and with the lexicon. */
  private rulesInForce(): RulesInForce & { name: string } {
    const { governed, world } = this.options;
    const rules = governed.rules();
    const calendar = governed.calendar(rules.calendar) ?? everyDay;
    const { lexicon, entry } = governed.lexicon();
    const words = entry === null ? '' : ` ${lexicon.version}`;
    const name = idOf(world, `${rules.version} ${JSON.stringify(calendar)}${words}`);
    return { rules, rulesEntry: governed.rulesEntry(), adopted: governed.present(), calendar, name };
  }

  /** An index that cannot be read or written is replaced by one in memory, and every project is evaluated again. */
  private onIndex(work: (index: DueIndex) => void): void {
    try {
      work(this.index);
    } catch (error) {
      if (this.isClosed) return;
      this.tell(error, 'What is due');
      this.index.close();
      this.index = DueIndex.open(':memory:', this.options.storeName);
      this.lookAtAll();
    }
  }

  private tell(error: unknown, what: string): void {
    const isExpected = error instanceof StoreError || error instanceof Refused;
    const { message } = error as Error;
    const kind = isExpected ? error.reason : message;
    if (this.told.has(kind)) return;
    this.told.add(kind);
    const sentence = `${what} cannot be evaluated now (${message}); it is tried again.`;
    this.options.onFailure?.(new Error(sentence, { cause: error }));
  }
}

function isNotice({ type }: AnyRecordedEvent): boolean {
  return type === 'NoticeSent' || type === 'NoticeFailed';
}
