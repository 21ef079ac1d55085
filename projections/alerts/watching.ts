import { type RuleKind, type Severity, severities } from '../../domain/governance/rules.js';
import { dayMarks } from '../../domain/values/day-marks.js';
import { type Day, dayNumber, dayOf } from '../../domain/values/days/calendar.js';
import type { Words } from '../../domain/values/words.js';
import { evaluations } from './rules/every-rule.js';
import { type Condition, type Describe, Found } from './rules/found.js';
import type { RuleEvidence, RuleInput } from './rules/rule-input.js';
import type { RuleInForce } from './rules/rules-in-force.js';
import type { Watched } from './rules/watched.js';

/** Collects the conditions that the rules find for a project on a day. */
export class Watching extends Found {
  readonly watched: Watched[] = [];
  /** Rules that cannot be evaluated, with the missing data. */
  readonly notJudged: { rule: RuleKind; why: Words }[] = [];
  /** The next day on which a severity rises without a further entry; Infinity if there is none. */
  private next = Infinity;
  protected readonly day: number;
  protected rule: RuleInForce | undefined;
  /** Of the next condition. */
  private rank = -1;
  private ahead: { rank: number; from: number }[] = [];

  constructor(
    private readonly on: Day,
    private readonly input: RuleInput,
    private readonly evidence: RuleEvidence,
  ) {
    super();
    this.day = dayNumber(on);
  }

  evaluate(rule: RuleInForce): void {
    this.rule = rule;
    evaluations[rule.kind](this.input, rule, this);
  }

  get nextOn(): Day | null {
    return this.next === Infinity ? null : dayOf(this.next);
  }

  override due(rank: number, from: number): void {
    if (from > this.day) this.ahead.push({ rank, from });
    else if (rank > this.rank) this.rank = rank;
  }

  override changes(on: number): void {
    if (on > this.day && on < this.next) this.next = on;
  }

  override condition<About>(describe: Describe<About>, about: About): void {
    const { on, day, rule, input, evidence, rank } = this;
    if (!rule) return;
    for (const { rank: higher, from } of this.ahead) if (higher > rank && from < this.next) this.next = from;
    const condition = describe(about, { on, day, rule, input, evidence });
    const watched = watchedOf(condition, rule.kind, severities[rank] ?? null);
    this.watched.push(watched);
    this.found(condition, watched, rule);
    this.rank = -1;
    this.ahead = [];
  }

  /** A condition was found, and its days were given. */
  protected found(_condition: Condition, _watched: Watched, _rule: RuleInForce): void {}

  override lacking(why: (evidence: RuleEvidence, input: RuleInput) => Words): void {
    if (this.rule) this.notJudged.push({ rule: this.rule.kind, why: why(this.evidence, this.input) });
  }
}

/** A condition with its severity; its entries and words are made when they are read. */
function watchedOf(condition: Condition, rule: RuleKind, severity: Severity | null): Watched {
  const { subject, cause, silence, since, sinceExactness, stopsWorks, overdue, isHeld = false } = condition;
  const watched: Watched = {
    rule,
    subject,
    cause,
    since,
    get anchor() {
      return condition.anchor();
    },
    get evidence() {
      return condition.evidence();
    },
    ...(stopsWorks ? { stopsWorks } : {}),
    ...(overdue ? { overdue } : {}),
    severity,
    isHeld,
    get reason() {
      return condition.reason();
    },
    get clears() {
      return condition.clears();
    },
  };
  if (silence) Object.defineProperty(watched, 'silence', { enumerable: true, get: silence });
  const known = sinceExactness?.();
  if (known && dayMarks(known)) watched.sinceExactness = known;
  return watched;
}
