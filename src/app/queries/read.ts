import type { AlertEvent } from '../../../domain/alerts/events.js';
import { alertsStreamOf } from '../../../domain/alerts/events.js';
import type { FactTable } from '../../../domain/project/facts/fact.js';
import { type Day, defaultTimeZone } from '../../../domain/values/days/calendar.js';
import { type AlertLine, alertLines } from '../../../projections/alerts/journal-lines.js';
import { changesInSteps } from '../../../projections/changes/changes.js';
import { seriesInSteps } from '../../../projections/changes/series.js';
import { registerOf } from '../../../projections/contradictions/contradictions.js';
import { explainable, explainInSteps } from '../../../projections/explanation/explain.js';
import { explainableTotals, explainTotal } from '../../../projections/explanation/portfolio.js';
import { between } from '../../../projections/portfolio/between.js';
import { grownByEntry, mayGrow } from '../../../projections/portfolio/grown-by-entry.js';
import type { GroupBy } from '../../../projections/portfolio/portfolio.js';
import { itemNamesOf, type JournalEntry, journalInSteps } from '../../../projections/project/journal.js';
import { containsText } from '../../../projections/project/journal-search.js';
import {
  emptyProjectState,
  type ProjectRow,
  type ProjectState,
} from '../../../projections/project/project.js';
import { timeZoneOf } from '../alerts/evaluation.js';
import { RulesAt } from '../governance/rules-at.js';
import { LongWork } from '../long-work.js';
import { PortfolioRows } from '../portfolio/portfolio-rows.js';
import { weeksUpTo } from '../portfolio/weekly-lights.js';
import type { ExplanationAsked, ProjectFilter, Topout } from '../topout.js';
import { oneTurn, type Pace, type Turns } from '../turns.js';
import { isOfTheEvent, type Parked } from '../views/parked.js';
import type { Views } from '../views/views.js';
import type { Moment, MomentAsked, Page, PageOf } from './asked.js';
import { BetweenMoments } from './between-moments.js';
import { figureUnknown } from './figure-unknown.js';
import { figuresParked } from './figures-parked.js';
import { type LogAsked, pageOfLog } from './log-page.js';
import { requireKnown } from './missing-project.js';
import { badCursor, isOf, placeOf, registerPage, shownWithProject } from './register-page.js';
import { type Folded, States } from './states.js';

type Reads = Pick<
  Topout,
  | 'project'
  | 'projects'
  | 'contradictions'
  | 'journal'
  | 'log'
  | 'series'
  | 'changes'
  | 'portfolio'
  | 'weeklyLights'
  | 'explanation'
  | 'totalExplanation'
  | 'totalChanges'
>;

/** The sources of answers; without the optional ones the views are enough. */
export interface ReadOn {
  states: States;
  rules: RulesAt;
  lines: PortfolioRows;
  turns: Turns;
  /** The pace of long answers. */
  long: LongWork;
  /** The facts that entries may have. */
  facts: FactTable;
}

/** A page of a journal. */
type JournalPage = Parameters<Topout['journal']>[2];

/** Without it nothing else runs beside. */
const inOneGo = { elapsedMs: () => 0, nextTurn: (call: () => void) => call() };

/** Project ids read together. */
const batch = 500;

/** The read side: answers from the views for any point of the two clocks. */
export class Read implements Reads {
  private readonly states: States;
  private readonly rules: RulesAt;
  private readonly lines: PortfolioRows;
  private readonly turns: Turns;
  private readonly long: LongWork;

  constructor(
    private readonly views: Views,
    private readonly todayIn: (timeZone?: string) => Day,
    private readonly on: Partial<ReadOn> = {},
  ) {
    this.turns = on.turns ?? oneTurn;
    this.rules = on.rules ?? new RulesAt(views);
    this.states = on.states ?? new States(views, this.turns, this.rules);
    this.lines = on.lines ?? PortfolioRows.open(views, this.rules);
    this.long = on.long ?? new LongWork(inOneGo);
  }

  /** The business day of a project: in the given time zone, else in its own as known now. */
  async todayOf(project: string, timeZone?: string): Promise<Day> {
    const folded =
      timeZone === undefined && this.views.isMade
        ? await this.states.inTurns(project, this.views.position)
        : undefined;
    return this.todayIn(timeZone ?? (folded ? timeZoneOf(folded.state) : defaultTimeZone));
  }

  project(project: string, asked: MomentAsked): ReturnType<Reads['project']> {
    return this.unlessParked(project, () => this.figuresOf(project, asked));
  }

