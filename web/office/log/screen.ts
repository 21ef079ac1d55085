import { room } from '../room.js';
import type { Screen } from '../screen.js';

export const screens: readonly Screen[] = [
  { path: '/projects/:project/log', view: room(() => import('./log.js')) },
  { path: '/projects/:project/log/:entry', view: room(() => import('./wrong.js')) },
];
