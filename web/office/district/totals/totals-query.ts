import { queryOptions } from '@tanstack/react-query';
import type { PortfolioAnswer } from '../../../shared/answers.js';
import { ask } from '../../../shared/ask.js';
import type { Choice } from '../chosen.js';

/** The point of both clocks of an answer, by which the same is asked for again. */
export interface Pinned {
  asOf: string;
  knownAt: number;
}

/** True where the service has the same filter: it knows no search, and nothing of what is not said. */
export function isAskable({ search, filter }: Choice): boolean {
  const { light, ...others } = filter;
  return search.trim() === '' && light === undefined && !Object.values(others).includes('none');
}

/** How the totals over the chosen projects are asked for, at the point at which the rows were answered. */
export function totalsQuery(pinned: Pinned, { filter, groupBy }: Choice) {
  return queryOptions({
    queryKey: ['portfolio', pinned, filter, groupBy],
    queryFn: ({ signal }) => ask<PortfolioAnswer>('/portfolio', { ...pinned, ...filter, groupBy }, signal),
    // What was known at a position stays as it is.
    staleTime: Number.POSITIVE_INFINITY,
  });
}
