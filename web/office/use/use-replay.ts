import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fetchAdoptions } from '../../shared/adoptions.js';
import { ask } from '../../shared/ask.js';
import { fetchEntries } from '../../shared/entries.js';
import { Replay } from '../../shared/replay/replay.js';

/**
 * A project at any point of both clocks, under the rules of each; undefined without a project or until its entries are
 * loaded.
 */
export function useReplay(project: string | undefined): {
  replay: Replay | undefined;
  error: unknown;
  askAgain: () => void;
} {
  const entries = useQuery({
    queryKey: ['entries', project],
    enabled: project !== undefined,
    queryFn: () => fetchEntries(project ?? '', ask),
  });
  const adoptions = useQuery({
    queryKey: ['adoptions'],
    enabled: project !== undefined,
    queryFn: () => fetchAdoptions(ask),
  });
  const replay = useMemo(
    () => (entries.data && adoptions.data ? new Replay(entries.data, adoptions.data) : undefined),
    [entries.data, adoptions.data],
  );
  return {
    replay,
    error: entries.error ?? adoptions.error,
    askAgain: () => {
      void entries.refetch();
      void adoptions.refetch();
    },
  };
}