  private async figuresOf(project: string, asked: MomentAsked): ReturnType<Reads['project']> {
    const moment = await this.moment(asked, project);
    const folded = await this.known(project, moment);
    const { revision } = folded;
    const rules = this.rules.at(moment.knownAt.position);
    const { figures, alerts, found } = await this.states.shown(folded, rules, moment.asOf);
    const contradictions = registerPage(found, moment, { from: 0, limit: shownWithProject });
    const { version: lexiconVersion } = this.rules.lexiconAt(moment.knownAt.position);
    const completion = { ...figures.completion, lexiconVersion };
    const parked = this.views.parked.filter((one) => one.project === project);
    const missing = parked.length > 0 ? { parked } : {};
    return { ...moment, revision, ...figures, completion, contradictions, alerts, ...missing };
  }

  contradictions(project: string, asked: MomentAsked, page: Page): ReturnType<Reads['contradictions']> {
    return this.unlessParked(project, () => this.contradictionsOf(project, asked, page));
  }

  private async contradictionsOf(
    project: string,
    asked: MomentAsked,
    page: Page,
  ): ReturnType<Reads['contradictions']> {
    const { from, moment: first } = placeOf(page);
    const moment = await this.moment({ ...first, ...asked }, project);
    if (first && !isOf(first, moment)) throw badCursor();
    const { state } = await this.known(project, moment);
    const found = await this.turns.through(registerOf(state.contradictions, moment.asOf));
    return { ...moment, ...registerPage(found, moment, { from, limit: page.limit }) };
  }

  async projects(asked: MomentAsked, filter: ProjectFilter, page: Page): ReturnType<Reads['projects']> {
    const moment = await this.moment(asked);
    const cursor = cursorOf('projects', page);
    const isReached = await this.reached(asked);
    const isChosen = Object.values(filter).some((wanted) => wanted !== undefined);
    if (isChosen) await this.lines.caughtUp(moment.knownAt.position);
    return this.long.run(asked.leaving, async (pace) => {
      const items: ProjectRow[] = [];
      const parked: Parked[] = [];
      const answer = () => ({ ...moment, items, ...(parked.length > 0 ? { parked } : {}) });
      for await (const row of this.rows(moment, isChosen ? filter : undefined, cursor, pace, isReached)) {
        if ('since' in row) parked.push(row);
        else if (items.length === page.limit)
          return { ...answer(), next: asCursor('projects', items.at(-1)?.project ?? '') };
        else items.push(row);
      }
      return answer();
    });
  }

  /** The rows of projects known at a moment that match, ordered by id, after a given id; or that one is parked. */
  private async *rows(
    moment: Moment,
    filter: ProjectFilter | undefined,
    after: string,
    pace: Pace,
    isReached: (project: string) => boolean,
  ): AsyncGenerator<ProjectRow | Parked, undefined> {
    const rules = this.rules.at(moment.knownAt.position);
    for await (const ids of this.chosen(moment, filter, after, isReached)) {
      for (const id of ids) {
        if (pace.isOver) await pace.rest();
        const row = await this.states
          .rowAt(id, moment, rules)
          .catch((error: unknown) => this.parkedBy(error, id));
        if (row) yield row;
      }
    }
  }

  /** Ids of projects known at a moment that match, in order, after a given id. */
  private async *chosen(
    moment: Moment,
    filter: ProjectFilter | undefined,
    after: string,
    isReached: (project: string) => boolean,
  ): AsyncGenerator<readonly string[], undefined> {
    for (let last = after; ; ) {
      const ids = this.views.projects(last, moment.knownAt.position, batch);
      const known = ids.filter(isReached);
      yield filter ? await this.lines.chosen(known, moment, filter) : known;
      if (ids.length < batch) return;
      last = ids.at(-1) ?? last;
    }
  }

  journal(project: string, asked: MomentAsked, page: JournalPage): ReturnType<Reads['journal']> {
    return this.unlessParked(project, () => this.journalOf(project, asked, page));
  }

  private async journalOf(
    project: string,
    asked: MomentAsked,
    page: JournalPage,
  ): ReturnType<Reads['journal']> {
    const moment = await this.moment(asked, project);
    return this.long.run(asked.leaving, async () => {
      const folded = await this.known(project, moment, 'history');
      const { state } = folded;
      const { entries } = await this.turns.through(journalInSteps(state.journal, moment.asOf, this.on.facts));
      const lines = page.withAlerts ? withAlerts(entries, this.alertLines(project, state, moment)) : entries;
      const { contains } = page;
      const found = contains === undefined ? lines : lines.filter((line) => containsText(line, contains));
      const ordered = page.newestFirst ? found.toReversed() : found;
      const { items, ...next } = pageOfEntries(ordered, page);
      return { ...moment, items: await this.withGrown(items, folded, moment), ...next };
    });
  }

