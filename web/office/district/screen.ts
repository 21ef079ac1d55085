import { momentIn } from '../../shared/moment.js';
import { parametersHere } from '../../shared/place.js';
import { ProjectsIcon } from '../frame/icons.js';
import { loadAhead, room } from '../room.js';
import type { Screen } from '../screen.js';
import { todayQuery } from '../use/today-query.js';
import { choiceIn } from './choice.js';
import { needsQuery } from './needs/needs-query.js';
import { rowsQuery } from './rows-query.js';
import { firstTotalsQuery, isAskable } from './totals/totals-query.js';

const load = () => import('./district.js');

export const screens: readonly Screen[] = [
  {
    path: '/',
    navigation: {
      order: 10,
      label: { en: 'Projects', zh: '项目' },
      icon: ProjectsIcon,
      within: ['/projects/'],
    },
    needs: ['project-read'],
    view: room(load),
    load: () => loadAhead(load),
    prepare(queries) {
      void load().catch(() => undefined);
      void queries.prefetchQuery(todayQuery);
      void queries.prefetchQuery(needsQuery);
      const choice = choiceIn(parametersHere());
      if (isAskable(choice))
        void queries.prefetchQuery(firstTotalsQuery(momentIn(parametersHere()), 0, choice));
      void queries.prefetchInfiniteQuery(rowsQuery(momentIn(parametersHere()), 0));
    },
  },
];
