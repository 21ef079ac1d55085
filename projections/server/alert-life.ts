import type { AlertEventType } from '../../domain/alerts/events.js';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { AlertLife } from '../alerts/life/alert.js';
import { applyToLife, emptyLife } from '../alerts/life/life.js';
import type { ServerProjection } from './server-projection.js';

/** The alerts of each project with their history. */
export const alertLife: ServerProjection<AlertLife> = {
  name: 'alert-life',
  streams: 'alerts-',
  after: (state, event, project) =>
    applyToLife(state ?? emptyLife(project), event as AnyRecordedEvent<AlertEventType>),
};
