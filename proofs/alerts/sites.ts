import type { AdoptedRules, Severity } from '../../domain/governance/rules.js';
import { type EventType, type ProjectEvent, streamOf } from '../../domain/project/events.js';
import { addDays, type Day } from '../../domain/values/days/calendar.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { type Dice, diceOf, uuidOf } from '../../test/support/dice.js';

/** Rules simple enough for a model that goes day by day; no ladder. */
export const fewRules: AdoptedRules = {
  version: 2,
  basis: 'few rules',
  rules: [
    { rule: 'declared-stall', blocks: { works: 'red', production: 'yellow', staffing: 'yellow' } },
    { rule: 'unreported', yellow: { days: 45 }, red: { days: 200 } },
    { rule: 'item-overdue', yellow: { days: 1 }, red: { days: 30 } },
  ],
  ladder: [],
  reopenWithinDays: 14,
  calendar: 'every-day',
  exemptions: [],
};

/** An alert event, in the terms of both the log and the model. */
export type AlertEvent =
  `${string} ${string} ${'raised' | 'escalated' | 'cleared'} ${Severity | ''} on ${Day}`;

/** Something that escalates on these days, without further entries. */
interface Watched {
  facts: string;
  yellowFrom: Day;
  redFrom: Day;
}

const never: Day = '9999-12-31';
const items = ['foundations', 'frame', 'roof'];
const stalls = ['money', 'licence'] as const;

/** One random project: its entries, and by a minimal model its expected alerts. */
export class Site {
  readonly project: string;
  readonly alertEvents: AlertEvent[] = [];
  private readonly finishes: Day[];
  /** Maximum permille of days with an entry. */
  private readonly daysBetweenWords: number;
  private speaksOn: Day = '';
  private readonly dice: Dice;
  private live: NewEvent[] = [];
  private watched = new Map<string, Watched>();
  private readonly standing = new Map<string, { severity: Severity; facts: string; on: Day }>();
  /** A reported day has begun. */
  private latest: Day = '';
  /** Without entries, the days on which nothing changes: first inclusive, last exclusive. */
  private same: { from: Day; until: Day } | undefined;
  private said = 0;

  /**
   * @param liveliness permille of days with an entry
   * @param soonPercent percent of its deadlines within 800 days, the others are within five years
   */
  constructor(seed: number, index: number, first: Day, liveliness: number, soonPercent: number) {
    this.dice = diceOf(seed + index * 7919);
    this.project = `site-${index}`;
    this.daysBetweenWords = Math.round(2_000 / liveliness);
    const { dice } = this;
    // Mostly soon; sometimes up to five years ahead.
    this.finishes = items.map(() =>
      addDays(first, dice.chance(soonPercent) ? dice.int(60, 800) : dice.int(731, 1_826)),
    );
  }

  get stream(): string {
    return streamOf(this.project);
  }

  get revision(): number {
    return this.said - 1;
  }

  /** Its registration and its plan. */
  begin(on: Day): NewEvent[] {
    this.speaksOn = addDays(on, this.dice.int(1, this.daysBetweenWords));
    const plan = items.map((id, index) => ({
      id,
      name: { en: id },
      weight: index + 1,
      measure: 'done' as const,
      plannedFinish: this.finishes[index] as Day,
    }));
    return [
      this.say('ProjectRegistered', { name: { en: this.project } }, on),
      this.say('PlanAdopted', { version: 1, basis: 'stated', items: plan }, on),
    ];
  }

  /** Its entries of a day: mostly none; often late, sometimes withdrawn. */
  next(on: Day): NewEvent[] {
    if (on < this.speaksOn) return [];
    const { dice } = this;
    this.speaksOn = addDays(on, dice.int(1, this.daysBetweenWords));
    return Array.from({ length: dice.chance(15) ? 2 : 1 }, () => this.random(on));
  }

  /** The expected alerts on a day, in the order of their changes; all that a day-by-day simulation needs. */
  evaluate(today: Day): void {
    const on = today > this.latest ? today : this.latest;
    if (this.same && this.same.from <= on && on < this.same.until) return;
    this.evaluateOn(on);
    this.same = { from: on, until: this.nextAfter(on) };
  }

  private evaluateOn(on: Day): void {
    for (const [key, stands] of this.standing) {
      const watched = this.watched.get(key);
      const due = watched && severityOn(watched, on);
      if (!watched || (!due && watched.facts !== stands.facts)) {
        this.standing.delete(key);
        this.tell(key, 'cleared', '', on);
      } else if (due && on >= stands.on) {
        const isNew = watched.facts !== stands.facts;
        if (isMore(due, stands.severity)) this.tell(key, 'escalated', due, on);
        if (isNew || due !== stands.severity)
          this.standing.set(key, { facts: watched.facts, severity: due, on });
      }
    }
    for (const [key, watched] of this.watched) {
      const due = severityOn(watched, on);
      if (!due || this.standing.has(key)) continue;
      this.standing.set(key, { facts: watched.facts, severity: due, on });
      this.tell(key, 'raised', due, on);
    }
  }

