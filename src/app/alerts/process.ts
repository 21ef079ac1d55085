import { filter, interval, merge, Subscription } from 'rxjs';
import { projectOfAlerts } from '../../../domain/alerts/events.js';
import { type AnyRecordedEvent, isOfAlerts, isOfProject } from '../../../domain/log/any-event.js';
import { projectOf } from '../../../domain/project/events.js';
import { StoreError } from '../../event-store/errors.js';
import type { Governed } from '../governance/governed.js';
import { Refused } from '../refusals.js';
import { schedulerOf } from '../scheduler.js';
import type { Views } from '../views/views.js';
import { AlertLives } from './alert-lives.js';
import { DueIndex } from './due-index.js';
import { everyDay, type RulesInForce } from './evaluation.js';
import { EvaluationQueue, type QueuedProject } from './evaluation-queue.js';
import { Evaluator, type EvaluatorPorts, idOf } from './evaluator.js';

/** How often it is looked whether the day of a project has come, in milliseconds: one timer for all, because long ones overflow. */
const tickMs = 30_000;
/** Judgements between two rests, in which requests are served: fewer when they take long, in milliseconds. */
const stretch = { judgements: 16, looks: 2, ms: 8 };
/**
 * While many are to be judged and entries go on coming in, so long a rest follows so long a stretch, and for so long at most, in
 * milliseconds: a burst of entries is answered first, a project of which much is said is judged once for much of it, and no
 * alert is late for it, because days are what alerts count in.
 */
const burst = { projects: 64, stretchMs: 4, restMs: 36, mostMs: 60_000 };
/** What was said of alerts is looked at so many at a time. */
const saidAtOnce = 1_000;
const saidOfAlertsSql = `SELECT position, project FROM alert_event WHERE position > ?
  GROUP BY position ORDER BY position LIMIT ?`;

/** What the process works with. */
export interface AlertProcessOptions extends Omit<EvaluatorPorts, 'lives'> {
  governed: Pick<Governed, 'rules' | 'rulesEntry' | 'calendar' | 'changes$'>;
  /** The file of the due index, or `:memory:`. */
  path: string;
  /** Names the log that the due index belongs to. */
  storeName: string;
  /** Others are served before many judgements while entries go on coming in, for a few seconds. */
  restsInBursts?: boolean;
  /** Told once of failures of one kind; what failed is tried again at the next tick. */
  onFailure?(error: Error): void;
}

/**
 * Sees to it that the alerts of every project follow what the rules say about it: when an entry of it was recorded, when
 * its next day has come, and when other rules were adopted.
 *
 * Nothing is said twice, however often a project is judged, by however many replicas.
 */
export class AlertProcess {
  private readonly queue = new EvaluationQueue();
  private readonly lives: AlertLives;
  private readonly evaluator: Evaluator;
  private readonly told = new Set<string>();
  private readonly idle = new Set<() => void>();
  /** Projects that may have moved on while this replica did not follow, and were not looked at yet. */
  private unseen: Generator<string[], undefined> | undefined;
  private index: DueIndex;
  private rules: RulesInForce & { name: string };
  private readonly inputs = new Subscription();
  private isAtWork = false;
  private isClosed = false;

  private constructor(private readonly options: AlertProcessOptions) {
    this.lives = new AlertLives(options.views);
    this.evaluator = new Evaluator({ ...options, lives: this.lives });
    this.index = DueIndex.open(options.path, options.storeName);
    this.rules = this.lawInForce();
  }

  /** Starts on views that have caught up, and judges what happened and what fell due since it was closed. */
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

  /** Judges, as at every tick, whose day has come and who was judged by other rules than those in force; asked for when a day is set. */
  look(): void {
    if (this.isClosed || !this.options.leadership.isLeader()) return;
    const law = this.lawInForce();
    this.rules = law;
    this.queue.callFailed();
    this.onIndex((index) => {
      this.queue.callInTime(index.dueNow((timeZone) => this.options.todayIn(timeZone)));
      this.queue.callInTime(index.notBy(law.name));
    });
    this.wake();
  }

  /** Resolves when everything that is due was judged, or failed. */
  async whenIdle(): Promise<void> {
    if (this.isAtWork || !this.isDone) await new Promise<void>((resolve) => this.idle.add(resolve));
  }

  /** Finishes what is under way; what is left is judged after the next start. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.inputs.unsubscribe();
    this.clear();
    await this.whenIdle();
    this.index.close();
  }

  private tick(): void {
    // What was judged since the last tick is judged again after a crash, and says nothing new.
    this.onIndex((index) => index.flush());
    this.look();
  }

  /** Looks for everything that happened while this replica did not follow. */
  private lookAtAll(): void {
    const { views, leadership: turn } = this.options;
    this.lives.forgetAll();
    if (this.isClosed || !turn.isLeader()) return;
    this.onIndex((index) => {
      this.unseen = movedOn(views, index);
    });
    this.look();
  }

