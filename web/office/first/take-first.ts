import type { QueryClient } from '@tanstack/react-query';
import type { FirstAnswers } from '../../../src/http/page/first-answers.js';
import { openCountQuery } from '../alerts/open-count.js';
import { needsQuery } from '../district/needs/needs-query.js';
import { firstTotalsQuery } from '../district/totals/totals-query.js';
import { todayQuery } from '../use/today-query.js';

/** Takes the answers that came with the HTML as answers to the requests that the first screen makes. */
export function takeFirst(first: FirstAnswers, queries: QueryClient): void {
  queries.setQueryData(todayQuery.queryKey, first.index);
  // Alerts that are raised before the page follows them are seen by asking again.
  queries.setQueryData(needsQuery.queryKey, first.needs, { updatedAt: 0 });
  queries.setQueryData(openCountQuery.queryKey, first.openAlerts, { updatedAt: 0 });
  queries.setQueryData(firstTotalsQuery({}, 0, { filter: {} }).queryKey, first.portfolio);
}
