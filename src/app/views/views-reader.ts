import { filter, firstValueFrom, type Observable, timeout } from 'rxjs';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import { projectOf, type RecordedEvent, streamOf } from '../../../domain/project/events.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import { finished, type Steps } from '../../../projections/facts/steps.js';
import type { EventStore, Journal, StoreJournal } from '../../event-store/event-store.js';
import type { World } from '../ports.js';
import type { MomentAsked } from '../queries/asked.js';
import { Refused } from '../refusals.js';
import { schedulerOf } from '../scheduler.js';
import type { Parked } from './parked.js';
import type { ViewsEnd, ViewsFile } from './views-file.js';

/** How long a read waits for one's own write, in milliseconds. */
const waitMs = 2_000;
/** Projects that are looked up in one query. */
const movedAtOnce = 200;

/** Queries of the views and of the log up to their position. */
export abstract class ViewsReader {
  protected constructor(
    protected readonly store: EventStore,
    protected readonly world: World,
    protected file: ViewsFile,
  ) {}

  /** Emits whenever the position may have changed. */
  protected abstract get moved$(): Observable<unknown>;

  get position(): number {
    return this.file.position;
  }

  /** The event that they end with; undefined while they are empty. */
  get endsWith(): ViewsEnd | undefined {
    return this.file.endsWith;
  }

  /** The log of an embedded store, to read its rows as they are stored. */
  get storedLog(): StoreJournal | undefined {
    return this.store.journal;
  }

  get projectCount(): number {
    return this.log.countOf(streamOf(''));
  }

  states(): ReturnType<ViewsFile['states']> {
    return this.file.states();
  }

  /** Projects of which a view lacks the latest events, because it could not take one. */
  get parked(): readonly Parked[] {
    return this.file.parked;
  }

  /** Rows of a view, selected in SQL; reads only. */
  rows(...query: Parameters<ViewsFile['rows']>): ReturnType<ViewsFile['rows']> {
    return this.file.rows(...query);
  }

  /** The entries of a project from a revision up to a position (inclusive), oldest first. */
  entries(project: string, position: number, fromRevision = 0): RecordedEvent[] {
    return this.stream(streamOf(project), position, fromRevision) as RecordedEvent[];
  }

  /** The events of a stream from a revision up to a position (inclusive), oldest first. */
  stream(stream: string, position: number, fromRevision = 0): AnyRecordedEvent[] {
    return finished(this.streamInSteps(stream, position, fromRevision));
  }

  /** The same, one page a step, because a project may have tens of thousands of entries. */
  *streamInSteps(stream: string, position: number, fromRevision = 0): Steps<AnyRecordedEvent[]> {
    const found: AnyRecordedEvent[] = [];
    for (;;) {
      const page = this.log.page(stream, position, fromRevision + found.length);
      if (page.length === 0) return found;
      for (const event of page) found.push(event);
      yield;
    }
  }

  /**
   * All entries of the first of some projects up to a position (inclusive), read together, which takes less time; those
   * that do not fit into a page are absent, and all of them where the store cannot.
   */
  wholeProjects(projects: readonly string[], position: number): Map<string, RecordedEvent[]> {
    const whole = this.store.journal?.whole(projects.map(streamOf), position) ?? [];
    return new Map([...whole].map(([stream, events]) => [projectOf(stream), events as RecordedEvent[]]));
  }

  /** The entries of a project from a revision up to a position (inclusive), oldest first, one page a step. */
  entriesInSteps(project: string, position: number, fromRevision = 0): Steps<RecordedEvent[]> {
    return this.streamInSteps(streamOf(project), position, fromRevision) as Steps<RecordedEvent[]>;
  }

  /** At most so many events of all streams after a position (exclusive) that the views hold, in log order. */
  after(position: number, limit: number): AnyRecordedEvent[] {
    const end = this.position;
    return this.log.after(position, limit).filter((event) => event.position <= end);
  }