  /** Lines of a journal with the totals that grew by them. */
  private async withGrown<Line extends JournalEntry | AlertLine>(
    lines: readonly Line[],
    folded: Folded,
    { asOf }: Moment,
  ): Promise<Line[]> {
    if (!lines.some(mayGrow)) return [...lines];
    const grown = await this.turns.through(
      this.states.onDays(folded, asOf, (days) => grownByEntry(folded.state, asOf, days)),
    );
    return lines.map((line) => (grown.has(line.id) ? { ...line, grown: grown.get(line.id) } : line));
  }

  async log(asked: LogAsked): ReturnType<Reads['log']> {
    return pageOfLog(this.views, asked, await this.reached(asked));
  }

  series(project: string, asked: MomentAsked & { from?: Day }): ReturnType<Reads['series']> {
    return this.unlessParked(project, () => this.seriesOf(project, asked));
  }

  private async seriesOf(project: string, asked: MomentAsked & { from?: Day }): ReturnType<Reads['series']> {
    const moment = await this.moment(asked, project);
    return this.long.run(asked.leaving, async () => {
      const { state } = await this.known(project, moment);
      const items = await this.turns.through(seriesInSteps(state, { from: asked.from, to: moment.asOf }));
      return { project, ...moment, items };
    });
  }

  changes(project: string, from: MomentAsked, to: MomentAsked): ReturnType<Reads['changes']> {
    return this.unlessParked(project, () => this.changesOf(project, from, to));
  }

  private async changesOf(project: string, from: MomentAsked, to: MomentAsked): ReturnType<Reads['changes']> {
    const [before, after] = await this.moments(from, to, project);
    return this.long.run(to.leaving, async () => {
      const { state } = await this.known(project, after);
      const folded = await this.states.inTurns(project, before.knownAt.position);
      const knownBefore = { ...this.readAt(before), state: folded?.state ?? emptyProjectState() };
      const knownAfter = { ...this.readAt(after), state };
      const changed = await this.turns.through(changesInSteps(knownBefore, knownAfter));
      return { project, from: before, to: after, ...changed };
    });
  }

  explanation(project: string, figure: string, asked: ExplanationAsked): ReturnType<Reads['explanation']> {
    return this.unlessParked(project, () => this.explanationOf(project, figure, asked));
  }

  private async explanationOf(
    project: string,
    figure: string,
    asked: ExplanationAsked,
  ): ReturnType<Reads['explanation']> {
    const moment = await this.moment(asked, project);
    const { position } = moment.knownAt;
    const upTo = asked.until === undefined ? {} : { knownAt: { position: asked.until } };
    const until = Math.max(position, await this.views.knownAt(upTo));
    return this.long.run(asked.leaving, async () => {
      const { state } = await this.known(project, moment);
      const latest = until === position ? undefined : await this.states.inTurns(project, until);
      const explained = {
        state,
        asOf: moment.asOf,
        lexiconVersion: this.rules.lexiconAt(position).version,
        rules: this.rules.at(position),
        ...(latest ? { latest: latest.state } : {}),
      };
      const found = await this.turns.through(explainInSteps(explained, figure));
      if (!found) throw figureUnknown(figure, explainable(explained));
      return { project, ...moment, until, ...found };
    });
  }

  /** By what a project is read at a moment. */
  private readAt({ asOf, knownAt: { position } }: Moment) {
    const lexicon = this.rules.lexiconAt(position).version;
    return { asOf, law: { lexicon, rules: this.rules.at(position) } };
  }

  async portfolio(
    asked: MomentAsked,
    groupBy: GroupBy | undefined,
    filter: ProjectFilter,
  ): ReturnType<Reads['portfolio']> {
    const moment = await this.moment(asked);
    // A request waiting for rows takes no slot from others.
    await this.lines.caughtUp(moment.knownAt.position);
    const isReached = await this.reached(asked);
    return this.long.run(asked.leaving, async () => {
      const totals = await this.lines.portfolio(moment, groupBy, filter, isReached);
      const parked = this.lines.parked.filter(({ project }) => isReached(project));
      return { ...moment, ...totals, ...(parked.length > 0 ? { parked } : {}) };
    });
  }

  async weeklyLights(
    asked: MomentAsked & { weeks: number; since?: Day },
    filter: ProjectFilter,
  ): ReturnType<Reads['weeklyLights']> {
    const moment = await this.moment(asked);
    const days = weeksUpTo(moment.asOf, asked.weeks);
    await this.lines.caughtUp(moment.knownAt.position);
    const isReached = await this.reached(asked);
    return this.long.run(asked.leaving, async () => ({
      ...moment,
      ...(await this.lines.weeklyLights(moment, days, { filter, isReached, since: asked.since })),
    }));
  }

