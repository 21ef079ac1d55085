import { schemas } from '../../domain/log/any-event.js';
import type { Command, FactCommand } from '../../domain/project/commands.js';
import {
  type EntryMetadata,
  type Plan,
  type Precision,
  type ProjectDetails,
  type ProjectEvent,
  type RecordedEvent,
  type Source,
  streamOf,
} from '../../domain/project/events.js';
import { explainsContradiction, type RegisteredContradiction } from '../../domain/project/explained.js';
import { causeWords, type StallCause } from '../../domain/project/facts/stall-declared.js';
import { decide, emptyProject, type Project, replay, type Said } from '../../domain/project/project.js';
import { addDays, type Day, type Instant, latestDayOnEarth } from '../../domain/values/days/calendar.js';
import { CommandRejected } from '../../domain/values/rejections.js';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import { type Dice, diceOf, uuidOf } from './dice.js';
import { fold } from './folds.js';
import { newEvents } from './new-events.js';
import { type MeasuredItem, randomFact } from './random-fact.js';
import { randomPlan, revisedPlan } from './random-plan.js';

const stallCauses = Object.keys(causeWords) as [StallCause, ...StallCause[]];

/** The earliest time of recording in random histories. */
export const epoch: Instant = '2018-01-01T00:00:00.000Z';

/** A command as sent; entries withdrawn later are named by the `id` sent here. */
export interface SentCommand {
  project: string;
  /** Of the first event of the command. */
  id: string;
  by: string;
  at: Instant;
  latestDay: Day;
  command: Command;
}

/** One project's history: the sent commands in order, and the recorded events. */
export interface History {
  project: string;
  /** Includes repeated commands, which record nothing. */
  commands: SentCommand[];
  events: RecordedEvent[];
}

export interface HistoryOptions {
  /** `random-SEED` by default. */
  project?: string;
  /** The first event comes after this position; default 0. */
  afterPosition?: number;
  /** The id of the second event of a command whose first one has the given id. */
  secondId?: (id: string) => string;
  /** True for histories in which contradictions are explained; to decide on these, the register is needed. */
  explains?: boolean;
}

/** A history of a minimum number of recorded entries, the same for the same seed. */
export function randomHistory(seed: number, options: HistoryOptions & { entries: number }): History {
  const dice = diceOf(seed);
  const writer = new Writer({ project: `random-${seed}`, ...options });
  while (writer.history.events.length < options.entries) writer.write(dice.int(0, 0xffffffff));
  return writer.history;
}

/** A number of commands to one project, each valid after those before it. */
export function randomCommands(seed: number, count: number, options: HistoryOptions = {}): SentCommand[] {
  const dice = diceOf(seed);
  const writer = new Writer({ project: `random-${seed}`, ...options });
  while (writer.history.commands.length < count) writer.write(dice.int(0, 0xffffffff));
  return writer.history.commands.slice(0, count);
}

/** The history for a list of seeds, one command per seed after the registration; leaving one out keeps the rest valid. */
export function historyOf(commandSeeds: readonly number[], options: HistoryOptions = {}): History {
  const writer = new Writer({ project: 'random-0', ...options });
  for (const seed of commandSeeds) writer.write(seed);
  return writer.history;
}

/** Generates random facts about one project and keeps what the domain records. */
class Writer {
  readonly history: History;
  private project: Project = emptyProject;
  private plan: Plan | undefined;
  private nowMs = Date.parse(epoch);
  private position: number;

  constructor(private readonly options: HistoryOptions & { project: string }) {
    this.history = { project: options.project, commands: [], events: [] };
    this.position = options.afterPosition ?? 0;
    this.send(diceOf(0), { type: 'RegisterProject', entry: this.entry(diceOf(0)), data: registration });
  }

  write(seed: number): void {
    const dice = diceOf(seed);
    // Several entries in one millisecond, hours apart, and silences of weeks.
    if (dice.chance(80))
      this.nowMs += dice.chance(10) ? dice.int(20, 60) * 86_400_000 : dice.int(1, 72 * 3_600_000);
    const earlier = this.history.commands.at(-dice.int(1, 5));
    this.send(dice, earlier && dice.chance(8) ? earlier.command : this.command(dice));
  }

  private send(dice: Dice, command: Command): void {
    const { project, commands, events } = this.history;
    const id = uuidOf(`${project} ${commands.length}`);
    const at = new Date(this.nowMs).toISOString();
    const by = dice.pick(['inspector-li', 'inspector-wang', 'statistics-office']);
    let decided: ProjectEvent[];
    try {
      decided = newEvents(
        decide(command, this.project, latestDayOnEarth(at), false, undefined, this.registered(command)),
      );
    } catch (error) {
      // A repeated command may have become invalid: the stall it clears was withdrawn.
      if (error instanceof CommandRejected) return;
      throw error;
    }
    commands.push({ project, id, by, at, latestDay: latestDayOnEarth(at), command });
    for (const [index, event] of decided.entries()) {
      this.position += dice.chance(70) ? 1 : dice.int(2, 9);
      const recorded: RecordedEvent = {
        ...event,
        id: index === 0 ? id : (this.options.secondId ?? ((first) => uuidOf(`${first} second`)))(id),
        stream: streamOf(project),
        revision: events.length,
        position: this.position,
        schema: schemas[event.type],
        recordedAt: at,
        by,
      };
      events.push(recorded);
      this.project = replay(this.project, [recorded]);
      if (recorded.type === 'PlanAdopted') this.plan = recorded.data;
    }
  }

