import type { FactTable } from '../../../domain/project/facts/fact.js';
import { type Day, defaultTimeZone } from '../../../domain/values/days/calendar.js';
import { timeZoneOf } from '../alerts/evaluation.js';
import { RulesAt } from '../governance/rules-at.js';
import { LongWork } from '../long-work.js';
import { PortfolioRows } from '../portfolio/portfolio-rows.js';
import { oneTurn, type Turns, uncut } from '../turns.js';
import { isOfTheEvent, type Parked } from '../views/parked.js';
import type { Views } from '../views/views.js';
import type { Moment, MomentAsked } from './asked.js';
import { figuresParked } from './figures-parked.js';
import { requireKnown } from './missing-project.js';
import { States } from './states.js';

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

/** What every question is asked of: a moment of both clocks, what the asker may know of, and a project as known then. */
export class Asking {
  readonly states: States;
  readonly rules: RulesAt;
  readonly lines: PortfolioRows;
  readonly turns: Turns;
  readonly long: LongWork;
  readonly facts: FactTable | undefined;

  constructor(
    readonly views: Views,
    private readonly todayIn: (timeZone?: string) => Day,
    on: Partial<ReadOn> = {},
  ) {
    this.turns = on.turns ?? oneTurn;
    this.rules = on.rules ?? new RulesAt(views);
    this.states = on.states ?? new States(views, this.turns, this.rules);
    this.lines = on.lines ?? PortfolioRows.open(views, this.rules);
    this.long = on.long ?? new LongWork(uncut);
    this.facts = on.facts;
  }

  /** The business day of a project: in the given time zone, else in its own as known now. */
  async todayOf(project: string, timeZone?: string): Promise<Day> {
    const folded =
      timeZone === undefined && this.views.isMade
        ? await this.states.inTurns(project, this.views.position)
        : undefined;
    return this.todayIn(timeZone ?? (folded ? timeZoneOf(folded.state) : defaultTimeZone));
  }

  /** @param project whose own day is the default; without it, the installation's */
  async moment(asked: MomentAsked, project?: string): Promise<Moment> {
    const position = await this.views.knownAt(asked);
    const today = async () => (project === undefined ? this.todayIn() : this.todayOf(project));
    return { asOf: asked.asOf ?? (await today()), knownAt: { position } };
  }

  /**
   * Two moments to compare, A and B. Without a day a moment is about the business day. Without a `knownAt` B is known
   * as at present, and A as B is; the present is fixed for both, whatever is recorded meanwhile.
   */
  async moments(a: MomentAsked, b: MomentAsked, project?: string): Promise<[Moment, Moment]> {
    const after = await this.moment(b, project);
    return [await this.moment({ ...a, knownAt: a.knownAt ?? after.knownAt }, project), after];
  }

  async known(
    project: string,
    moment: Moment,
    what?: 'figures' | 'history',
  ): Promise<NonNullable<ReturnType<States['at']>>> {
    const folded = await this.states.inTurns(project, moment.knownAt.position);
    return requireKnown(project, folded, moment, what);
  }

  /** Runs a query about one project; where one of its entries cannot be computed with, the refusal names that entry. */
  async unlessParked<Answer>(project: string, answer: () => Promise<Answer>): Promise<Answer> {
    try {
      return await answer();
    } catch (error) {
      throw figuresParked(await this.parkedBy(error, project));
    }
  }

  /** The project as parked by an error of its entries. @throws any other error */
  async parkedBy(error: unknown, project: string): Promise<Parked> {
    if (!isOfTheEvent(error)) throw error;
    const found = await this.lines.parkedOf(project, this.views.position);
    // Rows can be computed, so it is a bug of the other figures.
    if (!found) throw error;
    return found;
  }

  /** Whether the caller may know of a project. */
  async reached({ within }: Pick<MomentAsked, 'within'>): Promise<(project: string) => boolean> {
    return within ? this.lines.reached(within) : () => true;
  }

  /** By what a project is read at a moment. */
  readAt({ asOf, knownAt: { position } }: Moment) {
    const lexicon = this.rules.lexiconAt(position).version;
    return { asOf, law: { lexicon, rules: this.rules.at(position) } };
  }
}
