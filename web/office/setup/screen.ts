import { lazy } from 'react';
import type { Screen } from '../screen.js';

const register = lazy(() => import('./register/register.js'));

export const screens: readonly Screen[] = [
  {
    path: '/setup',
    navigation: { order: 50, label: { en: 'Set-up', zh: '设置' } },
    view: lazy(() => import('./ways.js')),
  },
  { path: '/setup/project', view: register },
  { path: '/setup/project/:project', view: register },
  { path: '/setup/plan/:project', view: lazy(() => import('./plan/plan.js')) },
  { path: '/setup/rules', view: lazy(() => import('./rules/rules.js')) },
];
