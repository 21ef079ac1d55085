import type { AlertCause, Silence, Subject } from '../../src/domain/alert-events.js';
import type { Day } from '../../src/domain/calendar.js';
import type { RuleKind, RuleSet, Severity } from '../../src/domain/rules.js';
import type { ProjectState } from '../project.js';
import type { Words } from '../words.js';

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
  evidence: string[];
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

/** What the rules say about a project on a day. */
export interface Due {
  on: Day;
  /** Everything watched, due or not, in the order of the rules. */
  watched: Watched[];
  /** Rules that cannot be judged, and what they lack. */
  notJudged: { rule: RuleKind; why: Words }[];
  /** The next day on which the answer is another one without a further entry; null when there is none. */
  nextOn: Day | null;
}

/**
 * What the rules say about a project on a day: which alerts are due, on which facts, and when next. It looks at no clock.
 *
 * Time alone makes a watched thing more serious, never less: what ends it is an entry.
 */
export function dueAlerts(_state: ProjectState, _rules: RuleSet, _on: Day): Due {
  throw new Error('dueAlerts');
}
