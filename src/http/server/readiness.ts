import { Refused } from '../../app/refusals.js';
import { isOfPage } from '../page/page.js';
import type { Request } from './fastify-types.js';

/** For how many seconds the views may have been stale when the answer was made; absent if they were up to date. */
export const ageHeader = 'topout-view-age';

/** Routes answered without views: the state of the service, and its index. */
const withoutViews = /^\/($|\?|health(\/|$)|metrics|problems(\/|$)|openapi\.json|docs(\/|$))/;

/** True for a request that needs the views, for its answer or before recording. */
export function needsViews({ url }: Pick<Request, 'url'>): boolean {
  return !withoutViews.test(url) && !isOfPage(url);
}

/** The problem while there are no views, because the store could not be read since the start. */
export function viewsUnmade(): Refused {
  return new Refused('views-unmade', {
    member: '',
    seen: 'the store could not be read to its end since the service began',
    expected: 'views built from it; "/health/ready" reports its state',
  });
}
