import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Day } from '../../../domain/values/days/calendar.js';
import { useAround } from '../around.js';
import type { Entry } from '../outbox/entry.js';
import { knownProjects } from './known-projects.js';
import { type KnownProject, pendingOf, Reckoning } from './reckoning.js';

/**
 * A project with what is still on this phone; undefined while its entries are not known.
 *
 * @param on the business day
 */
export function useReckoning(project: string, on: Day): Reckoning | undefined {
  const { entries } = useAround();
  const known = useSyncExternalStore(knownProjects.subscribe, () => knownProjects.get(project));
  useEffect(() => void knownProjects.load(project), [project]);
  return useMemo(() => known && reckoningOf(project, known, entries, on), [known, entries, project, on]);
}

/** Longest wait of a person who logs before the entries of the project are there. */
const patienceMs = 3_000;

/**
 * A project with what is still on this phone, once its entries are loaded; undefined if neither the phone nor the
 * service has them by then.
 */
export async function reckoningOnceKnown(
  project: string,
  entries: readonly Entry[],
  on: Day,
): Promise<Reckoning | undefined> {
  const known = await Promise.race([
    knownProjects.load(project),
    new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs)),
  ]);
  return known && reckoningOf(project, known, entries, on);
}

function reckoningOf(project: string, known: KnownProject, entries: readonly Entry[], on: Day): Reckoning {
  return new Reckoning(known, pendingOf(project, entries, known), on);
}
