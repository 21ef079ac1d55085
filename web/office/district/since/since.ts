import { addDays, type Day, isDay, lastDayOfMonth } from '../../../../domain/values/days/calendar.js';

/** The usual days of comparison, counted back from the day that is shown; `report`: the day before the last report. */
export const spans = ['report', 'week', 'month', 'half-year'] as const;
type Span = (typeof spans)[number];

/** What the figures are compared with: a span, or a day that somebody chose. */
export type Since = Span | Day;

/** The comparison in a URL; a month where it has none, or an invalid one. */
export function sinceIn(parameters: URLSearchParams): Since {
  const since = parameters.get('since') ?? '';
  return spans.find((span) => span === since) ?? (isDay(since) ? since : 'month');
}

/**
 * The day of comparison.
 *
 * @param lastReportOn the latest day that any project reported about; undefined until it is known
 * @returns undefined if there is none before the day that is shown
 */
export function dayOfSince(since: Since, asOf: Day, lastReportOn: Day | undefined): Day | undefined {
  const on = dayOf(since, asOf, lastReportOn);
  return on !== undefined && on < asOf ? on : undefined;
}

function dayOf(since: Since, asOf: Day, lastReportOn: Day | undefined): Day | undefined {
  switch (since) {
    case 'report':
      return lastReportOn && addDays(lastReportOn, -1);
    case 'week':
      return addDays(asOf, -7);
    case 'month':
      return monthsBefore(asOf, 1);
    case 'half-year':
      return monthsBefore(asOf, 6);
    default:
      return since;
  }
}

/** The same day some months earlier, or the last one of a month that has no such day. */
function monthsBefore(day: Day, months: number): Day {
  const [year = 0, month = 0] = day.split('-').map(Number);
  const count = year * 12 + month - 1 - months;
  const target = `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
  const last = lastDayOfMonth(target);
  const same = `${target}-${day.slice(8)}`;
  return same < last ? same : last;
}
