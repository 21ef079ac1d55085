import { room } from '../room.js';
import type { Screen } from '../screen.js';

export const screens: readonly Screen[] = [
  { path: '/projects/:project', needs: ['project-read'], view: room(() => import('./project.js')) },
];
