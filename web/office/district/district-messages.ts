import type { Day } from '../../../domain/values/calendar.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import type { Frame } from '../../shared/film.js';
import type { MomentShown, Ticking } from '../../shared/timeline.js';

/** What the worker is told. */
export type ToWorker =
  | { type: 'begin'; today: Day; headers: Record<string, string> }
  | { type: 'who'; headers: Record<string, string> }
  | { type: 'show'; today: Day; moment: MomentShown }
  | { type: 'frames'; request: number; from: number; to: number; asOf: Day };

/** A project at the point that is shown. */
export interface ShownRow {
  project: string;
  /** Null when it did not exist then. */
  row: ProjectRow | null;
  /** Where the present differs: the row of the present, or null when it no longer exists. */
  now?: ProjectRow | null;
}

/** What the worker tells. */
export type FromWorker =
  /** The log is longer than a browser folds; the service has to be asked for the past. */
  | { type: 'too-long' }
  /** How far the log was taken, of how much. */
  | { type: 'progress'; upTo: number; head: number }
  /** What differs from what was told last; `told` names those of which an entry came just now. */
  | { type: 'rows'; rows: ShownRow[]; told: string[]; moment: MomentShown; ms: number }
  /** Further entries, as far as the clocks are concerned. */
  | { type: 'ticking'; ticking: Ticking[] }
  /** The entries that were asked for, with the figures right after each. */
  | { type: 'frames'; request: number; frames: Frame[] }
  | { type: 'moved' }
  /** Whether the log can be followed. */
  | { type: 'follows'; isLive: boolean }
  /** The log is another one than before. */
  | { type: 'begun-anew' };
