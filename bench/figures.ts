/** One measured figure, as it is printed: a line of JSON. */
export interface Figure {
  bench: string;
  figure: string;
  /** The median of the runs. */
  value: number;
  unit: string;
  runs: number;
  min: number;
  max: number;
  /** What it was compared with, in the same run and in turns with it. */
  versus?: string;
  versusValue?: number;
  /** The median of the ratios of each pair of runs: `value` by `versusValue`. */
  ratio?: number;
}

/** What was not measured, and why. */
export interface NotRun {
  bench: string;
  figure: string;
  run: string;
}

/** How much a benchmark is to do. */
export interface Effort {
  /** Sizes that fit a check of every change. */
  isSmall: boolean;
  runs: number;
  /** Events in the log of a bench that takes a size; each has its own when absent. */
  events?: number;
}

/** A benchmark: gives its figures as they come. */
export type Bench = (effort: Effort) => AsyncIterable<Figure | NotRun>;

/** A figure from its runs, beside those of what it is compared with, which ran in turns with them. */
export function figureOf(
  what: { bench: string; figure: string; unit: string },
  values: readonly number[],
  versus?: { name: string; values: readonly number[] },
): Figure {
  const figure = {
    ...what,
    value: rounded(median(values)),
    runs: values.length,
    min: rounded(Math.min(...values)),
    max: rounded(Math.max(...values)),
  };
  if (!versus) return figure;
  const ratios = values.map((value, run) => value / (versus.values[run] ?? Number.NaN));
  return {
    ...figure,
    versus: versus.name,
    versusValue: rounded(median(versus.values)),
    ratio: rounded(median(ratios)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
