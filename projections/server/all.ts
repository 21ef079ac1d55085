import { alertLife } from './alert-life.js';
import { projectFigures } from './project-figures.js';
import { projectState } from './project-state.js';
import type { ServerProjection } from './server-projection.js';

/** Every projection that is built for the server, in the order of deployment. */
export const serverProjections: readonly ServerProjection[] = [projectState, projectFigures, alertLife].map(
  (projection) => projection as ServerProjection,
);
