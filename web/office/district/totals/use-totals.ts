import { useQuery } from '@tanstack/react-query';
import type { Portfolio } from '../../../../projections/portfolio/portfolio.js';
import type { PortfolioAnswer } from '../../../shared/answers.js';
import { useNamedMoment } from '../../../shared/moment.js';
import type { Choice } from '../choice.js';
import type { Chosen } from '../chosen.js';
import type { District } from '../rows.js';
import { firstTotalsQuery, isAskable, type Pinned, totalsQuery } from './totals-query.js';

/**
 * The totals over the selected projects: computed once all rows are loaded, from the service until then; never over
 * part of the rows.
 *
 * @returns `first` before any row is here, which may be of an earlier entry; `totals` undefined while there are none
 */
export function useTotals(
  { isWhole, pinned, folded }: Pick<District, 'isWhole' | 'pinned' | 'folded'>,
  choice: Choice,
  chosen: Chosen,
): { totals: Portfolio | undefined; first: PortfolioAnswer | undefined } {
  const isAsked = !isWhole && isAskable(choice);
  const { data: first, isFetched } = useQuery({
    ...firstTotalsQuery(useNamedMoment(), folded.moves, choice),
    enabled: isAsked,
  });
  const isOfRows = first?.asOf === pinned?.asOf && first?.knownAt.position === pinned?.knownAt;
  const { data } = useQuery({
    ...totalsQuery(pinned as Pinned, choice),
    enabled: isAsked && pinned !== undefined && isFetched && !isOfRows,
  });
  if (isWhole) return { totals: chosen.portfolio, first };
  return { totals: isAsked ? (data ?? first) : undefined, first };
}
