import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { WeeklyLightsAnswer } from '../../../src/app/topout.js';
import { ask } from '../../shared/ask.js';

/** The query for the light of every project in each of the last weeks, up to today. @param moves changes with the log */
export function lightsQuery(knownAt: number | undefined, moves: number) {
  return queryOptions({
    queryKey: ['lights', knownAt, knownAt === undefined ? moves : 0],
    queryFn: ({ signal }) => ask<WeeklyLightsAnswer>('/portfolio/lights', { knownAt }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
