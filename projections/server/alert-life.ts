import type { AlertLife } from '../../domain/alerts/alert.js';
import { applyToLife, emptyLife } from '../../domain/alerts/alert.js';
import type { AlertEvent } from '../../domain/alerts/events.js';
import type { ServerProjection } from './server-projection.js';

/** The alerts of each project with their history. */
export const alertLife: ServerProjection<AlertLife> = {
  name: 'alert-life',
  streams: 'alerts-',
  after: (state, event, project) => applyToLife(state ?? emptyLife(project), event as AlertEvent),
};
