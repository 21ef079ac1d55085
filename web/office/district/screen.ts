import { momentIn } from '../../shared/moment.js';
import { parametersHere } from '../../shared/place.js';
import { room } from '../room.js';
import type { Screen } from '../screen.js';
import { todayQuery } from '../use/today-query.js';
import { needsQuery } from './needs/needs-query.js';
import { rowsQuery } from './rows-query.js';

const load = () => import('./district.js');

export const screens: readonly Screen[] = [
  {
    path: '/',
    navigation: { order: 10, label: { en: 'District', zh: '项目总览' } },
    needs: ['project-read'],
    view: room(load),
    prepare(queries) {
      void load().catch(() => undefined);
      void queries.prefetchQuery(todayQuery);
      void queries.prefetchQuery(needsQuery);
      void queries.prefetchInfiniteQuery(rowsQuery(momentIn(parametersHere()), 0));
    },
  },
];