  async totalExplanation(
    figure: string,
    asked: MomentAsked,
    filter: ProjectFilter,
  ): ReturnType<Reads['totalExplanation']> {
    const moment = await this.moment(asked);
    await this.lines.caughtUp(moment.knownAt.position);
    const isReached = await this.reached(asked);
    const isChosen = Object.values(filter).some((wanted) => wanted !== undefined);
    return this.long.run(asked.leaving, async (pace) => {
      const rows: ProjectRow[] = [];
      const parked: Parked[] = [];
      for await (const row of this.rows(moment, isChosen ? filter : undefined, '', pace, isReached))
        if ('since' in row) parked.push(row);
        else rows.push(row);
      const found = explainTotal(rows, figure);
      if (!found) throw figureUnknown(figure, explainableTotals(rows));
      return { ...moment, ...found, ...(parked.length > 0 ? { parked } : {}) };
    });
  }

  async totalChanges(
    from: MomentAsked,
    to: MomentAsked,
    filter: ProjectFilter,
  ): ReturnType<Reads['totalChanges']> {
    const [before, after] = await this.moments(from, to);
    await this.lines.caughtUp(Math.max(before.knownAt.position, after.knownAt.position));
    const isReached = await this.reached(to);
    const isChosen = Object.values(filter).some((wanted) => wanted !== undefined);
    return this.long.run(to.leaving, async (pace) => {
      const idsAt = async (moment: Moment) => {
        const ids: string[] = [];
        const batches = this.chosen(moment, isChosen ? filter : undefined, '', isReached);
        for await (const some of batches) ids.push(...some);
        return ids;
      };
      const compared = new BetweenMoments(
        {
          states: this.states,
          rules: this.rules,
          turns: this.turns,
          facts: this.on.facts,
          parkedBy: (error, id) => this.parkedBy(error, id),
        },
        [before, after],
        [await idsAt(before), await idsAt(after)],
      );
      const { projects, parked } = await compared.projects(pace);
      const law = ({ knownAt: { position } }: Moment) => ({
        rules: this.rules.at(position).version,
        lexicon: this.rules.lexiconAt(position).version,
      });
      return {
        from: { ...before, versions: law(before) },
        to: { ...after, versions: law(after) },
        ...between(projects),
        ...(parked.length > 0 ? { parked } : {}),
      };
    });
  }

  /** Runs a query about one project; where one of its entries cannot be computed with, the refusal names that entry. */
  private async unlessParked<Answer>(project: string, answer: () => Promise<Answer>): Promise<Answer> {
    try {
      return await answer();
    } catch (error) {
      throw figuresParked(await this.parkedBy(error, project));
    }
  }

  /** The project as parked by an error of its entries. @throws any other error */
  private async parkedBy(error: unknown, project: string): Promise<Parked> {
    if (!isOfTheEvent(error)) throw error;
    const found = await this.lines.parkedOf(project, this.views.position);
    // Rows can be computed, so it is a bug of the other figures.
    if (!found) throw error;
    return found;
  }

  /** Whether the caller may know of a project. */
  private async reached({ within }: Pick<MomentAsked, 'within'>): Promise<(project: string) => boolean> {
    return within ? this.lines.reached(within) : () => true;
  }

  private alertLines(project: string, state: ProjectState, { asOf, knownAt }: Moment): AlertLine[] {
    const events = this.views.stream(alertsStreamOf(project), knownAt.position) as AlertEvent[];
    return alertLines(project, events, asOf, itemNamesOf(state.journal));
  }

  /** @param project whose own day is the default; without it, the installation's */
  private async moment(asked: MomentAsked, project?: string): Promise<Moment> {
    const position = await this.views.knownAt(asked);
    const today = async () => (project === undefined ? this.todayIn() : this.todayOf(project));
    return { asOf: asked.asOf ?? (await today()), knownAt: { position } };
  }

  /**
   * Two moments to compare, A and B. Without a day a moment is about the business day. Without a `knownAt` B is known
   * as at present, and A as B is; the present is fixed for both, whatever is recorded meanwhile.
   */
  private async moments(a: MomentAsked, b: MomentAsked, project?: string): Promise<[Moment, Moment]> {
    const after = await this.moment(b, project);
    return [await this.moment({ ...a, knownAt: a.knownAt ?? after.knownAt }, project), after];
  }

  private async known(
    project: string,
    moment: Moment,
    what?: 'figures' | 'history',
  ): Promise<NonNullable<ReturnType<States['at']>>> {
    const folded = await this.states.inTurns(project, moment.knownAt.position);
    return requireKnown(project, folded, moment, what);
  }
}

/** Entries and alert events between them, in log order. */
function withAlerts(
  entries: readonly JournalEntry[],
  lines: readonly AlertLine[],
): (JournalEntry | AlertLine)[] {
  return [...entries, ...lines].sort((a, b) => a.position - b.position);
}

/** A page of entries after the one in the cursor. */
function pageOfEntries<Line extends { id: string }>(entries: readonly Line[], page: Page): PageOf<Line> {
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
