import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Day } from '../../../domain/values/days/calendar.js';
import { useAround } from '../around.js';
import { knownProjects } from './known-projects.js';
import { pendingOf, Reckoning } from './reckoning.js';

/**
 * A project with what is still on this phone; undefined while its entries are not known.
 *
 * @param on the business day
 */
export function useReckoning(project: string, on: Day): Reckoning | undefined {
  const { entries } = useAround();
  const known = useSyncExternalStore(knownProjects.subscribe, () => knownProjects.get(project));
  useEffect(() => void knownProjects.load(project), [project]);
  return useMemo(
    () => known && new Reckoning(known, pendingOf(project, entries, known), on),
    [known, entries, project, on],
  );
}
