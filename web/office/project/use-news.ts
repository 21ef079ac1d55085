import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { RecordedEvent } from '../../../domain/project/events.js';
import type { LogPage } from '../../../src/app/queries/log-page.js';
import type { JournalAnswer } from '../../shared/answers.js';
import { ask } from '../../shared/ask.js';
import { serviceReach } from '../../shared/reach.js';
import { useMay } from '../use/self.js';

/** Delay after a failure, in milliseconds. */
const patienceMs = 2_000;
/** How often a journal is looked at by somebody who cannot follow the log, in milliseconds. */
const lookMs = 15_000;

/** Follows a project while it is shown, and refetches its entries after a new one, or after new rules. */
export function useNews(project: string): void {
  const queries = useQueryClient();
  const readsLog = useMay()('log-read');
  useEffect(() => {
    const ending = new AbortController();
    const follow = readsLog ? followLog : lookAtJournal;
    void follow(project, queries, ending.signal);
    return () => {
      ending.abort();
      serviceReach.follows('project', true);
    };
  }, [project, queries, readsLog]);
}

type Follow = (project: string, queries: QueryClient, signal: AbortSignal) => Promise<void>;

/** Waits for the log of all projects. */
const followLog: Follow = async (project, queries, signal) => {
  for (let after: number | undefined; !signal.aborted; ) {
    try {
      // Earlier entries are read with the project itself; those that were read before may be older by now.
      after ??= lastRead(project, queries) ?? (await ask<LogPage>('/entries', { limit: 1 }, signal)).head;
      const page: LogPage = await ask('/entries', { after, limit: 500, wait: 'yes' }, signal);
      serviceReach.follows('project', true);
      const isOther = page.head < after;
      if (isOther || page.items.some((item) => item.project === project))
        await queries.invalidateQueries({ queryKey: ['entries', project] });
      if (isOther || page.rules.length + page.lexicons.length > 0)
        await queries.invalidateQueries({ queryKey: ['adoptions'] });
      after = isOther ? undefined : page.upTo;
    } catch {
      await failed(signal);
    }
  }
};

/** Looks at the latest entry of the project from time to time: the log itself is for auditors. */
const lookAtJournal: Follow = async (project, queries, signal) => {
  const newest = { asOf: '2199-12-31', order: 'newest', limit: 1 };
  for (let known = lastRead(project, queries); !signal.aborted; ) {
    try {
      const { items } = await ask<JournalAnswer>(`/projects/${project}/journal`, newest, signal);
      serviceReach.follows('project', true);
      const last = items[0]?.position ?? 0;
      if (known !== undefined && last !== known)
        await queries.invalidateQueries({ queryKey: ['entries', project] });
      known = last;
      await passed(lookMs, signal);
    } catch {
      await failed(signal);
    }
  }
};

/** The position of the last entry of a project that was read before it was shown again; undefined without one. */
function lastRead(project: string, queries: QueryClient): number | undefined {
  return queries.getQueryData<RecordedEvent[]>(['entries', project])?.at(-1)?.position;
}

async function failed(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  serviceReach.follows('project', false);
  await passed(patienceMs, signal);
}

/** Resolves after a time, or as soon as nobody waits any more. */
function passed(forMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, forMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
