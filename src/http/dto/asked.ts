import type { Reach } from '../../../domain/access/scope.js';
import { type Day, firstDayOf, lastDayOf } from '../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { MomentAsked, Page } from '../../app/queries/asked.js';
import type { LogAsked } from '../../app/queries/log-page.js';
import type { ExplanationAsked, ProjectFilter } from '../../app/topout.js';
import { refuse } from '../problems/faults.js';
import { dayOrMonth, type Rule } from '../validation/rules.js';
import { knownOf, moment } from './known-at.js';
import type {
  ChangesQuery,
  ExplanationQuery,
  FilteredQuery,
  LogQuery,
  MomentQuery,
  SeriesQuery,
  TotalChangesQuery,
  WeeklyLightsQuery,
} from './moment.js';

/** The requested point of the two clocks. */
export function momentOf(
  { asOf, knownAt, after }: MomentQuery,
  leaving?: AbortSignal,
  within?: Reach,
): MomentAsked {
  return omitUndefined({
    leaving,
    within,
    asOf: asOf === undefined ? undefined : lastDayOf(asOf),
    knownAt: knownAt === undefined ? undefined : knownOf(knownAt),
    after: after === undefined ? undefined : Number(after),
  });
}

export function filterOf({ district, sector, stage, owner, phase }: FilteredQuery): ProjectFilter {
  return omitUndefined({ district, sector, stage, owner, phase });
}

export function pageOf({ cursor, limit }: { cursor?: string; limit?: string }): Page {
  return omitUndefined({ cursor, limit: Number(limit ?? 100) });
}

export function logOf({ after, limit, wait }: LogQuery, within: Reach | undefined): LogAsked {
  const asked = { after: Number(after ?? 0), limit: Number(limit ?? 100), waits: wait === 'yes' };
  return omitUndefined({ ...asked, within });
}

export function seriesOf(query: SeriesQuery): MomentAsked & { from?: Day } {
  const { from } = query;
  return omitUndefined({
    ...momentOf(query),
    from: from && firstDayOf(from),
  });
}

export function weeklyLightsOf(
  query: WeeklyLightsQuery,
  leaving: AbortSignal,
  within: Reach | undefined,
): MomentAsked & { weeks: number; since?: Day } {
  const { weeks: count, since } = query;
  const moment = momentOf(query, leaving, within);
  return omitUndefined({ ...moment, weeks: Number(count ?? 27), since: since && lastDayOf(since) });
}

/** The two compared moments. */
export function betweenOf(
  query: TotalChangesQuery,
  leaving: AbortSignal,
  within: Reach | undefined,
): [MomentAsked, MomentAsked] {
  const { toAsOf: asOf, toKnownAt: knownAt, after } = query;
  const to = omitUndefined({ asOf, knownAt, after });
  return [momentOf(query, leaving, within), momentOf(to, leaving, within)];
}

export function explanationOf(query: ExplanationQuery, leaving: AbortSignal): ExplanationAsked {
  const { until } = query;
  return omitUndefined({
    ...momentOf(query, leaving),
    until: until === undefined ? undefined : Number(until),
  });
}

/**
 * The two compared points, and the clock on which they differ.
 *
 * @throws RequestRefused a point is not of its clock
 */
export function comparedOf(query: ChangesQuery): [MomentAsked, MomentAsked] {
  const { from, to, clock = 'asOf' } = query;
  const { asOf, knownAt, after } = momentOf(query);
  if (clock === 'asOf') {
    if (asOf !== undefined)
      refuse('member-unknown', 'asOf', 'asOf beside clock=asOf', 'from and to as the days, or clock=knownAt');
    const at = (day: Day | undefined) => omitUndefined({ asOf: day, knownAt, after });
    return [
      at(pointOf(dayOrMonth, 'from', from, lastDayOf)),
      at(to === undefined ? to : pointOf(dayOrMonth, 'to', to, lastDayOf)),
    ];
  }
  if (knownAt !== undefined)
    refuse(
      'member-unknown',
      'knownAt',
      'knownAt beside clock=knownAt',
      'from and to as the moments, or clock=asOf',
    );
  const at = (known: MomentAsked['knownAt']) => omitUndefined({ asOf, knownAt: known, after });
  return [
    at(pointOf(moment, 'from', from, knownOf)),
    at(to === undefined ? to : pointOf(moment, 'to', to, knownOf)),
  ];
}

function pointOf<Point>(rule: Rule, member: string, said: string, read: (said: string) => Point): Point {
  const finding = rule.check(said);
  if (finding) refuse(finding.type, member, finding.seen, finding.expected);
  return read(said);
}
