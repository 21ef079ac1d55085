import { useQuery } from '@tanstack/react-query';
import type { IndexAnswer } from '../shared/answers.js';
import { ask } from '../shared/ask.js';

/** The business day of the service; undefined until it has answered. */
export function useToday(): string | undefined {
  const { data } = useQuery({
    queryKey: ['today'],
    queryFn: ({ signal }) => ask<IndexAnswer>('/', {}, signal),
    staleTime: 60_000,
  });
  return data?.today.on;
}
