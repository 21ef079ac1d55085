/** Judgements under way at once, of all and of those that nobody waits for; appends of one moment share a commit. */
const atOnce = { all: 64, unhurried: 32 };

/** A project whose turn has come, with the entry that is the reason, if one is. */
export interface QueuedProject {
  project: string;
  cause: string | undefined;
}

/** Projects to be judged: those with something new before those whose day has come, each once and never twice at a time. */
export class EvaluationQueue {
  private readonly urgent = new Map<string, string | undefined>();
  private readonly unhurried = new Map<string, string | undefined>();
  private readonly failed = new Map<string, string | undefined>();
  private readonly underWay = new Set<string>();

  /** True when nothing is left but what failed. */
  get isDone(): boolean {
    return this.urgent.size + this.unhurried.size + this.underWay.size === 0;
  }

  /** How many wait for their turn because something new was said of them. */
  get waiting(): number {
    return this.urgent.size;
  }

  /** True while no further one may begin that nobody waits for. */
  get isFull(): boolean {
    return this.underWay.size >= atOnce.unhurried;
  }

  get hasFailed(): boolean {
    return this.failed.size > 0;
  }

  callAtOnce(project: string, cause?: string): void {
    this.urgent.set(project, cause);
    this.unhurried.delete(project);
    this.failed.delete(project);
  }

  callInTime(projects: Iterable<string>): void {
    for (const project of projects) if (!this.urgent.has(project)) this.unhurried.set(project, undefined);
  }

  /** Calls those again that failed. */
  callFailed(): void {
    for (const [project, cause] of this.failed) this.urgent.set(project, cause);
    this.failed.clear();
  }

  /** The next one, now under way; undefined when there is none or enough are. */
  next(): QueuedProject | undefined {
    return this.nextOf(this.urgent, atOnce.all) ?? this.nextOf(this.unhurried, atOnce.unhurried);
  }

  done(project: string): void {
    this.underWay.delete(project);
  }

  /** It is kept, and called again by `callFailed`. */
  fail({ project, cause }: QueuedProject): void {
    if (!this.urgent.has(project)) this.failed.set(project, cause);
  }

  /** Forgets all but what is under way. */
  clear(): void {
    for (const calls of [this.urgent, this.unhurried, this.failed]) calls.clear();
  }

  private nextOf(calls: Map<string, string | undefined>, most: number): QueuedProject | undefined {
    if (this.underWay.size >= most) return undefined;
    for (const [project, cause] of calls) {
      if (this.underWay.has(project)) continue;
      calls.delete(project);
      this.underWay.add(project);
      return { project, cause };
    }
    return undefined;
  }
}