  private command(dice: Dice): Command {
    const entry = this.entry(dice);
    const kind = dice.int(1, 100);
    if (kind <= 4 || (!this.plan && dice.chance(40))) {
      const isRevision = this.plan !== undefined && dice.chance(70);
      const plan =
        isRevision && this.plan ? revisedPlan(dice, this.plan, entry.asOf) : randomPlan(dice, entry.asOf);
      const { items, plannedInvestment, annualPlans, basis } = plan;
      return {
        type: 'AdoptPlan',
        entry,
        data: {
          items,
          basis,
          ...(plannedInvestment ? { plannedInvestment } : {}),
          ...(annualPlans ? { annualPlans } : {}),
        },
      };
    }
    if (kind <= 7) return { type: 'DescribeProject', entry, data: dice.pick(descriptions) };
    const withdrawable = this.withdrawable();
    const [first, ...rest] = withdrawable;
    if (kind <= 16 && first) {
      const target = dice.chance(60) ? (withdrawable.at(-1) ?? first) : dice.pick([first, ...rest]);
      return {
        type: 'WithdrawEntry',
        entry,
        data: { entry: target.id, reason: dice.pick(['misread', 'wrong project', '数据有误']) },
        ...(dice.chance(50) ? { replacement: this.correction(dice, target) } : {}),
      };
    }
    const open = this.options.explains && kind === 17 ? this.contradictionsOn(entry.asOf) : [];
    const [one, ...others] = open;
    if (one)
      return {
        type: 'ExplainContradiction',
        entry,
        data: { contradiction: dice.pick([one, ...others]), reason: dice.pick(['an advance', '预付款退回']) },
      };
    return this.fact(dice, entry);
  }

  /** The ids of contradictions that no entry has settled. */
  private contradictionsOn(day: Day): string[] {
    const { open, explained } = contradictions.view(fold(contradictions, this.history.events), day);
    return [...open, ...explained].map(({ id }) => id);
  }

  /** What the register has of the contradiction that a command explains. */
  private registered(command: Command): RegisteredContradiction | undefined {
    if (!explainsContradiction(command)) return undefined;
    const { open, explained, settled } = contradictions.view(
      fold(contradictions, this.history.events),
      command.entry.asOf,
    );
    return [...open, ...explained, ...settled].find(({ id }) => id === command.data.contradiction);
  }

  /** Mostly for the same day; for a stall mostly the same one with another cause, for a measure often the same item. */
  private correction(dice: Dice, target: Said): FactCommand {
    const said = this.entry(dice);
    const entry = dice.chance(75) ? { ...said, asOf: target.entry.asOf } : said;
    if (target.type === 'StallDeclared' && dice.chance(80))
      return { type: 'StallDeclared', entry, data: { ...target.data, cause: dice.pick(stallCauses) } };
    if (target.type === 'StallCleared' && dice.chance(80))
      return { type: 'StallCleared', entry, data: target.data };
    const fact = this.fact(dice, entry);
    if (target.type === 'ProgressMeasured' && fact.type === 'ProgressMeasured' && dice.chance(50))
      return { ...fact, data: { ...target.data, measure: fact.data.measure } };
    return fact;
  }

  private fact(dice: Dice, entry: EntryMetadata): FactCommand {
    return randomFact(dice, entry, this.item(dice), this.declaredStalls());
  }

  /** Ascending days, late by up to two months, and often an earlier reported day. */
  private entry(dice: Dice): EntryMetadata {
    const latest = latestDayOnEarth(new Date(this.nowMs).toISOString());
    const earlier = this.history.commands.at(-dice.int(1, 6))?.command.entry.asOf;
    const inOrder = dice.chance(60) ? latest : addDays(latest, -dice.int(1, 60));
    return {
      asOf: earlier !== undefined && dice.chance(30) ? earlier : inOrder,
      precision: dice.pick<Precision>(['day', 'day', 'month', 'period-end']),
      ...(dice.chance(15) ? { isInferred: true as const } : {}),
      source: dice.pick<Source>(sources),
      ...(dice.chance(10) ? { correlationId: uuidOf(`import ${dice.int(1, 5)}`) } : {}),
      ...(dice.chance(5) ? { causationId: uuidOf(`cause ${dice.int(1, 5)}`) } : {}),
    };
  }

  /** Mostly a planned item, sometimes an unplanned one. */
  private item(dice: Dice): MeasuredItem {
    const [first, ...rest] = this.plan?.items ?? [];
    if (first && dice.chance(85)) return dice.pick([first, ...rest]);
    return {
      id: dice.pick(['part-1', 'part-2-1', 'added-5', 'gatehouse', 'constructor']),
      measure: 'percent',
    };
  }

  private withdrawable(): Said[] {
    if (this.project.status === 'unregistered') return [];
    const entries = this.project.said;
    return [...entries].filter(
      ({ id, type }) =>
        !entries.withdrawalOf(id) && type !== 'ProjectRegistered' && type !== 'EntryWithdrawn',
    );
  }

  private declaredStalls(): string[] {
    return this.withdrawable().flatMap((said) => (said.type === 'StallDeclared' ? [said.data.stall] : []));
  }
}

const registration = {
  name: { en: 'Random works', zh: '随机工程' },
  owner: { en: 'Random Holdings' },
  district: { en: 'Example district', zh: '示例区' },
  sector: { en: 'chemical' },
};

const descriptions: readonly [Partial<ProjectDetails>, ...object[]] = [
  { phase: { en: 'II' } },
  { phase: { en: 'III' } },
  { owner: { en: 'New Holdings' }, sector: { en: 'vehicles' } },
  { name: { en: 'Renamed works', zh: '更名工程' } },
  { district: { en: 'Example district' } },
];

const sources: readonly [Source, ...Source[]] = [
  { kind: 'inspection' },
  { kind: 'inspection', note: '现场查看' },
  { kind: 'report', document: 'half-year-2018', paragraph: '7' },
  { kind: 'import', document: 'june.ndjson', line: 3 },
];
