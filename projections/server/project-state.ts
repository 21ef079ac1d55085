import type { RecordedEvent } from '../../domain/project/events.js';
import { applyToProject, emptyProjectState, type ProjectState } from '../project/project.js';
import type { ServerProjection } from './server-projection.js';

/** The state of each project, as the service itself keeps it. */
export const projectState: ServerProjection<ProjectState> = {
  name: 'project-state',
  streams: 'project-',
  after: (state, event) => applyToProject(state ?? emptyProjectState(), event as RecordedEvent),
};
