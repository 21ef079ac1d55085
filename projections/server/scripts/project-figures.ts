import { projectFigures } from '../project-figures.js';
import { run } from '../run.js';
import type { ServerProjection } from '../server-projection.js';

run(projectFigures as ServerProjection);
