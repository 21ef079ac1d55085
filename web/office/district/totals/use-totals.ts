import { useQuery } from '@tanstack/react-query';
import type { Portfolio } from '../../../../projections/portfolio/portfolio.js';
import type { Choice, Chosen } from '../chosen.js';
import type { District } from '../rows.js';
import { isAskable, type Pinned, totalsQuery } from './totals-query.js';

/**
 * The totals over the selected projects: computed once all rows are loaded, from the service until then; never over
 * part of the rows.
 *
 * @returns undefined while neither is available
 */
export function useTotals(
  { isWhole, pinned }: Pick<District, 'isWhole' | 'pinned'>,
  choice: Choice,
  chosen: Chosen,
): Portfolio | undefined {
  const isAsked = !isWhole && pinned !== undefined && isAskable(choice);
  const { data } = useQuery({
    ...totalsQuery(pinned as Pinned, choice),
    enabled: isAsked,
  });
  if (isWhole) return chosen.portfolio;
  return isAsked ? data : undefined;
}