  /** The first day after one on which a further threshold is reached, or on which open ones were last evaluated. */
  private nextAfter(on: Day): Day {
    const days = [...this.watched.values()].flatMap(({ yellowFrom, redFrom }) => [yellowFrom, redFrom]);
    for (const stands of this.standing.values()) days.push(stands.on);
    return days.reduce((next, day) => (day > on && day < next ? day : next), never);
  }

  private tell(
    key: string,
    what: 'raised' | 'escalated' | 'cleared',
    severity: Severity | '',
    on: Day,
  ): void {
    this.alertEvents.push(`${this.project} ${key} ${what} ${severity} on ${on}`);
  }

  private random(on: Day): NewEvent {
    const { dice } = this;
    const asOf = dice.chance(60) ? on : addDays(on, -dice.int(1, 60));
    const kind = dice.int(1, 100);
    if (kind <= 35)
      return this.say('MilestoneReached', { item: dice.pick(['foundations', 'frame', 'roof']) }, asOf);
    const stall = dice.pick(stalls);
    if (kind <= 50) {
      const blocks = stall === 'money' ? (['works'] as const) : (['production', 'staffing'] as const);
      const from = addDays(asOf, dice.int(-20, dice.chance(20) ? 40 : 0));
      return this.say('StallDeclared', { stall, cause: 'financing', blocks, from }, asOf);
    }
    if (kind <= 70) return this.say('StallCleared', { stall }, asOf);
    const withdrawable = this.live.slice(2);
    const [first, ...rest] = withdrawable;
    if (kind <= 82 && first) {
      const { id } = dice.pick([first, ...rest]);
      return this.say('EntryWithdrawn', { entry: id, reason: 'misread' }, on);
    }
    return this.say('NoChangeReported', { from: addDays(asOf, -7), to: asOf }, asOf);
  }

  private say(type: EventType, data: object, asOf: Day): NewEvent {
    const entry = { asOf, precision: 'day', source: { kind: 'inspection' } };
    const id = uuidOf(`${this.project} ${this.said}`);
    this.said += 1;
    const event = { type, data, entry, id, by: 'inspector' } as unknown as NewEvent;
    this.live =
      event.type === 'EntryWithdrawn'
        ? this.live.filter((other) => other.id !== event.data.entry)
        : [...this.live, event];
    this.latest = this.live.reduce((last, { entry }) => (entry.asOf > last ? entry.asOf : last), '');
    this.watched = this.watch();
    this.same = undefined;
    return event;
  }

  /** The watched conditions without further entries, computed from the first entry on. */
  private watch(): Map<string, Watched> {
    const inOrder = this.live.toSorted((a, b) =>
      a.entry.asOf < b.entry.asOf ? -1 : a.entry.asOf > b.entry.asOf ? 1 : 0,
    );
    const watched = new Map<string, Watched>();
    const done = new Set(
      inOrder.flatMap((event) => (event.type === 'MilestoneReached' ? [event.data.item] : [])),
    );
    const open = new Map<string, { from: Day; red: boolean; facts: string }>();
    for (const event of inOrder as ProjectEvent[]) {
      if (event.type === 'StallCleared') open.delete(event.data.stall);
      if (event.type !== 'StallDeclared') continue;
      const { stall, from, blocks } = event.data;
      const earlier = open.get(stall)?.from ?? from;
      const first = earlier < from ? earlier : from;
      const facts = `${(event as NewEvent).id} from ${first}`;
      open.set(stall, { from: first, red: blocks.includes('works'), facts });
    }
    for (const [stall, { from, red, facts }] of open)
      watched.set(`declared-stall/${stall}`, { facts, yellowFrom: from, redFrom: red ? from : never });
    if (done.size === items.length) return watched;
    const last = inOrder.findLast(({ type }) => type !== 'ProjectRegistered' && type !== 'PlanAdopted');
    const since = last?.entry.asOf ?? inOrder[0]?.entry.asOf ?? '';
    watched.set('unreported/', {
      facts: last?.id ?? '',
      yellowFrom: addDays(since, 45),
      redFrom: addDays(since, 200),
    });
    for (const [index, item] of items.entries()) {
      if (done.has(item)) continue;
      const finish = this.finishes[index] as Day;
      watched.set(`item-overdue/${item}`, {
        facts: finish,
        yellowFrom: addDays(finish, 1),
        redFrom: addDays(finish, 30),
      });
    }
    return watched;
  }
}

function severityOn({ yellowFrom, redFrom }: Watched, on: Day): Severity | null {
  if (on >= redFrom) return 'red';
  return on >= yellowFrom ? 'yellow' : null;
}

function isMore(one: Severity, other: Severity): boolean {
  return one === 'red' && other !== 'red';
}
