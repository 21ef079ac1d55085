import { room } from '../room.js';
import type { Screen } from '../screen.js';

export const screens: readonly Screen[] = [
  { path: '/projects/:project/log', needs: ['entry-log'], view: room(() => import('./log.js')) },
  {
    path: '/projects/:project/log/:entry',
    needs: ['entry-log', 'entry-withdraw-others'],
    view: room(() => import('./wrong.js')),
  },
];
