import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { LogPage } from '../../../src/app/queries/log-page.js';
import { ask } from '../../shared/ask.js';
import { serviceReach } from '../../shared/reach.js';

/** Delay after a failure, in milliseconds. */
const patienceMs = 2_000;

/** Follows the log while a project is shown, and refetches its entries after a new entry of the project or new rules. */
export function useNews(project: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const follow = async () => {
      for (let after: number | undefined; !signal.aborted; ) {
        try {
          // Earlier entries are read with the project itself.
          after ??= (await ask<LogPage>('/entries', { limit: 1 }, signal)).head;
          const page: LogPage = await ask('/entries', { after, limit: 500, wait: 'yes' }, signal);
          serviceReach.follows('project', true);
          const isOther = page.head < after;
          if (isOther || page.items.some((item) => item.project === project))
            await queries.invalidateQueries({ queryKey: ['entries', project] });
          if (isOther || page.rules.length + page.lexicons.length > 0)
            await queries.invalidateQueries({ queryKey: ['adoptions'] });
          after = isOther ? undefined : page.upTo;
        } catch {
          if (signal.aborted) return;
          serviceReach.follows('project', false);
          await new Promise((resolve) => setTimeout(resolve, patienceMs));
        }
      }
    };
    void follow();
    return () => {
      ending.abort();
      serviceReach.follows('project', true);
    };
  }, [project, queries]);
}
