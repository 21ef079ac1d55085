import { queryOptions } from '@tanstack/react-query';
import { itemsIn, type ProjectSeen } from '../../forms/said/known.js';
import { ask } from '../../shared/ask.js';

/** The query for the items and open stalls of a project, which are asked for again with its entries. */
export function knownQuery(project: string) {
  return queryOptions({
    queryKey: ['entries', project, 'known'],
    queryFn: async ({ signal }) => itemsIn(await ask<ProjectSeen>(`/projects/${project}`, {}, signal)),
  });
}
