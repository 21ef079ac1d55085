import { type Day, daysBetween } from '../../../../domain/values/days/calendar.js';
import type { SeriesPoint } from '../../../../projections/changes/series.js';

/** The figures of a day on the curve. */
export type CurvePoint = Pick<
  SeriesPoint,
  'asOf' | 'percentBasisPoints' | 'floorBasisPoints' | 'ceilingBasisPoints'
>;

/** Days without a report after which the line between two reports is dashed. */
const silentDays = 31;

/** The curve of completion as it is drawn: marks where somebody reported, lines between them. */
export interface CurveLines {
  /** The days on which somebody reported progress. */
  reported: CurvePoint[];
  /** The first day of the project, if nobody reported on it. */
  begin: CurvePoint | undefined;
  /** Lines between reports that follow each other; each a list of points. */
  known: CurvePoint[][];
  /** Lines over the time in which nobody reported. */
  silent: CurvePoint[][];
}

/**
 * Splits a series at the days with a report.
 *
 * After the last report nothing is drawn: nobody said anything of those days.
 */
export function curveLines(points: readonly CurvePoint[], reportedOn: ReadonlySet<Day>): CurveLines {
  const [first] = points;
  const reported = points.filter(({ asOf }) => reportedOn.has(asOf));
  const begin = first && !reportedOn.has(first.asOf) ? first : undefined;
  const known: CurvePoint[][] = [];
  const silent: CurvePoint[][] = [];
  let line: CurvePoint[] = first ? [first] : [];
  for (const point of points.slice(1)) {
    if (!reportedOn.has(point.asOf)) {
      // A plan may move the figure between two reports.
      if (point.percentBasisPoints !== line.at(-1)?.percentBasisPoints) line.push(point);
      continue;
    }
    const [from] = line;
    const isSilent = from && (from === begin || daysBetween(from.asOf, point.asOf) > silentDays);
    (isSilent ? silent : known).push([...line, point]);
    line = [point];
  }
  return { reported, begin, known, silent };
}

/** A round number at or above an amount, by which an axis ends. */
export function roundAbove(amount: number): number {
  if (amount <= 0) return 1;
  const size = 10 ** Math.floor(Math.log10(amount));
  const factor = [1, 1.5, 2, 3, 4, 5, 8, 10].find((one) => one * size >= amount) ?? 10;
  return factor * size;
}
