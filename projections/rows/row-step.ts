import type { Day } from '../../domain/values/days/calendar.js';
import type { ProjectRow } from '../project/project.js';

/** A project as a row of a list from a day on, until the next step. */
export interface RowStep {
  from: Day;
  /** Null while the project does not exist yet. */
  row: ProjectRow | null;
}