  /** Calls some of those that have moved on; false when all were looked at. */
  private lookOn(): boolean {
    const { unseen } = this;
    this.onIndex(() => {
      const page = unseen?.next();
      if (page?.done === false) this.queue.callInTime(page.value);
      else this.unseen = undefined;
    });
    return this.unseen !== undefined;
  }

  /** True when nothing is left but what failed. */
  private get isDone(): boolean {
    return !this.unseen && this.queue.isDone;
  }

  /** Forgets all but what is under way. */
  private clear(): void {
    this.unseen = undefined;
    this.queue.clear();
  }

  private hear(events: readonly AnyRecordedEvent[]): void {
    for (const event of events) {
      if (isOfProject(event)) this.queue.callAtOnce(projectOf(event.stream), event.id);
      else if (isOfAlerts(event) && this.lives.follow(event) && !isNotice(event))
        this.queue.callAtOnce(projectOfAlerts(event), event.id);
    }
    this.wake();
  }

  private wake(): void {
    if (this.isAtWork) return;
    this.isAtWork = true;
    void this.work();
  }

  private async work(): Promise<void> {
    const { world, views, restsInBursts = false } = this.options;
    const nowMs = () => Date.parse(world.now());
    const began = nowMs();
    let last = { began, position: views.position, isPutOff: false };
    // Everybody else who follows the views has the page first.
    await Promise.resolve();
    for (let count = 1; ; count++) {
      if (this.isClosed || !this.options.leadership.isLeader()) this.clear();
      const call = this.queue.next();
      if (call) void this.answer(call);
      else if (this.queue.isFull || !this.lookOn()) break;
      const mostMs = last.isPutOff ? burst.stretchMs : stretch.ms;
      const isLong = count % stretch.looks === 0 && nowMs() - last.began >= mostMs;
      if (count % stretch.judgements !== 0 && !isLong) continue;
      const isBurst = restsInBursts && views.position > last.position && this.queue.waiting > burst.projects;
      const isPutOff = isBurst && nowMs() - began < burst.mostMs;
      const { position } = views;
      await this.rest(isPutOff ? burst.restMs : 0);
      last = { began: nowMs(), position, isPutOff };
    }
    this.isAtWork = false;
    if (this.isDone) this.finish();
  }

  private finish(): void {
    const { views, leadership: turn } = this.options;
    this.onIndex((index) => {
      if (turn.isLeader() && !this.queue.hasFailed && !this.isClosed) index.followTo(views.position);
    });
    // Nothing fails any more: the next failure is another one.
    if (!this.queue.hasFailed) this.told.clear();
    for (const resolve of this.idle) resolve();
    this.idle.clear();
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => void this.options.world.after(ms, resolve));
  }

  private async answer(call: QueuedProject): Promise<void> {
    try {
      const evaluated = await this.evaluator.evaluate(call, this.rules);
      if (evaluated) this.onIndex((index) => index.note(evaluated));
    } catch (error) {
      this.queue.fail(call);
      this.tell(error, `The alerts of project ${call.project}`);
    }
    this.queue.done(call.project);
    this.wake();
  }

  /** The name is another one when the rules or the days of their calendar are. */
  private lawInForce(): RulesInForce & { name: string } {
    const { governed, world } = this.options;
    const rules = governed.rules();
    const calendar = governed.calendar(rules.calendar) ?? everyDay;
    const name = idOf(world, `${rules.version} ${JSON.stringify(calendar)}`);
    return { rules, rulesEntry: governed.rulesEntry(), calendar, name };
  }

  /** An index that cannot be read or written gives way to one in memory, and everything is judged again. */
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
    const sentence = `${what} cannot be judged now (${message}); it is tried again.`;
    this.options.onFailure?.(new Error(sentence, { cause: error }));
  }
}

/** Projects of which something was said since the index was kept, or of their alerts: in pages, each of which takes a moment. */
function* movedOn(views: Views, index: DueIndex): Generator<string[], undefined> {
  const { followedTo } = index;
  for (const page of views.movedAfter(followedTo))
    yield page.flatMap(({ project, position }) => (index.evaluatedUpTo(project) < position ? [project] : []));
  for (let after = followedTo, isMore = true; isMore; ) {
    const rows = views.rows(saidOfAlertsSql, after, saidAtOnce);
    yield rows.map(({ project }) => String(project));
    after = Number(rows.at(-1)?.position ?? after);
    isMore = rows.length === saidAtOnce;
  }
}

function isNotice({ type }: AnyRecordedEvent): boolean {
  return type === 'NoticeSent' || type === 'NoticeFailed';
}
