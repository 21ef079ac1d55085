import { queryOptions } from '@tanstack/react-query';
import type { IndexAnswer } from '../../shared/answers.js';
import { ask } from '../../shared/ask.js';

/** How the business day of the service is asked for. */
export const todayQuery = queryOptions({
  queryKey: ['today'],
  queryFn: ({ signal }) => ask<IndexAnswer>('/', {}, signal),
  staleTime: 60_000,
});
