import { room } from '../room.js';
import type { Screen } from '../screen.js';

export const screens: readonly Screen[] = [{ path: '/self', view: room(() => import('./own.js')) }];
