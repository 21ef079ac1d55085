import { useQuery } from '@tanstack/react-query';
import { todayQuery } from './today-query.js';

/** The business day of the service; undefined until it has answered. */
export function useToday(): string | undefined {
  return useQuery(todayQuery).data?.today.on;
}
