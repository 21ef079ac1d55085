import type { AdoptedRules, LadderStep, RuleKind, Severity } from '../../domain/governance/rules.js';
import { addDays, type Day, daysBetween } from '../../domain/values/days/calendar.js';
import type { NaiveDue } from './naive-due.js';

/** One alert event, in terms that a log can be translated into. */
export type Said = `${string} on ${Day}`;

/** The input of an evaluation beside the rules. */
export interface NaiveLaw {
  rules: AdoptedRules;
  isWorked(day: Day): boolean;
}

/** One subject of one rule. */
interface Standing {
  severity: Severity;
  isOpen: boolean;
  endedOn: Day;
  isMuted: boolean;
  isByDeadline: boolean;
  /** The day from which the days to answer count. */
  askedOn: Day;
  toldOn: Day;
}

/** Days on which the time to answer is paused. */
interface Stillness {
  name: string;
  isOn(day: Day): boolean;
}

const never: Stillness = { name: 'never', isOn: () => false };

const order: readonly Severity[] = ['blue', 'yellow', 'red'];

/** Where a project is. */
type Place = { district?: object; sector?: object };

/** The alerts of one project, evaluated on every day in turn; no clock goes back here and there are no answers. */
export class NaiveLife {
  readonly said: Said[] = [];
  private readonly known = new Map<string, Standing>();
  private readonly walked = new Map<string, Day>();

  constructor(
    private readonly project: string,
    private readonly law: NaiveLaw,
  ) {}

  /** @param place of the project on that day */
  evaluate(found: NaiveDue, on: Day, place: Place): void {
    const isExempt = (rule: RuleKind, day: Day) => this.isExempt(rule, day, place);
    const due = new Map(found.due.map((alert) => [keyOf(alert), alert]));
    const held = new Map(found.held.map((alert) => [keyOf(alert), alert]));
    for (const [key, one] of this.known)
      if (one.isOpen && !due.has(key) && !held.has(key)) this.end(key, one, on);
    const open = [...this.known].filter(([, { isOpen }]) => isOpen);
    const raised = [...due].filter(
      ([key, { rule, overdue }]) =>
        !open.some(([other]) => other === key) &&
        !isExempt(rule, on) &&
        !(overdue && due.has(keyOf(overdue))),
    );
    const now = new Set([...open, ...raised].map(([key]) => key));
    const isMuted = (key: string) => {
      const one = due.get(key) ?? held.get(key);
      const { explainedBy = [], overdue } = one ?? { overdue: undefined };
      return explainedBy.some((id) => now.has(stallKeyOf(id))) || (overdue ? now.has(keyOf(overdue)) : false);
    };
    for (const [key, { severity }] of raised) this.raise(key, severity, on, isMuted(key));
    for (const [key, one] of open) {
      this.mute(key, one, isMuted(key), on);
      const rule = key.split('/')[0] as RuleKind;
      const now = due.get(key)?.severity;
      if (now && isMore(now, one.severity) && !isExempt(rule, on)) {
        this.say(key, `${now} by threshold`, on);
        Object.assign(one, { severity: now, isByDeadline: false, askedOn: on, toldOn: on });
        continue;
      }
      if (now && isMore(one.severity, now) && !one.isByDeadline)
        Object.assign(one, { severity: now, askedOn: on });
      if (!one.isMuted && !isExempt(rule, on))
        this.climb(key, one, on, {
          name: `${rule} ${JSON.stringify([place.district, place.sector])}`,
          isOn: (day) => isExempt(rule, day),
        });
    }
  }

  private raise(key: string, severity: Severity, on: Day, isMuted: boolean): void {
    const before = this.known.get(key);
    const isAgain =
      before !== undefined && daysBetween(before.endedOn, on) <= this.law.rules.reopenWithinDays;
    this.known.set(key, {
      ...{ severity, isMuted, isOpen: true, endedOn: '', isByDeadline: false, askedOn: on, toldOn: on },
    });
    this.say(key, `raised ${severity}${isAgain ? ' again' : ''}${isMuted ? ' muted' : ''}`, on);
  }

  private end(key: string, one: Standing, on: Day): void {
    one.isOpen = false;
    one.endedOn = on;
    this.say(key, 'cleared', on);
  }

  private mute(key: string, one: Standing, isMuted: boolean, on: Day): void {
    if (isMuted === one.isMuted) return;
    one.isMuted = isMuted;
    this.say(key, isMuted ? 'muted' : 'heard', on);
    if (!isMuted) Object.assign(one, { askedOn: on, toldOn: on });
  }

  private climb(key: string, one: Standing, on: Day, still: Stillness): void {
    const step = this.stepOf(one.severity);
    if (!step) return;
    const dueOn = this.after(one.askedOn, step.answerWithinDays, still);
    if (on > dueOn) {
      const to = order[order.indexOf(one.severity) + 1];
      if (to && this.stepOf(to)) {
        Object.assign(one, { severity: to, isByDeadline: true });
        this.say(key, `${to} by deadline`, on);
      } else this.say(key, 'reminded', on);
      Object.assign(one, { askedOn: on, toldOn: on });
      return;
    }
    const again = this.after(one.toldOn, step.remindEveryDays, never);
    if (on < again || on === dueOn) return;
    one.toldOn = on;
    this.say(key, 'reminded', on);
  }

  /** The day a number of working days later, not counting paused days. */
  private after(day: Day, days: number, { name, isOn }: Stillness): Day {
    const known = this.walked.get(`${day} ${days} ${name}`);
    if (known !== undefined) return known;
    let at = day;
    for (let left = days; left > 0; ) {
      at = addDays(at, 1);
      if (this.law.isWorked(at) && !isOn(at)) left -= 1;
    }
    this.walked.set(`${day} ${days} ${name}`, at);
    return at;
  }

  private stepOf(severity: Severity): LadderStep | undefined {
    return this.law.rules.ladder.find((step) => step.severity === severity);
  }

  private isExempt(rule: RuleKind, day: Day, { district = {}, sector = {} }: Place): boolean {
    return this.law.rules.exemptions.some(
      ({ where, rules, from, to }) =>
        from <= day &&
        day <= to &&
        (rules?.includes(rule) ?? true) &&
        (where.project ?? this.project) === this.project &&
        (where.district === undefined || Object.values(district).includes(where.district)) &&
        (where.sector === undefined || Object.values(sector).includes(where.sector)),
    );
  }

  private say(key: string, what: string, on: Day): void {
    this.said.push(`${this.project} ${key} ${what} on ${on}`);
  }
}

/** The key of an alert's subject in a project. */
export function keyOf({ rule, subject }: Pick<NaiveDue['due'][number], 'rule' | 'subject'>): string {
  return `${rule}/${subject.kind}/${'id' in subject ? subject.id : ''}`;
}

function stallKeyOf(id: string): string {
  return keyOf({ rule: 'declared-stall', subject: { kind: 'stall', id } });
}

function isMore(one: Severity, other: Severity): boolean {
  return order.indexOf(one) > order.indexOf(other);
}
