import { room } from '../room.js';
import type { Screen } from '../screen.js';

const needs = ['people-manage', 'access-read'] as const;

export const screens: readonly Screen[] = [
  {
    path: '/access',
    navigation: { order: 60, label: { en: 'Access', zh: '权限' } },
    needs,
    view: room(() => import('./people.js')),
  },
  { path: '/access/day', needs: ['access-read'], view: room(() => import('./day.js')) },
  { path: '/access/:person', needs, view: room(() => import('./person/person.js')) },
];
