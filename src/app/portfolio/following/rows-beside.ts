import type { RulesAt } from '../../governance/rules-at.js';
import type { Views } from '../../views/views.js';
import { TranslatedTerms } from '../table/terms.js';
import type { Backlog } from './backlog.js';
import type { FirstRowsOfSome, ProjectRead, RowsAsked } from './first-rows.js';
import type { FollowedRows } from './followed-rows.js';
import { storedProjects } from './stored-projects.js';

/** A thread that computes first rows. */
export interface RowThread {
  /** The rows of some projects; rejects once the thread has failed. */
  rowsOf(projects: readonly ProjectRead[]): Promise<FirstRowsOfSome>;
  /** Ends it, whatever it does. */
  end(): void;
}

/** Threads for the first rows of many projects. */
export interface RowThreads {
  /** In a log of fewer events they cost more than they save. */
  fewestEvents: number;
  /** Starts those of one rebuild. */
  start(asked: RowsAsked): RowThread[];
}

/** A thread with what it has numbered, and how many requests it has not answered. */
interface Busy {
  thread: RowThread;
  terms: TranslatedTerms;
  unanswered: number;
}

interface Answer {
  busy: Busy;
  asked: readonly ProjectRead[];
  /** Undefined where the thread failed. */
  rows: FirstRowsOfSome | undefined;
}

/** Requests to a thread that has not answered yet: so that it need not wait for the next one. */
const mostUnanswered = 2;

/**
 * Has the first rows of projects computed by other threads, in parts.
 *
 * This thread reads the store and adds the results to the table; so the store keeps its only connection
 * (docs/decisions/0116).
 */
export class RowsBeside {
  private readonly answers: Answer[] = [];
  private wake: () => void = () => undefined;

  constructor(
    private readonly on: { rows: FollowedRows; views: Views; rules: RulesAt; backlog: Backlog },
    private readonly threads: RowThreads,
  ) {}

  /**
   * Computes the rows of projects without any; those that could not be read or computed stay in the backlog. After each
   * step it yields whether the rows are still those that it began with.
   */
  async *follow(projects: readonly string[]): AsyncGenerator<boolean, undefined> {
    const { rows, views, rules, backlog } = this.on;
    const { storedLog: log, position: upTo } = views;
    if (!log) return;
    const { limits, table } = rows;
    const started = this.threads.start({ adoptions: rules.between(0, upTo), upTo, limits });
    let busy = started.map((thread) => ({ thread, terms: new TranslatedTerms(rows.terms), unanswered: 0 }));
    const begun = new Map<string, { isCurrent(): boolean }>();
    try {
      for (const some of storedProjects(log, projects, upTo)) {
        for (const { project } of some) {
          // So that rules which are adopted meanwhile reach it.
          rows.added(project);
          begun.set(project, backlog.begin(project));
        }
        const idlest = busy.toSorted((one, other) => one.unanswered - other.unanswered)[0];
        if (!idlest) return;
        if (some.length > 0) this.ask(idlest, some);
        yield rows.table === table;
        while (busy.length > 0 && busy.every(({ unanswered }) => unanswered >= mostUnanswered)) {
          busy = await this.takeAnswers(busy, begun);
          yield rows.table === table;
        }
      }
      while (busy.some(({ unanswered }) => unanswered > 0)) {
        busy = await this.takeAnswers(busy, begun);
        yield rows.table === table;
      }
    } finally {
      for (const thread of started) thread.end();
      for (const [project, { isCurrent }] of begun) if (isCurrent()) backlog.leave(project);
    }
  }

  private ask(busy: Busy, asked: readonly ProjectRead[]): void {
    busy.unanswered += 1;
    const answer = (rows: FirstRowsOfSome | undefined) => {
      this.answers.push({ busy, asked, rows });
      this.wake();
    };
    busy.thread.rowsOf(asked).then(answer, () => answer(undefined));
  }

  /** Waits for an answer, and adds all that came; returns the threads that have not failed. */
  private async takeAnswers(
    busy: readonly Busy[],
    begun: Map<string, { isCurrent(): boolean }>,
  ): Promise<Busy[]> {
    const { rows, backlog } = this.on;
    if (this.answers.length === 0) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    const failed = new Set<Busy>();
    for (const { busy: one, asked, rows: found } of this.answers.splice(0)) {
      one.unanswered -= 1;
      if (!found) failed.add(one);
      one.terms.add(found?.terms ?? noTerms);
      const isCurrent = (project: string) => begun.get(project)?.isCurrent() === true;
      for (const first of found?.rows ?? []) {
        const { project } = first.followed;
        if (!isCurrent(project)) continue;
        rows.addFirst(first, one.terms);
        backlog.done(project);
      }
      for (const { project } of asked) {
        // Not computed: it stays, and is followed in this thread.
        if (isCurrent(project)) backlog.leave(project);
        begun.delete(project);
      }
    }
    return busy.filter((one) => !failed.has(one));
  }
}

const noTerms = { places: [], stages: [], money: [], annualKinds: [], annual: [] };
