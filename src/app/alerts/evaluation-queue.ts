/** Evaluations at the same time, in all and of projects that are only due; their appends share a commit. */
const most = { all: 64, due: 32 };

/** A project to evaluate, with the entry that is the reason, if one is. */
export interface QueuedProject {
  project: string;
  cause: string | undefined;
}

/** Projects to evaluate: those with new entries before those that are due, each once and never twice at the same time. */
export class EvaluationQueue {
  private readonly urgent = new Map<string, string | undefined>();
  private readonly due = new Map<string, string | undefined>();
  private readonly failed = new Map<string, string | undefined>();
  private readonly underWay = new Set<string>();

  /** True when no project waits but those that failed. */
  get isDone(): boolean {
    return this.urgent.size + this.due.size + this.underWay.size === 0;
  }

  /** How many projects with new entries wait. */
  get waiting(): number {
    return this.urgent.size;
  }

  /** How many projects wait, and how many failed. */
  get sizes(): { urgent: number; due: number; failed: number } {
    return { urgent: this.urgent.size, due: this.due.size, failed: this.failed.size };
  }

  /** True while no further project that is only due may begin. */
  get isFull(): boolean {
    return this.underWay.size >= most.due;
  }

  get hasFailed(): boolean {
    return this.failed.size > 0;
  }

  addUrgent(project: string, cause?: string): void {
    this.urgent.set(project, cause);
    this.due.delete(project);
    this.failed.delete(project);
  }

  addDue(projects: Iterable<string>): void {
    for (const project of projects) if (!this.urgent.has(project)) this.due.set(project, undefined);
  }

  /** Queues the projects again that failed. */
  retryFailed(): void {
    for (const [project, cause] of this.failed) this.urgent.set(project, cause);
    this.failed.clear();
  }

  /** The next project, now under way; undefined if none waits or enough are under way. */
  next(): QueuedProject | undefined {
    return this.nextOf(this.urgent, most.all) ?? this.nextOf(this.due, most.due);
  }

  done(project: string): void {
    this.underWay.delete(project);
  }

  /** Remembers the project for `retryFailed`. */
  fail({ project, cause }: QueuedProject): void {
    if (!this.urgent.has(project)) this.failed.set(project, cause);
  }

  /** Drops everything but the projects under way. */
  clear(): void {
    for (const waiting of [this.urgent, this.due, this.failed]) waiting.clear();
  }

  private nextOf(waiting: Map<string, string | undefined>, limit: number): QueuedProject | undefined {
    if (this.underWay.size >= limit) return undefined;
    for (const [project, cause] of waiting) {
      if (this.underWay.has(project)) continue;
      waiting.delete(project);
      this.underWay.add(project);
      return { project, cause };
    }
    return undefined;
  }
}
