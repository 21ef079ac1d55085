import { useQuery } from '@tanstack/react-query';
import { severities } from '../../../../domain/governance/rules.js';
import type { AlertCount } from '../../../../src/app/alerts/alerts.js';
import { ask } from '../../../shared/ask.js';
import { type ByProjectAnswer, type Choice, clearedFilter } from './choice.js';

type Facets = ByProjectAnswer['facets'];

/** How many cleared alerts there are with each choice, counted within what is chosen in the others. */
export function useCleared(choice: Choice, isWanted: boolean) {
  const isShown = choice.state === 'cleared';
  const filter = clearedFilter(isShown ? choice : { ...choice, severity: undefined, rule: undefined });
  const all = useCount(filter, isWanted);
  const anySeverity = useCount({ ...filter, severity: undefined }, isWanted && isShown);
  const anyRule = useCount({ ...filter, rule: undefined }, isWanted && isShown);
  return {
    count: all?.count,
    /** @param state the choices of open alerts, which stay beside them */
    facets(state: Facets['state'] = []): Facets {
      const severity = severities
        .toReversed()
        .map((key) => ({ key, count: anySeverity?.bySeverity[key] ?? 0 }));
      const rule = Object.entries(anyRule?.byRule ?? {}).map(([key, count]) => ({ key, count }));
      return { state, severity, rule, due: [], role: [] };
    },
  };
}

/** Equal filters are asked for once. */
function useCount(filter: ReturnType<typeof clearedFilter>, isWanted: boolean): AlertCount | undefined {
  const { data } = useQuery({
    queryKey: ['alerts', 'count', filter],
    queryFn: ({ signal }) => ask<AlertCount>('/alerts/count', filter, signal),
    placeholderData: (before) => before,
    enabled: isWanted,
  });
  return data;
}
