import { Refused } from '../../app/refusals.js';
import { isOfPage } from '../page/page.js';
import type { Request } from './fastify-types.js';

/** For how many seconds the views may not have held everything when the answer was made; absent while they are known to. */
export const ageHeader = 'topout-view-age';

/** What is answered without views: how the service stands, and what it can answer. */
const withoutViews = /^\/($|\?|health(\/|$)|metrics|problems(\/|$)|openapi\.json|docs(\/|$))/;

/** True for a request that is answered from the views, or recorded after a look at them. */
export function needsViews({ url }: Pick<Request, 'url'>): boolean {
  return !withoutViews.test(url) && !isOfPage(url);
}

/** What is told while there are no views, because the store could not be read since the service began. */
export function viewsUnmade(): Refused {
  return new Refused('views-unmade', {
    member: '',
    seen: 'the store could not be read to its end since the service began',
    expected: 'views made from it; "/health/ready" says how it stands',
  });
}
