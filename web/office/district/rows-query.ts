import { infiniteQueryOptions } from '@tanstack/react-query';
import type { ProjectsAnswer } from '../../shared/answers.js';
import { ask } from '../../shared/ask.js';
import type { MomentShown } from '../../shared/replay/timeline.js';

/** A small first page, so that something is visible soon. */
const firstPage = 60;

/**
 * The query for the rows at a point of both clocks, page by page.
 *
 * @param moves how often the log has advanced: results for a fixed position stay valid, those for the present do not
 */
export function rowsQuery(moment: MomentShown, moves: number) {
  return infiniteQueryOptions({
    queryKey: ['projects', moment, moment.knownAt === undefined ? moves : 0],
    initialPageParam: { limit: firstPage } as MomentShown & { limit: number; cursor?: string },
    queryFn: ({ pageParam, signal }) => ask<ProjectsAnswer>('/projects', { ...moment, ...pageParam }, signal),
    // All pages are for the point of the first one, whatever is recorded while they load.
    getNextPageParam: ({ next, asOf, knownAt }) =>
      next ? { limit: 2_000, cursor: next, asOf, knownAt: knownAt.position } : undefined,
  });
}
