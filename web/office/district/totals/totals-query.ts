import { queryOptions } from '@tanstack/react-query';
import type { PortfolioAnswer } from '../../../shared/answers.js';
import { ask } from '../../../shared/ask.js';
import type { MomentShown } from '../../../shared/replay/timeline.js';
import type { Choice } from '../choice.js';

/** The point of both clocks of an answer, for repeating the query. */
export interface Pinned {
  asOf: string;
  knownAt: number;
}

/** True if the service supports the filter: it has no search, and no filter for missing values. */
export function isAskable({ search, filter }: Choice): boolean {
  const { light, ...others } = filter;
  return search.trim() === '' && light === undefined && !Object.values(others).includes('none');
}

type Selected = Pick<Choice, 'filter' | 'groupBy'>;

/**
 * The query for the totals over the selected projects before any row is here.
 *
 * @param moves how often the log has advanced: results for a fixed position stay valid, those for the present do not
 */
export function firstTotalsQuery(
  moment: MomentShown,
  moves: number,
  { filter, groupBy = 'district' }: Selected,
) {
  return queryOptions({
    queryKey: ['portfolio', 'first', moment, moment.knownAt === undefined ? moves : 0, filter, groupBy],
    queryFn: ({ signal }) => ask<PortfolioAnswer>('/portfolio', { ...moment, ...filter, groupBy }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The query for the totals over the selected projects, at the point of the rows. */
export function totalsQuery(pinned: Pinned, { filter, groupBy }: Selected) {
  return queryOptions({
    queryKey: ['portfolio', pinned, filter, groupBy],
    queryFn: ({ signal }) => ask<PortfolioAnswer>('/portfolio', { ...pinned, ...filter, groupBy }, signal),
    // Results for a fixed position stay valid.
    staleTime: Number.POSITIVE_INFINITY,
  });
}
