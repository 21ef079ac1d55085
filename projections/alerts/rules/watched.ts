import type { AlertCause, Silence, Subject } from '../../../domain/alerts/events.js';
import type { RuleKind, Severity } from '../../../domain/governance/rules.js';
import type { Exactness } from '../../../domain/values/day-marks.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { Words } from '../../../domain/values/words.js';

/** A condition that a rule watches in a project, with its facts. */
export interface Watched {
  rule: RuleKind;
  subject: Subject;
  cause: AlertCause;
  silence?: Silence;
  /** The day on which the condition began. */
  since: Day;
  /** How exactly that day is known; absent if it was stated. */
  sinceExactness?: Exactness;
  /** Identifies its facts: it changes when other facts replace them. */
  anchor: string;
  /** Ids of the entries behind it. */
  evidence: Uuid[];
  /** A declared stall that stops the works. */
  stopsWorks?: true;
  /** The ids of the stalls that explain it, and so mute its alert. */
  explainedBy?: string[];
  /** Of a day that is due soon: the condition that takes over once it has passed, and so mutes its alert. */
  overdue?: { rule: RuleKind; subject: Subject };
  /** Due on the evaluated day; null if not. */
  severity: Severity | null;
  /** Not due, but within the margin below its threshold, so that an open alert stays open. */
  isHeld: boolean;
  /** The arithmetic in one sentence. */
  reason: Words;
  /** What would clear it. */
  clears: Words;
}
