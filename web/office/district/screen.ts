import { lazy } from 'react';
import type { Screen } from '../screen.js';

export const screens: readonly Screen[] = [
  {
    path: '/',
    navigation: { order: 10, label: { en: 'District', zh: '项目总览' } },
    view: lazy(() => import('./district.js')),
  },
];
