import { AlertsIcon } from '../frame/icons.js';
import { room } from '../room.js';
import type { Screen } from '../screen.js';
import { OpenCount } from './open-count.js';

export const screens: readonly Screen[] = [
  {
    path: '/alerts',
    navigation: {
      order: 30,
      label: { en: 'Alerts', zh: '预警' },
      beside: OpenCount,
      icon: AlertsIcon,
      within: ['/subscriptions'],
    },
    needs: ['project-read'],
    view: room(() => import('./alerts.js')),
  },
  {
    path: '/subscriptions',
    needs: ['subscriptions-own', 'subscriptions-all'],
    view: room(() => import('./subscriptions/subscriptions.js')),
  },
];
