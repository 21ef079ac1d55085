/** One measured figure, printed as a line of JSON. */
export interface Figure {
  bench: string;
  figure: string;
  /** The median of the runs. */
  value: number;
  unit: string;
  runs: number;
  min: number;
  max: number;
  /** The baseline, measured in the same run by turns. */
  versus?: string;
  versusValue?: number;
  /** The median of the ratios of each pair of runs: `value` by `versusValue`. */
  ratio?: number;
}

/** Why nothing was measured. */
export interface NotRun {
  bench: string;
  figure: string;
  run: string;
}

/** The size of a benchmark run. */
export interface Effort {
  /** Sizes small enough to check every change. */
  isSmall: boolean;
  runs: number;
  /** Events in the log, for benches with a size; each has a default. */
  events?: number;
}

/** A benchmark; yields figures as they are ready. */
export type Bench = (effort: Effort) => AsyncIterable<Figure | NotRun>;

/** A figure from its runs and those of its baseline, which ran by turns. */
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
