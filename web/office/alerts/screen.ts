import { lazy } from 'react';
import type { Screen } from '../screen.js';
import { OpenCount } from './open-count.js';

export const screens: readonly Screen[] = [
  {
    path: '/alerts',
    navigation: { order: 30, label: { en: 'Alerts', zh: '预警' }, beside: OpenCount },
    view: lazy(() => import('./alerts.js')),
  },
  { path: '/subscriptions', view: lazy(() => import('./subscriptions.js')) },
];
