import { alertsStreamOf } from '../../../domain/alerts/events.js';
import type { Day } from '../../../domain/values/calendar.js';
import type { AlertLife } from '../../../projections/alerts/life/life.js';
import { EventIdReused, RevisionConflict } from '../../event-store/errors.js';
import type { EventStore, NewEvent } from '../../event-store/event-store.js';
import { inGeneration } from '../in-generation.js';
import type { World } from '../ports.js';
import type { States } from '../queries/states.js';
import { oneTurn, type Turns } from '../turns.js';
import type { Views } from '../views/views.js';
import type { AlertLives } from './alert-lives.js';
import { adoptDefaultRules } from './default-rules.js';
import type { LastEvaluation } from './due-index.js';
import { type Evaluation, evaluate, latestDayOf, type RulesInForce, timeZoneOf } from './evaluation.js';
import type { QueuedProject } from './evaluation-queue.js';
import type { Leadership } from './leadership.js';

/** From this UUID those of alerts and of their events follow; it is the same in every installation. */
const namespace = '5f0c1a52-3c1e-5d0b-9a51-7f2b8a4d6e10';

/** The UUID that always follows from a name. */
export const idOf = (world: World, name: string): string => world.derivedId(namespace, name);

/** What a judgement is made and recorded with. */
export interface EvaluatorPorts {
  store: EventStore;
  views: Views;
  states: Pick<States, 'inTurns'>;
  world: World;
  /** How work on a project of which much was said is cut. */
  turns?: Turns;
  lives: AlertLives;
  /** The business day in a time zone, the real one or the one that is set. */
  todayIn(timeZone: string | undefined): Day;
  leadership: Leadership;
}

/** Judges one project at a time and records what follows at the exact revision. */
export class Evaluator {
  private adopting: Promise<void> | undefined;

  constructor(private readonly bench: EvaluatorPorts) {}

  /**
   * Judges a project by a law and records what follows; `others-wrote` when it is to be judged anew on what others have
   * written meanwhile, undefined when there is nothing to judge or no right to.
   *
   * @throws StoreError
   */
  async evaluate(
    { project, cause }: QueuedProject,
    law: RulesInForce & { name: string },
  ): Promise<LastEvaluation | 'others-wrote' | undefined> {
    const { views, states, todayIn, lives, turns = oneTurn } = this.bench;
    const upTo = views.position;
    const state = (await states.inTurns(project, upTo))?.state;
    if (!state) return undefined;
    const timeZone = timeZoneOf(state);
    const today = todayIn(timeZone);
    const latest = latestDayOf(state);
    const on = today > latest ? today : latest;
    const life = lives.of(project);
    const judgement = await turns.through(
      evaluate(
        {
          project,
          state,
          life,
          on,
          entries: () => views.entriesInSteps(project, upTo),
          idOf: (name) => this.idOf(name),
        },
        law,
      ),
    );
    const after = await this.recorded(judgement, life, { on, cause, law });
    if (after === undefined || after === 'others-wrote') return after;
    return { project, timeZone, upTo, on: today, by: law.name, nextOn: judgement.nextOn(after) };
  }

  /** The life after the events of a judgement are in the log. */
  private async recorded(
    { steps }: Evaluation,
    life: AlertLife,
    at: { on: Day; cause: string | undefined; law: RulesInForce },
  ): Promise<AlertLife | 'others-wrote' | undefined> {
    if (steps.length === 0) return life;
    const { store, leadership: turn, lives } = this.bench;
    const events = this.eventsOf(steps, life, at);
    try {
      if (!at.law.rulesEntry && steps.some(({ type }) => type === 'AlertRaised')) await this.adopt(at.on);
      if (!turn.isLeader()) return undefined;
      const expected = life.revision < 0 ? 'no-stream' : life.revision;
      const appended = await store.append(alertsStreamOf(life.project), events, expected);
      return lives.after(life, appended.events);
    } catch (error) {
      lives.forget(life.project);
      if (error instanceof RevisionConflict || error instanceof EventIdReused) return 'others-wrote';
      throw error;
    }
  }

  /** Ids follow from the alert and the revision, so that who says the same says it with the same ids. */
  private eventsOf(
    steps: Evaluation['steps'],
    { project, revision }: AlertLife,
    { on, cause }: { on: Day; cause: string | undefined },
  ): NewEvent[] {
    const { world, store } = this.bench;
    const first = revision + 1;
    const entry = {
      asOf: on,
      precision: 'day',
      source: { kind: 'system' },
      correlationId: this.idOf(`${project}/${first}`),
      ...(cause === undefined ? {} : { causationId: cause }),
    } as const;
    return steps.map((step, index) => {
      const alert = 'alert' in step.data ? step.data.alert : namespace;
      const id = world.derivedId(alert, inGeneration(store, `${step.type}/${first + index}`));
      return { ...step, id, by: 'topout', entry } as NewEvent;
    });
  }

  private idOf(name: string): string {
    return idOf(this.bench.world, inGeneration(this.bench.store, name));
  }

  /** Nothing is raised by rules that are nowhere in the log. */
  private async adopt(on: Day): Promise<void> {
    const { store } = this.bench;
    this.adopting ??= adoptDefaultRules(store, this.idOf('default rules'), on);
    await this.adopting.catch((error: unknown) => {
      this.adopting = undefined;
      throw error;
    });
  }
}
