import type { Reach } from '../../../domain/access/scope.js';
import {
  type Day,
  firstDayOf,
  type Instant,
  isDay,
  lastDayOf,
} from '../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { GroupBy } from '../../../projections/portfolio/portfolio.js';
import type { MomentAsked, Page } from '../../app/queries/asked.js';
import type { LogAsked } from '../../app/queries/log-page.js';
import type { ExplanationAsked, ProjectFilter } from '../../app/topout.js';
import { refuse, seenAs } from '../problems/faults.js';
import { Member, Optional } from '../validation/member.js';
import { dayOrMonth, oneOf, pattern, type Rule, text } from '../validation/rules.js';

export const position = pattern(/^\d{1,15}$/, 'a position of the log, a whole number', {
  type: 'moment-invalid',
});

const moment: Rule = {
  schema: { type: 'string', example: '2018-07-10T08:00:00+08:00' },
  check: (value) => {
    const expected = {
      en: 'a position of the log, or an instant such as 2018-07-10T08:00:00+08:00',
      zh: '日志中的位置，或时刻如 2018-07-10T08:00:00+08:00',
    };
    const isMoment =
      typeof value === 'string' && (position.check(value) === undefined || instantOf(value) !== undefined);
    return isMoment ? undefined : { type: 'moment-invalid', seen: seenAs(value), expected };
  },
};

/** A whole number from 1 to a bound. */
function upTo(most: number): Rule {
  return {
    schema: { type: 'integer', minimum: 1, maximum: most },
    check(value) {
      const isWithin =
        typeof value === 'string' && /^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= most;
      return isWithin
        ? undefined
        : {
            type: 'value-out-of-range',
            seen: seenAs(value),
            expected: { en: `a whole number from 1 to ${most}`, zh: `1 至 ${most} 之间的整数` },
          };
    },
  };
}

const limit = upTo(500);

/** Members that several queries have. */
export const KnownAt = Optional(
  moment,
  'What was known: up to a position of the log or an instant, inclusive; everything when absent.',
);
export const After = Optional(position, 'Waits up to 2 s until this position can be read.');
export const Cursor = Optional(text(200), 'The "next" of the page before.');
export const Limit = Optional(limit, 'How many at most; 100 when absent.');

const groups: readonly GroupBy[] = ['district', 'sector', 'stage', 'owner', 'phase'];

/** A point of the two clocks in a URL. */
export class MomentQuery {
  @Optional(dayOrMonth, 'The day to answer about, or a month for its last day; the business day when absent.')
  asOf?: string;

  @KnownAt
  knownAt?: string;

  @After
  after?: string;
}

export class FilteredQuery extends MomentQuery {
  @Optional(text(200), 'Only projects of this district.')
  district?: string;

  @Optional(text(200), 'Only projects of this sector.')
  sector?: string;

  @Optional(text(40), 'Only projects in this stage.')
  stage?: string;

  @Optional(text(200), 'Only projects of this owner.')
  owner?: string;

  @Optional(text(100), 'Only projects of this phase.')
  phase?: string;
}

export class ProjectsQuery extends FilteredQuery {
  @Cursor
  cursor?: string;

  @Limit
  limit?: string;
}

export class PortfolioQuery extends FilteredQuery {
  @Optional(oneOf(groups), 'A group for each value of it.')
  groupBy?: GroupBy;
}

export class WeeklyLightsQuery extends FilteredQuery {
  @Optional(upTo(104), 'How many weeks, the last one ending on the day of the answer; 27 when absent.')
  weeks?: string;

  @Optional(dayOrMonth, 'Adds the completion on this day, or on the last day of a month.')
  since?: string;
}

export class TotalExplanationQuery extends FilteredQuery {
  @Optional(text(200), 'The total: percent, floor, ceiling or invested:BASIS:CURRENCY; percent when absent.')
  figure?: string;
}

export class TotalChangesQuery extends FilteredQuery {
  @Optional(dayOrMonth, 'The day of the second moment, or a month; the business day when absent.')
  toAsOf?: string;

  @Optional(moment, 'What was known at the second moment; everything when absent.')
  toKnownAt?: string;
}

export class JournalQuery extends MomentQuery {
  @Optional(oneOf(['oldest', 'newest']), 'Which come first, by when they were recorded; oldest when absent.')
  order?: 'oldest' | 'newest';

  @Optional(oneOf(['alerts']), 'Inserts alert events, including notices, between the entries.')
  include?: 'alerts';

  @Optional(
    text(200),
    'Only entries whose words, place, source, quote, remark or author contain this text; capitals do not count.',
  )
  contains?: string;

  @Cursor
  cursor?: string;

  @Limit
  limit?: string;
}

export class ContradictionsQuery extends MomentQuery {
  @Optional(text(200), 'The "next" of the page before, which also says the moment.')
  cursor?: string;

  @Limit
  limit?: string;
}

export class PageQuery {
  @Cursor
  cursor?: string;

  @Limit
  limit?: string;
}

export class LogQuery {
  @Optional(position, 'Only entries after this position, exclusive; from the beginning when absent.')
  after?: string;

  @Optional(limit, 'How many positions at most; 100 when absent.')
  limit?: string;

  @Optional(oneOf(['yes']), 'Where nothing comes after the position, waits up to 2 s for it.')
  wait?: 'yes';
}

export class SeriesQuery extends MomentQuery {
  @Optional(dayOrMonth, 'The first day, or a month for its first day.')
  from?: string;
}

export class ExplanationQuery extends MomentQuery {
  @Optional(
    text(200),
    'The figure, such as percent, floor:ITEM, invested, slip:TARGET, light or alert:RULE/project; percent when absent.',
  )
  figure?: string;

  @Optional(
    position,
    'Lists entries that were recorded after knownAt up to this position; up to the last one when absent.',
  )
  until?: string;
}

export class ChangesQuery extends MomentQuery {
  @Member(text(40), 'The earlier point: a day, or with clock=knownAt a position or an instant.')
  from!: string;

  @Optional(text(40), 'The later point; the present one when absent.')
  to?: string;

  @Optional(oneOf(['asOf', 'knownAt']), 'Which clock from and to are on; asOf when absent.')
  clock?: 'asOf' | 'knownAt';
}

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

/** What was known, as a text names it; undefined for another text. */
export function knownIn(said: string): MomentAsked['knownAt'] {
  return moment.check(said) === undefined ? knownOf(said) : undefined;
}

function knownOf(said: string): NonNullable<MomentAsked['knownAt']> {
  const instant = /^\d+$/.test(said) ? undefined : instantOf(said);
  return instant === undefined ? { position: Number(said) } : { instant };
}

/** An RFC 3339 instant in UTC with three decimals. In a URL a plus sign often arrives as a space. */
function instantOf(said: string): Instant | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+ -]\d{2}:\d{2})$/i.exec(said);
  if (!parts || !isDay(parts[1] ?? '')) return undefined;
  const ms = Date.parse(
    `${parts[1]}T${parts[2]}.${(parts[3] ?? '').slice(0, 3).padEnd(3, '0')}${parts[4]?.replace(' ', '+').toUpperCase()}`,
  );
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
