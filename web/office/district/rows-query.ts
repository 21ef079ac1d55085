import { infiniteQueryOptions } from '@tanstack/react-query';
import type { ProjectsAnswer } from '../../shared/answers.js';
import { ask } from '../../shared/ask.js';
import type { MomentShown } from '../../shared/timeline.js';

/** Few at first, so that there is something to see soon. */
const firstPage = 60;

/**
 * How the rows at a point of both clocks are asked for, page by page.
 *
 * @param moves how often the log has moved on: what is known at a position stays as it is, the present does not
 */
export function rowsQuery(moment: MomentShown, moves: number) {
  return infiniteQueryOptions({
    queryKey: ['projects', moment, moment.knownAt === undefined ? moves : 0],
    initialPageParam: { limit: firstPage } as MomentShown & { limit: number; cursor?: string },
    queryFn: ({ pageParam, signal }) => ask<ProjectsAnswer>('/projects', { ...moment, ...pageParam }, signal),
    // All pages are of the point of the first one, whatever is recorded while they come.
    getNextPageParam: ({ next, asOf, knownAt }) =>
      next ? { limit: 500, cursor: next, asOf, knownAt: knownAt.position } : undefined,
  });
}
