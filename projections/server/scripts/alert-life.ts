import { alertLife } from '../alert-life.js';
import { run } from '../run.js';
import type { ServerProjection } from '../server-projection.js';

run(alertLife as ServerProjection);
