import { room } from '../room.js';
import type { Screen } from '../screen.js';

const view = room(() => import('./auditor.js'));

export const screens: readonly Screen[] = [
  { path: '/auditor', navigation: { order: 40, label: { en: 'Audit', zh: '审计' } }, view },
  { path: '/auditor/:project', view },
];
