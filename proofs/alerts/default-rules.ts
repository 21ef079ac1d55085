import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { governanceStream } from '../../domain/governance/events.js';
import { type AdoptedRules, defaultRules } from '../../domain/governance/rules.js';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { RecordedEvent } from '../../domain/project/events.js';
import {
  addDays,
  type Day,
  dayIn,
  defaultTimeZone,
  latestDayOnEarth,
} from '../../domain/values/days/calendar.js';
import { isWorkday } from '../../domain/values/days/working-days.js';
import { identity } from '../../projections/facts/identity.js';
import {
  applyToProject,
  emptyProjectState,
  existsOn,
  type ProjectState,
} from '../../projections/project/project.js';
import { alwaysLeader } from '../../src/app/alerts/leadership.js';
import { AlertProcess } from '../../src/app/alerts/process.js';
import { calendars } from '../../src/app/governance/calendars.js';
import { Governed } from '../../src/app/governance/governed.js';
import { States } from '../../src/app/queries/states.js';
import { openViews } from '../../src/composition/view-list.js';
import type { EventStore, NewEvent } from '../../src/event-store/event-store.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { type Dice, diceOf, uuidOf } from '../../test/support/dice.js';
import { eventsOf } from '../../test/support/event-store-ports.js';
import { randomHistory } from '../../test/support/histories.js';
import { InjectedClock } from '../../test/support/injected-clock.js';
import { type NaiveDue, naiveDue } from '../../test/support/naive-due.js';
import { keyOf, type NaiveLaw, NaiveLife, type Said } from '../../test/support/naive-life.js';
import { randomRules } from '../../test/support/random-rules.js';

const firstDay = '2017-12-31';
const dayMs = 86_400_000;
const tickMs = 30_000;

/** The result: no alert may be missed, doubled or false. */
export interface Compared {
  /** The kinds of rules that the model raised an alert by. */
  rules: number;
  /** The model's alert events: raised, escalated, silenced or not, reminded, ended. */
  said: number;
  missed: number;
  doubled: number;
  false: number;
  firstFault?: string;
}

/**
 * Runs projects with random plans, facts and corrections under all twelve rules, a ladder, two exemptions and the Chinese
 * calendar, and compares every alert with a model that evaluates every day from scratch.
 *
 * @param isBroken every tenth project is not evaluated
 */
