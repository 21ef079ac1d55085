import type { GroupBy } from '../../../projections/portfolio/portfolio.js';
import { seenAs } from '../problems/faults.js';
import { Member, Optional } from '../validation/member.js';
import { dayOrMonth, oneOf, type Rule, text } from '../validation/rules.js';
import { moment, position } from './known-at.js';

/** A whole number from 1 to a bound. */
function upTo(most: number): Rule {
  const digits = new RegExp(`^\\d{1,${String(most).length}}$`);
  return {
    schema: { type: 'integer', minimum: 1, maximum: most },
    check(value) {
      const isWithin =
        typeof value === 'string' && digits.test(value) && Number(value) >= 1 && Number(value) <= most;
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

  // Rows are short, and a page shows all of them.
  @Optional(upTo(2_000), 'How many at most; 100 when absent.')
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
  @Optional(
    text(200),
    'The total: percent, floor, ceiling, invested:BASIS:CURRENCY, annual-plan:CURRENCY, annual-invested:BASIS:CURRENCY or annual-share:BASIS:CURRENCY; percent when absent.',
  )
  figure?: string;
}

export class TotalChangesQuery extends FilteredQuery {
  @Optional(dayOrMonth, 'The day of the second moment, or a month; the business day when absent.')
  toAsOf?: string;

  @Optional(
    moment,
    'What was known at the second moment; everything when absent. Without knownAt it holds for the first as well.',
  )
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
