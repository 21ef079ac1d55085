import { room } from '../room.js';
import type { Screen } from '../screen.js';

const register = room(() => import('./register/register.js'));

export const screens: readonly Screen[] = [
  {
    path: '/setup',
    navigation: { order: 50, label: { en: 'Set-up', zh: '设置' } },
    view: room(() => import('./ways.js')),
  },
  { path: '/setup/project', view: register },
  { path: '/setup/project/:project', view: register },
  { path: '/setup/plan/:project', view: room(() => import('./plan/plan.js')) },
  { path: '/setup/table', view: room(() => import('./table/table.js')) },
  { path: '/setup/rules', view: room(() => import('./rules/rules.js')) },
  { path: '/setup/lexicon', view: room(() => import('./lexicon/lexicon.js')) },
];
