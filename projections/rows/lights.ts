import { type Severity, severities } from '../../domain/governance/rules.js';
import { isReached, type Limit } from '../alerts/rules/limits.js';

/** The day from which each severity is due without further entries: time only raises severities. */
export class Lights {
  /** By index in `severities`. */
  private readonly days: number[] = severities.map(() => Infinity);

  /** Due from a day on. */
  due(severity: number, from: number): void {
    if (from < (this.days[severity] as number)) this.days[severity] = from;
  }

  /** Due by a limit from a day on. */
  from({ severity }: Limit, day: number): void {
    this.due(severities.indexOf(severity), day);
  }

  /** Due from a number of days after a beginning on. */
  since(limits: readonly Limit[], beginning: number): void {
    for (const limit of limits) this.from(limit, beginning + limit.from);
  }

  /** Due on every day if a count reaches a limit. */
  always(limits: readonly Limit[], count: number): void {
    for (const limit of limits) if (isReached(limit, count)) this.from(limit, -Infinity);
  }

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

  private on(day: number): Severity | null {
    const { days } = this;
    for (let severity = severities.length - 1; severity >= 0; severity -= 1)
      if ((days[severity] as number) <= day) return severities[severity] as Severity;
    return null;
  }
}