  /** Ids of projects registered up to a position, in the order of their ids, after one of them. */
  projects(after: string, position: number, limit: number): string[] {
    return this.log.streams(streamOf(''), streamOf(after), position, limit).map(projectOf);
  }

  /** Projects with entries after a position, with the position of their last one, in pages, each from one query. */
  *movedAfter(position: number): Generator<{ project: string; position: number }[], undefined> {
    for (let after = streamOf(''); ; ) {
      const page = this.log.movedAfter(streamOf(''), position, after, movedAtOnce);
      if (page.length > 0)
        yield page.map((last) => ({ project: projectOf(last.stream), position: last.position }));
      if (page.length < movedAtOnce) return;
      after = page.at(-1)?.stream ?? after;
    }
  }

  /** The position of the last entry recorded up to an instant (inclusive); 0 if there was none. */
  positionOf(instant: Instant): number {
    // The log may be ahead of the views.
    return Math.min(this.position, this.log.positionAt(instant));
  }

  /**
   * The position that "known at" names: the present one by default. A position beyond the head counts as the head: the
   * answer names it, and asking for that position gives the same answer for good.
   *
   * @throws Refused `moment-ahead` for an instant that is still to come, `view-behind`
   */
  async knownAt({ knownAt, after }: Pick<MomentAsked, 'knownAt' | 'after'>): Promise<number> {
    if (after !== undefined) await this.waitForNamed(after);
    if (!knownAt) return this.position;
    if ('position' in knownAt) return Math.min(this.position, knownAt.position);
    const { instant } = knownAt;
    const position = this.positionOf(instant);
    const now = this.world.now();
    // Entries recorded before a clock was set back are known all the same.
    if (instant <= now || position < this.position || this.wasRecordedAt(instant)) return position;
    const fault = {
      member: 'knownAt',
      seen: instant,
      expected: { en: `an instant up to ${now}, or a position`, zh: `不晚于 ${now} 的时刻，或记录位置` },
    };
    throw new Refused('moment-ahead', fault);
  }

  /**
   * Resolves once the views hold a position.
   *
   * @throws Refused `view-behind` when they do not within 2 s
   */
  async waitFor(position: number): Promise<void> {
    if (this.position >= position) return;
    const late = timeout<unknown, never>({
      first: waitMs,
      scheduler: schedulerOf(this.world),
      with: () => {
        const fault = {
          member: 'after',
          seen: {
            en: `position ${position}, and the views hold ${this.position}`,
            zh: `位置 ${position}，视图现至 ${this.position}`,
          },
          expected: { en: 'a position that is in the log; try again', zh: '日志中已有的位置；请重试' },
        };
        throw new Refused('view-behind', fault, { position: this.position });
      },
    });
    await firstValueFrom(
      this.moved$.pipe(
        filter(() => this.position >= position),
        late,
      ),
    );
  }

  private wasRecordedAt(instant: Instant): boolean {
    return this.positionOf(new Date(Date.parse(instant) - 1).toISOString()) < this.position;
  }

  /**
   * Resolves once the views hold a position that a client names.
   *
   * @throws Refused `position-unknown` immediately where the log is known to end before it
   * @throws Refused `view-behind` as `waitFor` does
   */
  private async waitForNamed(position: number): Promise<void> {
    const { head } = this.store.status();
    // Only a store that answers by itself knows for certain where its log ends.
    if (this.store.journal && this.position < position && position > head)
      throw new Refused('position-unknown', {
        member: 'after',
        seen: {
          en: `position ${position}, and the log ends at ${head}`,
          zh: `位置 ${position}，日志止于 ${head}`,
        },
        expected: { en: 'a position that an answer has named', zh: '答复中给出的位置' },
      });
    await this.waitFor(position);
  }

  /** The log of a store that answers by itself, else the copy in the views. */
  private get log(): Journal {
    return this.store.journal ?? this.file.journal;
  }
}
