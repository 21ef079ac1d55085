import type { Basis } from '../../../../domain/project/facts/investment-reported.js';
import { type ByLanguage, isSameText } from '../../../../domain/values/by-language.js';
import type { GroupBy } from '../../../../projections/portfolio/portfolio.js';
import type { AnnualKind } from '../../../../projections/portfolio/totals-line.js';
import type { ProjectRow } from '../../../../projections/project/project.js';
import { AnnualFigures } from './annual-figures.js';

/** Values shared by many projects, numbered in order of appearance; 0 stands for none. */
class Terms<Value> {
  private readonly values: (Value | null)[] = [null];
  private readonly numbers = new Map<string, number>();
  /** The value numbered last: many rows in a row have the same one. */
  private last: Value | undefined;
  private lastNumber = 0;

  /**
   * @param nameOf a unique name of a value
   * @param isSame true for two values of one name
   */
  constructor(
    private readonly nameOf: (value: Value) => string,
    private readonly isSame: (one: Value, other: Value) => boolean,
  ) {}

  get count(): number {
    return this.values.length;
  }

  numberOf(value: Value): number {
    if (this.last === undefined || !this.isSame(this.last, value)) {
      this.lastNumber = this.known(value);
      this.last = value;
    }
    return this.lastNumber;
  }

  private known(value: Value): number {
    const text = this.nameOf(value);
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.values.length);
    return this.values.push(value) - 1;
  }

  valueOf(number: number): Value | null {
    return this.values[number] ?? null;
  }

  /** Those numbered from `from` on. */
  since(from: number): { number: number; value: Value }[] {
    return this.values.slice(from).map((value, index) => ({ number: from + index, value: value as Value }));
  }
}

/** What projects are grouped and filtered by, besides their stage. */
export type Place = Record<Exclude<GroupBy, 'stage'>, ByLanguage | null>;

// An absent value differs from an empty one.
const nameOf = (text: ByLanguage | null): string => `${text?.en ?? '\0'}\t${text?.zh ?? '\0'}`;

/** The terms of a row table. */
export class RowTerms {
  readonly places = new Terms<Place>(
    ({ district, sector, owner, phase }) =>
      `${nameOf(district)}\n${nameOf(sector)}\n${nameOf(owner)}\n${nameOf(phase)}`,
    (a, b) =>
      isSameText(a.district, b.district) &&
      isSameText(a.sector, b.sector) &&
      isSameText(a.owner, b.owner) &&
      isSameText(a.phase, b.phase),
  );
  readonly stages = new Terms<NonNullable<ProjectRow['stage']>>(
    (stage) => stage,
    (a, b) => a === b,
  );
  readonly money = new Terms<{ basis: Basis; currency: string }>(
    ({ basis, currency }) => `${basis} ${currency}`,
    (a, b) => a.basis === b.basis && a.currency === b.currency,
  );
  readonly annualKinds = new Terms<AnnualKind>(
    ({ year, currency, basis }) => `${year} ${currency} ${basis}`,
    (a, b) => a.year === b.year && a.currency === b.currency && a.basis === b.basis,
  );
  readonly annual = new AnnualFigures();

  /** How many there are of each kind, 0 for none included. */
  get counts(): TermCounts {
    const { places, stages, money, annualKinds, annual } = this;
    return {
      places: places.count,
      stages: stages.count,
      money: money.count,
      annualKinds: annualKinds.count,
      annual: annual.count,
    };
  }

  /** Those numbered since there were so many, in the order of their numbers. */
  since(counts: TermCounts): NewTerms {
    const { places, stages, money, annualKinds, annual } = this;
    return {
      places: places.since(counts.places).map(onlyValue),
      stages: stages.since(counts.stages).map(onlyValue),
      money: money.since(counts.money).map(onlyValue),
      annualKinds: annualKinds.since(counts.annualKinds).map(onlyValue),
      annual: annual.since(counts.annual).map(({ bytes }) => bytes),
    };
  }
}

/** A number of terms of each kind. */
export type TermCounts = Record<'places' | 'stages' | 'money' | 'annualKinds' | 'annual', number>;

/** Terms in the order of their numbers; annual plans as bytes. */
export interface NewTerms {
  places: Place[];
  stages: NonNullable<ProjectRow['stage']>[];
  money: { basis: Basis; currency: string }[];
  annualKinds: AnnualKind[];
  annual: Uint8Array[];
}

const onlyValue = <Value>({ value }: { value: Value }): Value => value;

/** By the number of a term of another table its number in this one. */
export class TranslatedTerms {
  readonly places = [0];
  readonly stages = [0];
  readonly money = [0];
  readonly annual = [0];
  private readonly annualKinds = [0];

  constructor(private readonly terms: RowTerms) {}

  /** Adds the terms that the other table numbered next. */
  add({ places, stages, money, annualKinds, annual }: NewTerms): void {
    const { terms } = this;
    for (const one of places) this.places.push(terms.places.numberOf(one));
    for (const one of stages) this.stages.push(terms.stages.numberOf(one));
    for (const one of money) this.money.push(terms.money.numberOf(one));
    for (const one of annualKinds) this.annualKinds.push(terms.annualKinds.numberOf(one));
    for (const one of annual) this.annual.push(terms.annual.load(one, this.annualKinds));
  }
}
