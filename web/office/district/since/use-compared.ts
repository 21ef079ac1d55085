import { useQuery } from '@tanstack/react-query';
import type { Day } from '../../../../domain/values/days/calendar.js';
import type { PortfolioGroup } from '../../../../projections/portfolio/portfolio.js';
import type { ProjectRow } from '../../../../projections/project/project.js';
import { useMoment, useNamedMoment } from '../../../shared/moment.js';
import type { Choice } from '../choice.js';
import type { District } from '../rows.js';
import { isAskable } from '../totals/totals-query.js';
import { type Compared, percentsThenQuery, totalsThenQuery } from './compared-query.js';
import { dayOfSince, type Since } from './since.js';

/** What is not asked for. */
const none: Compared = { from: '', to: '', knownAt: undefined, moves: 0 };

/** The day of comparison, and the figures of that day as far as they are loaded. */
export interface Comparison {
  /** Undefined while the slider moves, and where there is no earlier day. */
  compared: Compared | undefined;
  /** The totals then, over the selected projects; undefined too where the service has none for a search. */
  totals: PortfolioGroup | undefined;
  /** Completion then by project, of those with a plan, in basis points. */
  percents: Readonly<Record<string, number>> | undefined;
  lastReportOn: Day | undefined;
}

/** Compares the district with an earlier day, by answers of the service. */
export function useComparison(
  { rows, isWhole, asOf, folded }: Pick<District, 'rows' | 'isWhole' | 'asOf' | 'folded'>,
  since: Since,
  choice: Choice,
): Comparison {
  const [moment] = useMoment();
  const named = useNamedMoment();
  const lastReportOn = isWhole ? lastReportIn(rows) : undefined;
  const from = asOf && dayOfSince(since, asOf, lastReportOn);
  const isResting = moment.asOf === named.asOf && moment.knownAt === named.knownAt;
  const compared =
    from && isResting
      ? { from, to: asOf, knownAt: moment.knownAt, moves: folded.news.count + folded.moves }
      : undefined;
  // The first rows have priority on the network.
  const isAsked = compared !== undefined && (isWhole || rows.length > 0);
  const totals = useQuery({
    ...totalsThenQuery(compared ?? none, choice),
    enabled: isAsked && isAskable(choice),
  });
  const percents = useQuery({ ...percentsThenQuery(compared ?? none), enabled: isAsked });
  return {
    compared,
    totals: isAsked ? totals.data?.total : undefined,
    percents: isAsked ? percents.data?.since : undefined,
    lastReportOn,
  };
}

function lastReportIn(rows: readonly ProjectRow[]): Day | undefined {
  let last: Day | undefined;
  for (const { lastReportOn } of rows)
    if (lastReportOn && (!last || lastReportOn > last)) last = lastReportOn;
  return last;
}
