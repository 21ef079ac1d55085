import { useQuery } from '@tanstack/react-query';
import { todayQuery } from './today-query.js';

/** The service's business day; undefined until loaded. */
export function useToday(): string | undefined {
  return useQuery(todayQuery).data?.today.on;
}
