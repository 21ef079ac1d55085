import type { Basis } from '../../../projections/investment.js';
import type { GroupBy } from '../../../projections/portfolio.js';
import type { ProjectRow } from '../../../projections/project.js';

/** Values that many projects share, numbered in the order in which they came; 0 stands for none. */
export class Terms<Value> {
  readonly #values: (Value | null)[] = [null];
  readonly #numbers = new Map<string, number>();

  get count(): number {
    return this.#values.length;
  }

  numberOf(value: Value): number {
    const text = JSON.stringify(value);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#values.length);
    return this.#values.push(value) - 1;
  }

  valueOf(number: number): Value | null {
    return this.#values[number] ?? null;
  }

  /** Those numbered from `from` on. */
  since(from: number): { number: number; value: Value }[] {
    return this.#values.slice(from).map((value, index) => ({ number: from + index, value: value as Value }));
  }
}

/** What projects are grouped and chosen by, besides their stage. */
export type Place = Record<Exclude<GroupBy, 'stage'>, string | null>;

/** The terms of a table of lines. */
export class LineTerms {
  readonly places = new Terms<Place>();
  readonly stages = new Terms<NonNullable<ProjectRow['stage']>>();
  readonly money = new Terms<{ basis: Basis; currency: string }>();
}
