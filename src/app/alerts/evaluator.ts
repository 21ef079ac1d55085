import type { AlertLife } from '../../../domain/alerts/alert.js';
import { alertsStreamOf } from '../../../domain/alerts/events.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { EventStore, NewEvent } from '../../event-store/event-store.js';
import { type Answer, transact } from '../commands/transact.js';
import { inGeneration } from '../in-generation.js';
import type { World } from '../ports.js';
import type { Folded, States } from '../queries/states.js';
import { oneTurn, type Turns } from '../turns.js';
import type { Views } from '../views/views.js';
import type { AlertLives } from './alert-lives.js';
import { adoptDefaultRules } from './default-rules.js';
import type { LastEvaluation } from './due-index.js';
import {
  type Evaluation,
  evaluate,
  type InBoth,
  latestDayOf,
  ownNames,
  type RulesInForce,
  timeZoneOf,
} from './evaluation.js';
import type { QueuedProject } from './evaluation-queue.js';
import type { Leadership } from './leadership.js';

/** The namespace UUID for ids of alerts and their events; the same in every installation. */
const namespace = '5f0c1a52-3c1e-5d0b-9a51-7f2b8a4d6e10';

/** A UUID derived from a name. */
export const idOf = (world: World, name: string): string => world.derivedId(namespace, name);

/** The ports of an evaluation. */
export interface EvaluatorPorts {
  store: EventStore;
  views: Views;
  states: Pick<States, 'inTurns' | 'entriesOf' | 'onDays'>;
  world: World;
  /** Splits work on a long project. */
  turns?: Turns;
  lives: AlertLives;
  /** The business day in a time zone, real or configured. */
  todayIn(timeZone: string | undefined): Day;
  leadership: Leadership;
  /** A name of a district or sector with what other projects call the same; its own names when absent. */
  inBoth?: InBoth;
}

/** An evaluation, the day that it is for, and what the due index notes once its steps are recorded. */
interface Evaluated {
  steps: Evaluation['steps'];
  on: Day;
  note(after: AlertLife): LastEvaluation;
}

/** Evaluates one project at a time and records what follows. */
export class Evaluator {
  private adopting: Promise<void> | undefined;

  constructor(private readonly ports: EvaluatorPorts) {}

  /**
   * Evaluates a project by the rules in force and records what follows; undefined when there is nothing to evaluate or this
   * replica is not the leader.
   *
   * @throws StoreError
   * @throws Refused `write-contended`, `view-behind`
   */
  async evaluate(
    { project, cause }: QueuedProject,
    rules: RulesInForce & { name: string },
  ): Promise<LastEvaluation | undefined> {
    const { views, store, states, lives, leadership } = this.ports;
    let evaluated: Evaluated | undefined;
    try {
      const written = await transact(this.ports, {
        stream: alertsStreamOf(project),
        load: async (conflict) => {
          if (conflict) {
            lives.forget(project);
            await views.waitFor(await store.head());
          }
          const upTo = views.position;
          const folded = await states.inTurns(project, upTo);
          const life = lives.of(project);
          return { folded, upTo, life, revision: life.revision };
        },
        decide: async ({ folded, upTo, life }): Promise<Answer<AlertLife | undefined>> => {
          evaluated = folded && (await this.evaluated(folded, life, upTo, rules));
          if (!evaluated || evaluated.steps.length === 0) return { alreadySaid: life };
          const isRaised = evaluated.steps.some(({ type }) => type === 'AlertRaised');
          if (isRaised && !rules.rulesEntry) await this.adopt(evaluated.on);
          if (!leadership.isLeader()) return { alreadySaid: undefined };
          return { append: this.eventsOf(evaluated.steps, life, evaluated.on, cause) };
        },
      });
      const life =
        'appended' in written
          ? lives.after(written.loaded.life, written.appended.events)
          : written.alreadySaid;
      return life && evaluated?.note(life);
    } catch (error) {
      lives.forget(project);
      throw error;
    }
  }

  private async evaluated(
    folded: Folded,
    life: AlertLife,
    upTo: number,
    rules: RulesInForce & { name: string },
  ): Promise<Evaluated> {
    const { states, todayIn, turns = oneTurn, inBoth = ownNames } = this.ports;
    const { project } = life;
    const { state } = folded;
    const timeZone = timeZoneOf(state);
    const today = todayIn(timeZone);
    const latest = latestDayOf(state);
    const on = today > latest ? today : latest;
    const entries = (readAt = upTo) => states.entriesOf(project, upTo, readAt);
    const idOf = (name: string) => this.idOf(name);
    const { steps, nextOn } = await turns.through(
      states.onDays(folded, on, (days) =>
        evaluate({ project, state, days, life, on, entries, idOf, inBoth }, rules),
      ),
    );
    const note = (after: AlertLife) => ({
      project,
      timeZone,
      upTo,
      on: today,
      by: rules.name,
      nextOn: nextOn(after),
    });
    return { steps, on, note };
  }

  /** Ids are derived from the alert and the revision, so that equal evaluations produce equal ids. */
  private eventsOf(
    steps: Evaluation['steps'],
    { project, revision }: AlertLife,
    on: Day,
    cause: string | undefined,
  ): NewEvent[] {
    const { world, store } = this.ports;
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
    return idOf(this.ports.world, inGeneration(this.ports.store, name));
  }

  /** No alert is raised by rules that are not in the log. */
  private async adopt(on: Day): Promise<void> {
    this.adopting ??= adoptDefaultRules(this.ports, this.idOf('default rules'), on);
    await this.adopting.catch((error: unknown) => {
      this.adopting = undefined;
      throw error;
    });
  }
}
