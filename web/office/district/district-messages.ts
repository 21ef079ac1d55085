import type { Day } from '../../../domain/values/days/calendar.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import type { Frame } from '../../shared/replay/film.js';
import type { MomentShown, Ticking } from '../../shared/replay/timeline.js';

/** Messages to the worker. */
export type ToWorker =
  /** Follow the log after a position; without one, load it. */
  | { type: 'begin'; today: Day; headers: Record<string, string>; after: number | undefined }
  /** Load the whole log, to fold it. */
  | { type: 'load' }
  | { type: 'who'; headers: Record<string, string> }
  | { type: 'show'; today: Day; moment: MomentShown }
  | { type: 'frames'; request: number; from: number; to: number; asOf: Day };

/** A project at the selected point. */
export interface ShownRow {
  project: string;
  /** Null if it did not exist then. */
  row: ProjectRow | null;
  /** The current row if it differs, or null if the project no longer exists. */
  now?: ProjectRow | null;
}

/** Messages from the worker. */
export type FromWorker =
  /** The log is too long to fold in the browser; the past must be fetched from the service. */
  | { type: 'too-long' }
  /** Loading progress: events processed, of how many. */
  | { type: 'progress'; upTo: number; head: number }
  /** The rows that changed since the last message; `changed` names the projects with new entries. */
  | { type: 'rows'; rows: ShownRow[]; changed: string[]; moment: MomentShown; ms: number }
  /** Further entries as points on the clocks. */
  | { type: 'ticking'; ticking: Ticking[] }
  /** The requested entries, with the figures after each. */
  | { type: 'frames'; request: number; frames: Frame[] }
  | { type: 'moved' }
  /** Whether the log can be followed. */
  | { type: 'follows'; isLive: boolean }
  /** The log was replaced by another one. */
  | { type: 'begun-anew' };
