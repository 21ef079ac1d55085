import type { Day } from '../../../domain/values/days/calendar.js';
import { explainableTotals, explainTotal } from '../../../projections/explanation/portfolio.js';
import { between } from '../../../projections/portfolio/between.js';
import type { GroupBy } from '../../../projections/portfolio/portfolio.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import { weeksUpTo } from '../portfolio/weekly-lights.js';
import type { ProjectFilter, Topout } from '../topout.js';
import type { Pace } from '../turns.js';
import type { Parked } from '../views/parked.js';
import type { Moment, MomentAsked, Page } from './asked.js';
import type { Asking } from './asking.js';
import { BetweenMoments } from './between-moments.js';
import { asCursor, cursorOf } from './cursors.js';
import { figureUnknown } from './figure-unknown.js';
import { type LogAsked, pageOfLog } from './log-page.js';

type Reads = Pick<
  Topout,
  'projects' | 'log' | 'portfolio' | 'weeklyLights' | 'totalExplanation' | 'totalChanges'
>;

/** Project ids read together. */
const batch = 500;

/** The read side of what is asked about all projects that the asker may know of. */
export class ReadDistrict implements Reads {
  constructor(private readonly asking: Asking) {}

  async projects(asked: MomentAsked, filter: ProjectFilter, page: Page): ReturnType<Reads['projects']> {
    const moment = await this.asking.moment(asked);
    const cursor = cursorOf('projects', page);
    const isReached = await this.asking.reached(asked);
    const isChosen = Object.values(filter).some((wanted) => wanted !== undefined);
    if (isChosen) await this.asking.lines.caughtUp(moment.knownAt.position);
    return this.asking.long.run(asked.leaving, async (pace) => {
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
    const rules = this.asking.rules.at(moment.knownAt.position);
    for await (const ids of this.chosen(moment, filter, after, isReached)) {
      for (const id of ids) {
        if (pace.isOver) await pace.rest();
        const row = await this.asking.states
          .rowAt(id, moment, rules)
          .catch((error: unknown) => this.asking.parkedBy(error, id));
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
      const ids = this.asking.views.projects(last, moment.knownAt.position, batch);
      const known = ids.filter(isReached);
      yield filter ? await this.asking.lines.chosen(known, moment, filter) : known;
      if (ids.length < batch) return;
      last = ids.at(-1) ?? last;
    }
  }

  async log(asked: LogAsked): ReturnType<Reads['log']> {
    return pageOfLog(this.asking.views, asked, await this.asking.reached(asked));
  }

  async portfolio(
    asked: MomentAsked,
    groupBy: GroupBy | undefined,
    filter: ProjectFilter,
  ): ReturnType<Reads['portfolio']> {
    const moment = await this.asking.moment(asked);
    // A request waiting for rows takes no slot from others.
    await this.asking.lines.caughtUp(moment.knownAt.position);
    const isReached = await this.asking.reached(asked);
    return this.asking.long.run(asked.leaving, async () => {
      const totals = await this.asking.lines.portfolio(moment, groupBy, filter, isReached);
      const parked = this.asking.lines.parked.filter(({ project }) => isReached(project));
      return { ...moment, ...totals, ...(parked.length > 0 ? { parked } : {}) };
    });
  }

  async weeklyLights(
    asked: MomentAsked & { weeks: number; since?: Day },
    filter: ProjectFilter,
  ): ReturnType<Reads['weeklyLights']> {
    const moment = await this.asking.moment(asked);
    const days = weeksUpTo(moment.asOf, asked.weeks);
    await this.asking.lines.caughtUp(moment.knownAt.position);
    const isReached = await this.asking.reached(asked);
    return this.asking.long.run(asked.leaving, async () => ({
      ...moment,
      ...(await this.asking.lines.weeklyLights(moment, days, { filter, isReached, since: asked.since })),
    }));
  }

  async totalExplanation(
    figure: string,
    asked: MomentAsked,
    filter: ProjectFilter,
  ): ReturnType<Reads['totalExplanation']> {
    const moment = await this.asking.moment(asked);
    await this.asking.lines.caughtUp(moment.knownAt.position);
    const isReached = await this.asking.reached(asked);
    const isChosen = Object.values(filter).some((wanted) => wanted !== undefined);
    return this.asking.long.run(asked.leaving, async (pace) => {
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
    const [before, after] = await this.asking.moments(from, to);
    await this.asking.lines.caughtUp(Math.max(before.knownAt.position, after.knownAt.position));
    const isReached = await this.asking.reached(to);
    const isChosen = Object.values(filter).some((wanted) => wanted !== undefined);
    return this.asking.long.run(to.leaving, async (pace) => {
      const idsAt = async (moment: Moment) => {
        const ids: string[] = [];
        const batches = this.chosen(moment, isChosen ? filter : undefined, '', isReached);
        for await (const some of batches) ids.push(...some);
        return ids;
      };
      const compared = new BetweenMoments(
        {
          states: this.asking.states,
          rules: this.asking.rules,
          turns: this.asking.turns,
          facts: this.asking.facts,
          parkedBy: (error, id) => this.asking.parkedBy(error, id),
        },
        [before, after],
        [await idsAt(before), await idsAt(after)],
      );
      const { projects, parked } = await compared.projects(pace);
      const law = ({ knownAt: { position } }: Moment) => ({
        rules: this.asking.rules.at(position).version,
        lexicon: this.asking.rules.lexiconAt(position).version,
      });
      return {
        from: { ...before, versions: law(before) },
        to: { ...after, versions: law(after) },
        ...between(projects),
        ...(parked.length > 0 ? { parked } : {}),
      };
    });
  }
}