export async function liveByDefaultRules(options: {
  seed: number;
  projects: number;
  days: number;
  isBroken: boolean;
}): Promise<Compared> {
  const { seed, projects, days, isBroken } = options;
  const dice = diceOf(seed);
  const rules = rulesOf(dice);
  const china = calendars().calendar('china');
  if (!china) throw new Error('The Chinese calendar is missing.');
  const law: NaiveLaw = { rules, isWorked: (day) => isWorkday(day, china) };
  const last = addDays(firstDay, days);
  const lived = Array.from(
    { length: projects },
    (_, index) => new Lived(randomHistory(seed + index, { entries: dice.int(3, 16) }).events, law, last),
  );
  const folder = mkdtempSync(join(tmpdir(), 'topout-rules-'));
  const clock = new InjectedClock(`${firstDay}T01:00:00.000Z`);
  const world = clock.world();
  const store = openSqliteStore(':memory:', {
    ...world,
    nextTurn: (call) => void setImmediate(call),
  });
  const views = await openViews({ store, world, storeName: 'rules', path: join(folder, 'views.db') });
  const states = new States(views);
  const isForgotten = (project: string) => isBroken && project.endsWith('0');
  const today = () => dayIn(defaultTimeZone, clock.now());
  await store.append(governanceStream, [adopted(rules)], 'no-stream');
  await views.waitFor(await store.head());
  const process = AlertProcess.start({
    store,
    views,
    states: {
      inTurns: async (project, position) =>
        isForgotten(project) ? undefined : states.inTurns(project, position),
      entriesOf: (project, position) => states.entriesOf(project, position),
      onDays: (folded, day, compute) => states.onDays(folded, day, compute),
    },
    world,
    governed: new Governed(views, calendars()),
    todayIn: today,
    path: join(folder, 'due.db'),
    storeName: 'rules',
    leadership: alwaysLeader,
    onFailure: (error) => {
      throw error;
    },
  });
  try {
    for (let day = 1; day <= days; day++) {
      clock.jump(dayMs - tickMs);
      await clock.pass(tickMs);
      await process.whenIdle();
      const on = today();
      for (const one of lived) one.evaluate(on);
      const speaking = lived.filter((one) => one.saysOn(on));
      await Promise.all(speaking.map((one) => one.speak(store, on)));
      await views.waitFor(await store.head());
      await process.whenIdle();
      for (const one of speaking) one.evaluate(on);
    }
    return compared(
      (await eventsOf(store.readAll())).flatMap(saidIn()),
      lived.flatMap(({ said }) => said),
    );
  } finally {
    await process.close();
    await views.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A project whose history is written day by day, with the model of its alerts. */
class Lived {
  private readonly life: NaiveLife;
  private state: ProjectState = emptyProjectState();
  private spoken = 0;
  /** The findings before a day (exclusive). */
  private found: { due: NaiveDue; until: Day } | undefined;

  constructor(
    private readonly history: readonly RecordedEvent[],
    private readonly law: NaiveLaw,
    private readonly last: Day,
  ) {
    this.life = new NaiveLife(history[0]?.stream.slice('project-'.length) ?? '', law);
  }

  get said(): readonly Said[] {
    return this.life.said;
  }

  saysOn(today: Day): boolean {
    const next = this.history[this.spoken];
    return next !== undefined && latestDayOnEarth(next.recordedAt) <= today;
  }

  async speak(store: EventStore, today: Day): Promise<void> {
    const from = this.spoken;
    while (this.saysOn(today)) this.spoken += 1;
    const events = this.history.slice(from, this.spoken);
    this.state = events.reduce(applyToProject, this.state);
    this.found = undefined;
    const [first] = events;
    if (!first) return;
    const toSay = events.map(({ type, data, entry, id, by }) => ({ type, data, entry, id, by }) as NewEvent);
    await store.append(first.stream, toSay, from === 0 ? 'no-stream' : from - 1);
  }

  evaluate(on: Day): void {
    if (this.spoken === 0 || !existsOn(this.state, on)) return;
    if (!this.found || on >= this.found.until) {
      const due = this.dueOn(on);
      this.found = { due, until: this.sameUntil(due, on) };
    }
    this.life.evaluate(this.found.due, on, identity.view(this.state.identity, on).details);
  }

  private dueOn(on: Day): NaiveDue {
    return naiveDue(this.history.slice(0, this.spoken), this.law.rules, on, this.state);
  }

  /** The first day with another finding: findings only ever grow. */
  private sameUntil(due: NaiveDue, on: Day): Day {
    const next = this.history[this.spoken];
    const end =
      next && latestDayOnEarth(next.recordedAt) < this.last ? latestDayOnEarth(next.recordedAt) : this.last;
    const isSame = (day: Day) => JSON.stringify(this.dueOn(day)) === JSON.stringify(due);
    if (end <= on || isSame(end)) return addDays(end, 1);
    let [low, high] = [on, end];
    while (addDays(low, 1) < high) {
      const middle = addDays(low, Math.floor((Date.parse(high) - Date.parse(low)) / dayMs / 2));
      if (isSame(middle)) low = middle;
      else high = middle;
    }
    return high;
  }
}

function rulesOf(dice: Dice): AdoptedRules {
  const ladder = defaultRules.ladder.map((step) => ({ ...step, answerWithinDays: 30, remindEveryDays: 45 }));
  const from = addDays(firstDay, dice.int(100, 400));
  const exemptions = [
    { where: { sector: 'chemical' }, from, to: addDays(from, 40), reason: 'flood' },
    {
      where: {},
      rules: ['unreported' as const],
      from: addDays(from, 30),
      to: addDays(from, 90),
      reason: 'heat',
    },
  ];
  const random = randomRules(dice);
  // Of every kind the rule for all projects is on; one for some of them may be off.
  const rules = random.rules.map(({ isOff, ...rule }) => (rule.where && isOff ? { ...rule, isOff } : rule));
  return { ...random, rules, ladder, exemptions };
}

/** Translates the log into the terms of the model. */
function saidIn(): (event: AnyRecordedEvent) => Said[] {
  const keys = new Map<string, string>();
  return (event) => {
    if (!('alert' in event.data)) return [];
    const { alert } = event.data;
    if (event.type === 'AlertRaised')
      keys.set(alert, `${event.stream.slice('alerts-'.length)} ${keyOf(event.data)}`);
    const what = wordsOf(event);
    return what ? [`${keys.get(alert)} ${what} on ${event.entry.asOf}`] : [];
  };
}

function wordsOf(event: AnyRecordedEvent): string | undefined {
  switch (event.type) {
    case 'AlertRaised': {
      const { severity, opening, mutedBy } = event.data;
      return `raised ${severity}${opening > 1 ? ' again' : ''}${mutedBy ? ' muted' : ''}`;
    }
    case 'AlertEscalated':
      return `${event.data.to} by ${event.data.because}`;
    case 'AlertMuted':
      return event.data.mutedBy === null ? 'heard' : 'muted';
    case 'AlertReminded':
      return 'reminded';
    case 'AlertCleared':
      return 'cleared';
    default:
      return undefined;
  }
}

function compared(said: readonly Said[], expected: readonly Said[]): Compared {
  const left = new Map<Said, number>();
  for (const one of expected) left.set(one, (left.get(one) ?? 0) + 1);
  const known = new Set(expected);
  const faults: string[] = [];
  let [doubled, falseOnes] = [0, 0];
  for (const one of said) {
    const rest = left.get(one) ?? 0;
    if (rest > 0) left.set(one, rest - 1);
    else {
      if (known.has(one)) doubled += 1;
      else falseOnes += 1;
      faults.push(`${one} (too much)`);
    }
  }
  for (const [one, rest] of left) if (rest > 0) faults.push(`${one} (missed)`);
  const missed = [...left.values()].reduce((sum, rest) => sum + rest, 0);
  const firstFault = faults.toSorted((a, b) => (a.slice(-20) < b.slice(-20) ? -1 : 1))[0];
  return {
    ...{ rules: kindsIn(expected), said: expected.length, missed, doubled, false: falseOnes },
    ...(firstFault === undefined ? {} : { firstFault }),
  };
}

/** How many kinds of rules are named in what was said: `random-3 item-overdue/item/roof raised red on 2018-07-01`. */
function kindsIn(said: readonly Said[]): number {
  return new Set(said.map((one) => one.split(' ')[1]?.split('/')[0])).size;
}

function adopted(rules: AdoptedRules): NewEvent {
  const entry = { asOf: firstDay, precision: 'day', source: { kind: 'system' } } as const;
  return { type: 'RulesAdopted', data: rules, entry, id: uuidOf('twelve rules'), by: 'administrator' };
}
