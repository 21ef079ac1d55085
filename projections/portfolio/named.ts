/** Ids of projects and of their money entries, by row number. */
export interface TotalsNames {
  project(number: number): string;
  /** The entry with the money since the start. */
  entry(number: number): string;
  /** The entry with what was invested in the year. */
  entryOfYear(number: number): string;
}

/** Nobody reads more evidence than this; the list of projects under the same filter has it page by page. */
const mostNamed = 1_000;

/** The row numbers, up to the maximum worth naming; null if there are more. */
export class Named {
  private numbers: number[] | null = [];

  add(number: number): void {
    if (!this.numbers) return;
    if (this.numbers.length === mostNamed) this.numbers = null;
    else this.numbers.push(number);
  }

  include({ numbers }: Named): void {
    const all = this.numbers && numbers && [...this.numbers, ...numbers];
    this.numbers = all && all.length <= mostNamed ? all : null;
  }

  /** Their ids in the order of the projects. */
  namesBy(name: (number: number) => string, { project }: TotalsNames): string[] | null {
    if (!this.numbers) return null;
    const pairs = this.numbers.map((number) => ({ number, id: project(number) }));
    return pairs.sort((a, b) => inKeyOrder(a.id, b.id)).map(({ number }) => name(number));
  }
}

/** By code unit, so that every machine sorts equally; missing values last. */
export function inKeyOrder(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}
