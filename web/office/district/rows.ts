import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ProjectsAnswer } from '../../shared/answers.js';
import { ask } from '../../shared/ask.js';
import { useLanguage } from '../../shared/language.js';
import type { MomentShown } from '../../shared/moment.js';

/** The rows of all projects at a point of both clocks, page by page. */
export function useRows(moment: MomentShown) {
  const language = useLanguage();
  return useInfiniteQuery({
    queryKey: ['projects', language, moment],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ask<ProjectsAnswer>('/projects', { ...moment, limit: 500, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}
