import { projectState } from '../project-state.js';
import { run } from '../run.js';
import type { ServerProjection } from '../server-projection.js';

run(projectState as ServerProjection);
