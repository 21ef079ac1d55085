import { room } from '../room.js';
import type { Screen } from '../screen.js';

const view = room(() => import('./auditor.js'));

/** A planner replays projects; the whole district takes its whole log. */
const needs = ['log-read', 'replay'] as const;

export const screens: readonly Screen[] = [
  { path: '/auditor', navigation: { order: 40, label: { en: 'Audit', zh: '审计' } }, needs, view },
  { path: '/auditor/:project', needs, view },
];
