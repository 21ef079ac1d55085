import { room } from '../room.js';
import type { Screen } from '../screen.js';

const register = room(() => import('./register/register.js'));

const projects = ['project-set-up'] as const;
const tables = ['entry-log', 'project-set-up'] as const;
const rules = ['rules-adopt', 'rules-test'] as const;

export const screens: readonly Screen[] = [
  {
    path: '/setup',
    navigation: { order: 50, label: { en: 'Setup', zh: '设置' } },
    needs: ['project-set-up', 'entry-log', 'rules-adopt', 'rules-test'],
    view: room(() => import('./ways.js')),
  },
  { path: '/setup/project', needs: projects, view: register },
  { path: '/setup/project/:project', needs: projects, view: register },
  { path: '/setup/plan/:project', needs: projects, view: room(() => import('./plan/plan.js')) },
  { path: '/setup/table', needs: tables, view: room(() => import('./table/table.js')) },
  { path: '/setup/rules', needs: rules, view: room(() => import('./rules/rules.js')) },
  { path: '/setup/lexicon', needs: rules, view: room(() => import('./lexicon/lexicon.js')) },
];
