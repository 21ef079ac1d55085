import type { AlertCause, Silence, Subject } from '../../domain/alerts/events.js';
import type { RuleKind, Severity } from '../../domain/governance/rules.js';
import type { Day } from '../../domain/values/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../words/words.js';

/** Something that a rule watches in a project, with the facts it rests on. */
export interface Watched {
  rule: RuleKind;
  subject: Subject;
  cause: AlertCause;
  silence?: Silence;
  /** The day on which what it is about began. */
  since: Day;
  /** Names the facts it rests on: it is another one as soon as other facts take their place. */
  anchor: string;
  /** Ids of the entries it rests on. */
  evidence: Uuid[];
  /** A declared stall that stops the works: it explains, and so mutes, the alerts of items and the silent stall. */
  stopsWorks?: true;
  /** Due on the day of the judgement; null when it is not. */
  severity: Severity | null;
  /** Not due, and so close below its threshold that an alert that stands goes on. */
  isHeld: boolean;
  /** The arithmetic in one sentence. */
  reason: Words;
  /** What would clear it. */
  clears: Words;
}
