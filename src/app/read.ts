import { changes } from '../../projections/changes.js';
import type { JournalEntry } from '../../projections/journal.js';
import { type GroupBy, portfolio } from '../../projections/portfolio.js';
import {
  emptyProjectState,
  existsOn,
  journalAt,
  type ProjectRow,
  projectAt,
} from '../../projections/project.js';
import { projectSeries } from '../../projections/series.js';
import type { Day } from '../domain/calendar.js';
import type { Moment, MomentAsked, Page, PageOf } from './asked.js';
import { Refused } from './refusals.js';
import { States } from './states.js';
import type { ProjectFilter, Topout } from './topout.js';
import type { Views } from './views.js';

type Reads = Pick<Topout, 'project' | 'projects' | 'journal' | 'series' | 'changes' | 'portfolio'>;

/** Projects read from the directory at a time. */
const batch = 500;

/** The read side: answers from the views for any point of the two clocks. */
export class Read implements Reads {
  private readonly states: States;

  constructor(
    private readonly views: Views,
    private readonly today: () => Day,
  ) {
    this.states = new States(views);
  }

  async project(project: string, asked: MomentAsked): ReturnType<Reads['project']> {
    const moment = await this.moment(asked);
    const { state, revision } = this.known(project, moment);
    return { ...moment, revision, ...projectAt(state, moment.asOf) };
  }

  async projects(asked: MomentAsked, filter: ProjectFilter, page: Page): ReturnType<Reads['projects']> {
    const moment = await this.moment(asked);
    const items: ProjectRow[] = [];
    for (const row of this.rows(moment, filter, cursorOf('projects', page))) {
      if (items.length === page.limit)
        return { ...moment, items, next: asCursor('projects', items.at(-1)?.project ?? '') };
      items.push(row);
    }
    return { ...moment, items };
  }

  async journal(
    project: string,
    asked: MomentAsked,
    page: Page & { newestFirst: boolean },
  ): ReturnType<Reads['journal']> {
    const moment = await this.moment(asked);
    const { entries } = journalAt(this.known(project, moment).state, moment.asOf);
    const ordered = page.newestFirst ? entries.toReversed() : entries;
    return { ...moment, ...pageOfEntries(ordered, page) };
  }

  async series(project: string, asked: MomentAsked & { from?: Day }): ReturnType<Reads['series']> {
    const moment = await this.moment(asked);
    const { state } = this.known(project, moment);
    return { project, ...moment, items: projectSeries(state, { from: asked.from, to: moment.asOf }) };
  }

  async changes(project: string, from: MomentAsked, to: MomentAsked): ReturnType<Reads['changes']> {
    const before = await this.moment(from);
    const after = await this.moment(to);
    const knownAfter = { state: this.known(project, after).state, asOf: after.asOf };
    const knownBefore = {
      state: this.states.at(project, before.knownAt.position)?.state ?? emptyProjectState(),
      asOf: before.asOf,
    };
    return { project, from: before, to: after, ...changes(knownBefore, knownAfter) };
  }

  async portfolio(
    asked: MomentAsked,
    groupBy: GroupBy | undefined,
    filter: ProjectFilter,
  ): ReturnType<Reads['portfolio']> {
    const moment = await this.moment(asked);
    return { ...moment, ...portfolio([...this.rows(moment, filter, '')], groupBy) };
  }

  private *rows(moment: Moment, filter: ProjectFilter, after: string): Generator<ProjectRow> {
    let last = after;
    for (;;) {
      const ids = this.views.projects(last, moment.knownAt.position, batch);
      for (const id of ids) {
        const row = this.states.rowAt(id, moment);
        if (row && matches(row, filter)) yield row;
      }
      if (ids.length < batch) return;
      last = ids.at(-1) ?? last;
    }
  }

  private async moment(asked: MomentAsked): Promise<Moment> {
    if (asked.after !== undefined) await this.views.waitFor(asked.after);
    const head = this.views.position;
    const { knownAt } = asked;
    let position = head;
    if (knownAt && 'position' in knownAt) position = Math.min(head, knownAt.position);
    if (knownAt && 'instant' in knownAt) position = this.views.positionOf(knownAt.instant);
    return { asOf: asked.asOf ?? this.today(), knownAt: { position } };
  }

  private known(project: string, moment: Moment): NonNullable<ReturnType<States['at']>> {
    const folded = this.states.at(project, moment.knownAt.position);
    if (folded && existsOn(folded.state, moment.asOf)) return folded;
    const seen = folded
      ? `${project}, of which nothing is said for ${moment.asOf} or before`
      : `${project}, which nobody had registered by position ${moment.knownAt.position}`;
    throw new Refused('project-not-found', {
      member: 'project',
      seen,
      expected: 'a project known at that moment',
    });
  }
}

function matches(row: ProjectRow, filter: ProjectFilter): boolean {
  return Object.entries(filter).every(
    ([name, wanted]) => wanted === undefined || row[name as keyof ProjectFilter] === wanted,
  );
}

/** A page of entries behind the one that the cursor names. */
function pageOfEntries(entries: readonly JournalEntry[], page: Page): PageOf<JournalEntry> {
  const after = cursorOf('journal', page);
  const start = after === '' ? 0 : entries.findIndex((entry) => entry.id === after) + 1;
  if (after !== '' && start === 0) throw badCursor();
  const items = entries.slice(start, start + page.limit);
  const isLast = start + page.limit >= entries.length;
  return isLast ? { items } : { items, next: asCursor('journal', items.at(-1)?.id ?? '') };
}

type List = 'projects' | 'journal';

function asCursor(list: List, key: string): string {
  return Buffer.from(`${list}:${key}`).toString('base64url');
}

function cursorOf(list: List, page: Page): string {
  if (page.cursor === undefined) return '';
  const [of, key] = Buffer.from(page.cursor, 'base64url').toString().split(':');
  if (of !== list || key === undefined || !/^[a-z0-9-]{1,64}$/.test(key)) throw badCursor();
  return key;
}

function badCursor(): Refused {
  return new Refused('cursor-invalid', {
    member: 'cursor',
    seen: 'a cursor that is not of this list',
    expected: 'the "next" of the page before',
  });
}
