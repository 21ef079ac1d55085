import { lazy } from 'react';
import type { Screen } from '../screen.js';

export const screens: readonly Screen[] = [
  { path: '/projects/:project', view: lazy(() => import('./project.js')) },
];
