import { queryOptions } from '@tanstack/react-query';
import type { IndexAnswer } from '../../shared/answers.js';
import { ask } from '../../shared/ask.js';

/** The query for the service's business day. */
export const todayQuery = queryOptions({
  queryKey: ['today'],
  queryFn: ({ signal }) => ask<IndexAnswer>('/', {}, signal),
  staleTime: 60_000,
});
