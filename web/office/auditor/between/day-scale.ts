import { type Day, dayIn, dayNumber } from '../../../../domain/values/days/calendar.js';
import type { Dot } from './entry-filter.js';

/** Days without any entry that are drawn; a longer gap is cut, and marked. */
const mostGap = 14;
/** Labels of days along the axis. */
const mostLabels = 6;

/** The day on which an entry was recorded, in the time zone of the reader. */
export function recordedOn({ recordedAt }: Pick<Dot, 'recordedAt'>): Day {
  return dayIn(Intl.DateTimeFormat().resolvedOptions().timeZone, recordedAt);
}

interface DayScale {
  place(day: Day): number;
  labels: { x: number; day: Day }[];
  /** Where a gap is cut. */
  breaks: number[];
}

/** Places the days of entries between two ends, long gaps shortened. */
export function dayScale(dots: readonly Dot[], left: number, right: number): DayScale {
  const days = [...new Set(dots.flatMap((dot) => [dot.asOf, recordedOn(dot)]))].sort();
  const along = new Map<Day, number>();
  const cuts: number[] = [];
  let at = 0;
  for (const [index, day] of days.entries()) {
    const before = days[index - 1];
    const gap = before === undefined ? 0 : dayNumber(day) - dayNumber(before);
    if (gap > mostGap) cuts.push(at + mostGap / 2);
    at += Math.min(gap, mostGap);
    along.set(day, at);
  }
  const x = (value: number) => left + (value / Math.max(1, at)) * (right - left);
  const place = (day: Day) => x(along.get(day) ?? 0);
  const every = Math.max(1, Math.ceil(days.length / mostLabels));
  const labels: DayScale['labels'] = [];
  for (const [index, day] of days.entries()) {
    const isNamed = index % every === 0 || index === days.length - 1;
    if (isNamed && place(day) - (labels.at(-1)?.x ?? -Infinity) >= 90) labels.push({ x: place(day), day });
  }
  return { place, labels, breaks: cuts.map(x) };
}

/** Entries of one kind with the same two days. */
interface Line {
  key: string;
  kind: Dot['kind'];
  asOf: Day;
  recorded: Day;
  count: number;
  ids: string[];
}

/** The entries as lines, each for all entries of one kind with the same two days. */
export function linesOf(dots: readonly Dot[]): Line[] {
  const lines = new Map<string, Line>();
  for (const dot of dots) {
    const recorded = recordedOn(dot);
    const key = [dot.kind, dot.asOf, recorded].join(' ');
    const line = lines.get(key) ?? { key, kind: dot.kind, asOf: dot.asOf, recorded, count: 0, ids: [] };
    lines.set(key, { ...line, count: line.count + 1, ids: [...line.ids, dot.id] });
  }
  return [...lines.values()];
}
