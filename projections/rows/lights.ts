import { type Severity, severities } from '../../domain/governance/rules.js';
import { evaluations, isWatched } from '../alerts/rules/every-rule.js';
import { Found } from '../alerts/rules/found.js';
import type { OpenStall, RuleInput } from '../alerts/rules/rule-input.js';
import type { RuleInForce } from '../alerts/rules/rules-in-force.js';

/** The lights of a project without further entries under the rules in force for it. */
export function lightsOf(input: RuleInput, rules: readonly RuleInForce[]): Lights {
  const lights = new Lights();
  if (isWatched(input)) for (const rule of rules) evaluations[rule.kind](input, rule, lights);
  return lights;
}

/** The day from which each severity is due without further entries: time only raises severities. */
export class Lights extends Found {
  /** By index in `severities`. */
  private readonly days: number[] = severities.map(() => Infinity);

  override due(rank: number, from: number): void {
    if (from < (this.days[rank] as number)) this.days[rank] = from;
  }

  override stallsOf({ firstStalls }: RuleInput): readonly OpenStall[] {
    return firstStalls;
  }

  /** Words are not part of a light. */
  override changes(): void {}

  /** A light needs the days alone. */
  override condition(): void {}

  override lacking(): void {}

  /** The light of a day, and the days after it, before `until`, on which it changes. */
  between(day: number, until: number): { from: number; light: Severity | null }[] {
    const steps: { from: number; light: Severity | null }[] = [{ from: day, light: this.on(day) }];
    const days = this.days.filter((from) => from > day && from < until).sort((a, b) => a - b);
    for (const from of days) {
      const light = this.on(from);
      if (light !== steps.at(-1)?.light) steps.push({ from, light });
    }
    return steps;
  }

  /** The light of a day. */
  on(day: number): Severity | null {
    const { days } = this;
    for (let severity = severities.length - 1; severity >= 0; severity -= 1)
      if ((days[severity] as number) <= day) return severities[severity] as Severity;
    return null;
  }
}
